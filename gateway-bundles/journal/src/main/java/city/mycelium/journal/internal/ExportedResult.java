package city.mycelium.journal.internal;

import city.mycelium.api.observation.Result;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Result as the members of a JSON object: its kind, and what it says. Pure. */
public final class ExportedResult implements Result.Visitor<Map<String, Object>> {

  @Override
  public Map<String, Object> number(Result.Measurement result) {
    return of("number", result.value());
  }

  @Override
  public Map<String, Object> truth(Result.Truth result) {
    return of("truth", result.value());
  }

  @Override
  public Map<String, Object> text(Result.Text result) {
    return of("text", result.value());
  }

  @Override
  public Map<String, Object> category(Result.Category result) {
    return of("category", result.value());
  }

  @Override
  public Map<String, Object> counter(Result.Counter result) {
    return of("counter", result.value());
  }

  @Override
  public Map<String, Object> position(Result.Position result) {
    Map<String, Object> position = new LinkedHashMap<>();
    position.put("latitude", result.latitude());
    position.put("longitude", result.longitude());
    if (result.altitude() != null) {
      position.put("altitude", result.altitude());
    }
    return of("position", position);
  }

  @Override
  public Map<String, Object> summary(Result.Summary result) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("count", result.count());
    summary.put("expected", result.expected());
    summary.put("valid", result.valid());
    result.statistics().forEach((statistic, value) -> summary.put(statistic.name(), value));
    summary.put("revision", (long) result.revision());
    return of("summary", summary);
  }

  private static Map<String, Object> of(String kind, Object value) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", kind);
    members.put("result", value);
    return members;
  }
}
