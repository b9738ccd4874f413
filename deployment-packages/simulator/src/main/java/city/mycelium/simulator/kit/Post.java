package city.mycelium.simulator.kit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP POST as a kit sends it, and sends it again unchanged if it must.
 *
 * @param path with the query string
 * @param headers in the order in which they are sent
 * @param body UTF-8
 * @param values what a success promises to keep
 */
public record Post(
    String path, Map<String, String> headers, String body, List<PostedValue> values) {

  public Post {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    values = List.copyOf(values);
  }
}
