package city.mycelium.dialect.influx.internal;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes one point (InfluxDB OSS v1, "Line protocol reference": syntax, data types, special
 * characters). For one thread.
 */
final class LineText {

  private final String measurement;
  private final SortedMap<String, String> tags = new TreeMap<>(); // sorted is faster to take there
  private final SortedMap<String, String> fields = new TreeMap<>();

  LineText(String measurement) {
    this.measurement = escape(measurement, ", ");
  }

  LineText tag(String key, String value) {
    tags.put(escape(key, ",= "), escape(value, ",= "));
    return this;
  }

  /** Always a float: the first write fixes a field's type, and 13 after 13.5 must not be one. */
  LineText number(String key, double value) {
    return field(key, Double.toString(value));
  }

  LineText whole(String key, long value) {
    return field(key, value + "i");
  }

  LineText truth(String key, boolean value) {
    return field(key, Boolean.toString(value));
  }

  /** A line ends where a line ends: control characters become spaces. */
  LineText text(String key, String value) {
    return field(key, '"' + escape(value.replaceAll("\\p{Cntrl}", " "), "\"\\") + '"');
  }

  private LineText field(String key, String value) {
    fields.put(escape(key, ",= "), value);
    return this;
  }

  /** The line, without its end. At least one field has to be there. */
  String at(long timestamp) {
    StringBuilder line = new StringBuilder(measurement);
    tags.forEach((key, value) -> line.append(',').append(key).append('=').append(value));
    char before = ' ';
    for (var field : fields.entrySet()) {
      line.append(before).append(field.getKey()).append('=').append(field.getValue());
      before = ',';
    }
    return line.append(' ').append(timestamp).toString();
  }

  private static String escape(String text, String special) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (special.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
