package city.mycelium.connector.file.internal;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A CSV file (RFC 4180) whose rows have a name: what stands before the first comma. A row with a
 * name that is there already replaces it, so that a repeat changes nothing and a correction takes
 * the place of what it corrects. Rows are lines: no value has a line end in it. Not thread-safe.
 */
final class KeyedRows {

  private static final String LINE_END = "\r\n";

  private final Map<String, String> rows = new LinkedHashMap<>();
  private String header = "";

  /**
   * Takes the rows of a file or a message; its first line is the header.
   *
   * @throws IllegalArgumentException if the header is another than before, or a row has no name
   */
  KeyedRows add(byte[] csv) {
    String[] lines = new String(csv, StandardCharsets.UTF_8).split("\r?\n", -1);
    if (header.isEmpty()) {
      header = lines[0];
    } else if (!header.equals(lines[0])) {
      throw new IllegalArgumentException(
          "its columns are '" + lines[0] + "', but those of the file are '" + header + "'");
    }
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].isEmpty()) {
        rows.put(name(lines[i]), lines[i]);
      }
    }
    return this;
  }

  private static String name(String row) {
    int comma = row.indexOf(',');
    if (comma < 1 || row.charAt(0) == '"') {
      throw new IllegalArgumentException(
          "a row begins with its name, unquoted, and a comma, not '" + row + "'");
    }
    return row.substring(0, comma);
  }

  int size() {
    return rows.size();
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder(header).append(LINE_END);
    rows.values().forEach(row -> text.append(row).append(LINE_END));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
