package city.mycelium.driver.push.internal.line;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One point of the line protocol, unescaped.
 *
 * @param measurement never empty
 * @param tags in the order of the line
 * @param fields at least one, in the order of the line; of a field that is there twice the last
 * @param epochMillis its time stamp in UTC epoch milliseconds, rounded down; null if it has none
 */
public record Point(
    String measurement,
    Map<String, String> tags,
    Map<String, FieldValue> fields,
    @Nullable Long epochMillis) {

  public Point {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
