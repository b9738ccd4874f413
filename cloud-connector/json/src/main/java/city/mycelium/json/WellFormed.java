package city.mycelium.json;

/** Text that has a form in UTF-8: one device's broken text may not hold up everybody's data. */
final class WellFormed {

  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The text with half surrogate pairs replaced by U+FFFD. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceHalfPairs(text, i);
      }
    }
    return text;
  }

  private static String replaceHalfPairs(String text, int from) {
    StringBuilder repaired = new StringBuilder(text);
    for (int i = from; i < repaired.length(); i++) {
      if (i + 1 < repaired.length()
          && Character.isSurrogatePair(repaired.charAt(i), repaired.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(repaired.charAt(i))) {
        repaired.setCharAt(i, REPLACEMENT);
      }
    }
    return repaired.toString();
  }
}
