package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Result.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of our own labels (docs/wire.md, 3), and results that travel as text. */
final class Words {

  static final String COUNTER = "c";
  static final String CATEGORY = "g";
  static final String POSITION = "p";
  static final String SUMMARY = "s";

  /** RFC 8428, 4.2: a record has a value; where a Summary has no mean, it is this text. */
  static final String NO_MEAN = "";

  static final String SUSPECT = "suspect";

  /** A number as JSON writes it (RFC 8259, 6). */
  private static final String NUMBER =
      "(-?(?:0|[1-9]\\d{0,19})(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?)";

  private static final Pattern PLACE =
      Pattern.compile(NUMBER + "," + NUMBER + "(?:," + NUMBER + ")?");

  private static final char REPLACEMENT = '\uFFFD';

  private Words() {}

  /** Latitude, longitude and, if known, altitude; each digit is needed to get the same double. */
  static String place(Position position) {
    String text = position.latitude() + "," + position.longitude();
    Double altitude = position.altitude();
    return altitude == null ? text : text + "," + altitude;
  }

  /**
   * The reverse of {@link #place}.
   *
   * @throws IllegalArgumentException if the text is not a place
   */
  static Position parsePlace(String text) {
    Matcher matcher = PLACE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a position is '<latitude>,<longitude>' or '<latitude>,<longitude>,<altitude>'");
    }
    return new Position(
        Double.parseDouble(matcher.group(1)),
        Double.parseDouble(matcher.group(2)),
        matcher.group(3) == null ? null : Double.valueOf(matcher.group(3)));
  }

  /**
   * The text with half surrogate pairs replaced: they have no form in UTF-8, and one device's
   * broken text may not hold up everybody's data.
   */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceHalfPairs(text);
      }
    }
    return text;
  }

  private static String replaceHalfPairs(String text) {
    StringBuilder repaired = new StringBuilder(text);
    for (int i = 0; i < repaired.length(); i++) {
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
