package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.UnreadableMessageException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line read back, as {@link LineText} writes it: with at least one field and with its time.
 *
 * @param fields each as a Double, a Long, a Boolean or a String
 */
record Point(String measurement, Map<String, String> tags, Map<String, Object> fields, long time) {

  static Point parse(String line) throws UnreadableMessageException {
    return new Scanner(line).point();
  }

  String tag(String key) throws UnreadableMessageException {
    String value = tags.get(key);
    if (value == null) {
      throw new UnreadableMessageException("the line has no tag " + key);
    }
    return value;
  }

  <T> T field(String key, Class<T> type) throws UnreadableMessageException {
    Object value = fields.get(key);
    if (!type.isInstance(value)) {
      throw new UnreadableMessageException(
          "the line has no field " + key + " of type " + type.getSimpleName());
    }
    return type.cast(value);
  }

  /** Reads from left to right. */
  private static final class Scanner {
    private final String line;
    private int at;

    Scanner(String line) {
      this.line = line;
    }

    Point point() throws UnreadableMessageException {
      String measurement = word(", ");
      Map<String, String> tags = new LinkedHashMap<>();
      while (next(',')) {
        String key = word("=, ");
        expect('=');
        tags.put(key, word(", "));
      }
      expect(' ');
      Map<String, Object> fields = new LinkedHashMap<>();
      do {
        String key = word("=, ");
        expect('=');
        fields.put(key, value());
      } while (next(','));
      expect(' ');
      String time = line.substring(at);
      try {
        return new Point(measurement, tags, fields, Long.parseLong(time));
      } catch (NumberFormatException e) {
        throw wrong("a time, not '" + time + "'", e);
      }
    }

    private Object value() throws UnreadableMessageException {
      if (next('"')) {
        StringBuilder text = new StringBuilder();
        while (!next('"')) {
          if (at >= line.length()) {
            throw wrong("the end of a text");
          }
          char c = line.charAt(at++);
          text.append(c == '\\' && at < line.length() ? line.charAt(at++) : c);
        }
        return text.toString();
      }
      String value = word(", ");
      try {
        if (value.endsWith("i")) {
          return Long.valueOf(value.substring(0, value.length() - 1));
        }
        return value.equals("true") || value.equals("false")
            ? (Object) Boolean.valueOf(value)
            : (Object) Double.valueOf(value);
      } catch (NumberFormatException e) {
        throw wrong("a value, not '" + value + "'", e);
      }
    }

    /** Up to one of these, unescaped. */
    private String word(String ends) throws UnreadableMessageException {
      StringBuilder word = new StringBuilder();
      while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
        boolean isEscape =
            line.charAt(at) == '\\'
                && at + 1 < line.length()
                && ",= ".indexOf(line.charAt(at + 1)) >= 0;
        at += isEscape ? 1 : 0;
        word.append(line.charAt(at++));
      }
      if (word.length() == 0) {
        throw wrong("a name or a value");
      }
      return word.toString();
    }

    private boolean next(char c) {
      boolean is = at < line.length() && line.charAt(at) == c;
      at += is ? 1 : 0;
      return is;
    }

    private void expect(char c) throws UnreadableMessageException {
      if (!next(c)) {
        throw wrong("'" + c + "'");
      }
    }

    private UnreadableMessageException wrong(String expected) {
      return new UnreadableMessageException(
          "the line should have " + expected + " at character " + (at + 1));
    }

    private UnreadableMessageException wrong(String expected, Throwable cause) {
      return new UnreadableMessageException(
          "the line should have " + expected + " before character " + (at + 1), cause);
    }
  }
}
