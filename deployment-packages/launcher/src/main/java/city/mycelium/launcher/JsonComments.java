package city.mycelium.launcher;

/**
 * Blanks the comments of a JSON text, which the standard does not have and people need. Every
 * character keeps its line and column, so that a parser's error points into the file as written.
 */
final class JsonComments {

  private JsonComments() {}

  /** Returns the text with blanks where it had {@code //} and {@code /* *}{@code /} comments. */
  static String blank(String text) {
    StringBuilder out = new StringBuilder(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        at = endOfString(text, at);
      } else if (text.startsWith("//", at)) {
        at = blank(out, at, endOf(text, "\n", at));
      } else if (text.startsWith("/*", at)) {
        at = blank(out, at, endOf(text, "*/", at + 2));
      } else {
        at++;
      }
    }
    return out.toString();
  }

  private static int endOfString(String text, int quote) {
    int at = quote + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  /** A comment that is never closed reaches to the end: the parser then misses what it hides. */
  private static int endOf(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  private static int blank(StringBuilder out, int from, int to) {
    for (int at = from; at < to; at++) {
      if (out.charAt(at) != '\n') {
        out.setCharAt(at, ' ');
      }
    }
    return to;
  }
}
