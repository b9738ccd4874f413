package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.Offsets;
import city.mycelium.api.dialect.UnreadableMessageException;
import java.util.ArrayList;
import java.util.List;

/**
 * A line and the Observations that are in it.
 *
 * @param line without its end
 */
record Row(Offsets offsets, String line) {

  /** Rows as the tag of a message. */
  static String tag(List<Row> rows) {
    StringBuilder tag = new StringBuilder();
    for (Row row : rows) {
      tag.append(row.offsets()).append(' ').append(row.line()).append('\n');
    }
    return tag.toString();
  }

  /** The reverse of {@link #tag}. */
  static List<Row> of(String tag) {
    List<Row> rows = new ArrayList<>();
    tag.lines()
        .forEach(
            text -> {
              int space = text.indexOf(' ');
              rows.add(new Row(Offsets.parse(text.substring(0, space)), text.substring(space + 1)));
            });
    return rows;
  }

  Point point() {
    try {
      return Point.parse(line);
    } catch (UnreadableMessageException e) {
      throw new IllegalStateException("a line of our own cannot be read: " + e.getMessage(), e);
    }
  }
}
