package city.mycelium.dialect.json.internal;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A result as telemetry: values by key. One that has several figures has a key for each, {@code
 * <key>.<figure>}. For one thread.
 */
final class ThingsBoardValues implements Result.Visitor<Map<String, Object>> {

  private final String key;

  ThingsBoardValues(String key) {
    this.key = key;
  }

  @Override
  public Map<String, Object> number(Measurement result) {
    return Map.of(key, result.value());
  }

  @Override
  public Map<String, Object> truth(Truth result) {
    return Map.of(key, result.value());
  }

  @Override
  public Map<String, Object> text(Text result) {
    return Map.of(key, result.value());
  }

  @Override
  public Map<String, Object> category(Category result) {
    return Map.of(key, result.value());
  }

  @Override
  public Map<String, Object> counter(Counter result) {
    return Map.of(key, result.value());
  }

  /** Under the names that ThingsBoard's maps look for. */
  @Override
  public Map<String, Object> position(Position result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("latitude", result.latitude());
    values.put("longitude", result.longitude());
    Double altitude = result.altitude();
    if (altitude != null) {
      values.put("altitude", altitude);
    }
    return values;
  }

  @Override
  public Map<String, Object> summary(Summary result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(key + ".count", result.count());
    values.put(key + ".expected", result.expected());
    values.put(key + ".valid", result.valid());
    values.put(key + ".revision", (long) result.revision());
    result.statistics().forEach((name, value) -> values.put(key + "." + name, value));
    return values;
  }
}
