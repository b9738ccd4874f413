package city.mycelium.driver.push.internal.line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads InfluxDB 1.x line protocol: {@code measurement,tag=value field=1.5,other="x"
 * 1465839830000}.
 *
 * <p>Source: InfluxDB OSS v1 documentation, "Line protocol reference": syntax, data types, quoting,
 * special characters, comments. A line that cannot be read costs no other. Words of the reasons are
 * those of InfluxDB 1.x where it has one, so that whoever knows it recognises them.
 *
 * <p>Kinder than InfluxDB in two ways, because kits are as they are: a carriage return at the end
 * of a line is white space, and a field that is {@code nan} or {@code inf}, which is what Arduino
 * prints for a float that is no number, is read as NaN instead of costing the whole line.
 *
 * <p>A line ends at the line feed, also inside quotes: the reference has no line feed in field
 * values, and so garbage never swallows the line behind it.
 */
public final class LineProtocol {

  /** No number of any kit is longer; a longer one is garbage and not worth reading. */
  private static final int LONGEST_NUMBER = 64;

  // Possessive: a long run of digits must not be tried over and over.
  private static final Pattern DECIMAL =
      Pattern.compile("-?+(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:[eE][+-]?+\\d++)?+");
  private static final Pattern SIGNED = Pattern.compile("-?+\\d++i");
  private static final Pattern UNSIGNED = Pattern.compile("\\d++u");
  private static final Pattern TIMESTAMP = Pattern.compile("-?+\\d++");

  private final String line;
  private int at;

  private LineProtocol(String line) {
    this.line = line;
  }

  /** Why a line cannot be read; never leaves this class. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
      super(why, null, false, false);
    }
  }

  /** Reads a whole body. */
  public static List<Line> parse(String body, TimePrecision precision) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    int start = 0;
    while (start < body.length()) {
      int end = body.indexOf('\n', start);
      if (end < 0) {
        end = body.length();
      }
      number++;
      String text = body.substring(start, end).strip();
      if (!text.isEmpty() && text.charAt(0) != '#') {
        lines.add(parseLine(number, text, precision));
      }
      start = end + 1;
    }
    return lines;
  }

  private static Line parseLine(int number, String text, TimePrecision precision) {
    try {
      return new Line.Good(number, text, new LineProtocol(text).point(precision));
    } catch (Unreadable e) {
      return new Line.Bad(number, String.valueOf(e.getMessage()));
    }
  }

  private Point point(TimePrecision precision) throws Unreadable {
    String measurement = name(", ");
    if (measurement.isEmpty()) {
      throw new Unreadable("missing measurement");
    }
    Map<String, String> tags = tags();
    skipSpaces();
    if (atEnd()) {
      throw new Unreadable("missing fields");
    }
    Map<String, FieldValue> fields = fields();
    skipSpaces();
    Long epochMillis = timestamp(precision);
    return new Point(measurement, tags, fields, epochMillis);
  }

  private Map<String, String> tags() throws Unreadable {
    Map<String, String> tags = new LinkedHashMap<>();
    while (take(',')) {
      String key = name("=, ");
      if (key.isEmpty()) {
        throw new Unreadable("missing tag key");
      }
      if (!take('=')) {
        throw new Unreadable("missing tag value");
      }
      String value = name("=, ");
      if (value.isEmpty()) {
        throw new Unreadable("missing tag value");
      }
      if (!atEnd() && line.charAt(at) == '=') {
        throw new Unreadable("invalid tag format");
      }
      if (tags.put(key, value) != null) {
        throw new Unreadable("duplicate tags");
      }
    }
    return tags;
  }

  private Map<String, FieldValue> fields() throws Unreadable {
    Map<String, FieldValue> fields = new LinkedHashMap<>();
    do {
      String key = name("=, ");
      if (key.isEmpty()) {
        throw new Unreadable("missing field key");
      }
      if (!take('=')) {
        throw new Unreadable("invalid field format");
      }
      fields.put(key, atEnd() || line.charAt(at) != '"' ? unquoted() : quoted());
      if (!atEnd() && line.charAt(at) != ',' && line.charAt(at) != ' ') {
        throw new Unreadable("invalid field format");
      }
    } while (take(','));
    return fields;
  }

  private FieldValue unquoted() throws Unreadable {
    int start = at;
    while (!atEnd() && line.charAt(at) != ',' && line.charAt(at) != ' ') {
      at++;
    }
    String token = line.substring(start, at);
    return switch (token) {
      case "" -> throw new Unreadable("missing field value");
      case "t", "T", "true", "True", "TRUE" -> new FieldValue.Truth(true);
      case "f", "F", "false", "False", "FALSE" -> new FieldValue.Truth(false);
      default -> number(token);
    };
  }

  private static FieldValue number(String token) throws Unreadable {
    if (token.length() > LONGEST_NUMBER) {
      throw new Unreadable("invalid number");
    }
    try {
      String digits = token.substring(0, token.length() - 1);
      if (SIGNED.matcher(token).matches()) {
        return new FieldValue.Signed(Long.parseLong(digits));
      }
      if (UNSIGNED.matcher(token).matches()) {
        return new FieldValue.Unsigned(Long.parseUnsignedLong(digits));
      }
    } catch (NumberFormatException e) {
      throw new Unreadable("unable to parse integer " + token + ": value out of range");
    }
    if (DECIMAL.matcher(token).matches()) {
      double value = Double.parseDouble(token);
      if (Double.isInfinite(value)) {
        throw new Unreadable("unable to parse number " + token + ": value out of range");
      }
      return new FieldValue.Decimal(value);
    }
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan", "inf", "-inf" -> new FieldValue.Decimal(Double.NaN);
      default -> throw new Unreadable("invalid number");
    };
  }

  private FieldValue quoted() throws Unreadable {
    StringBuilder text = new StringBuilder();
    at++;
    while (!atEnd()) {
      char c = line.charAt(at++);
      if (c == '"') {
        return new FieldValue.Text(text.toString());
      }
      if (c == '\\' && !atEnd() && (line.charAt(at) == '"' || line.charAt(at) == '\\')) {
        c = line.charAt(at++);
      }
      text.append(c);
    }
    throw new Unreadable("unbalanced quotes");
  }

  private @Nullable Long timestamp(TimePrecision precision) throws Unreadable {
    if (atEnd()) {
      return null;
    }
    // Trailing white space is gone already: what is left is the time stamp, or too much.
    String token = line.substring(at);
    if (!TIMESTAMP.matcher(token).matches()) {
      throw new Unreadable("bad timestamp");
    }
    try {
      return precision.toMillis(Long.parseLong(token));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new Unreadable("time outside range");
    }
  }

  /**
   * A measurement, a key or a tag value: up to the first of the ends that has no backslash before
   * it. A backslash before anything else stands for itself (reference, "Special characters").
   */
  private String name(String ends) {
    StringBuilder name = new StringBuilder();
    while (!atEnd()) {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length() && ends.indexOf(line.charAt(at + 1)) >= 0) {
        name.append(line.charAt(at + 1));
        at += 2;
        continue;
      }
      if (ends.indexOf(c) >= 0) {
        break;
      }
      name.append(c);
      at++;
    }
    return name.toString();
  }

  private boolean take(char expected) {
    if (atEnd() || line.charAt(at) != expected) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpaces() {
    while (!atEnd() && line.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean atEnd() {
    return at >= line.length();
  }
}
