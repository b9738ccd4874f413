package city.mycelium.dialect.kura.internal;

import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Result.Visitor;
import java.util.SortedMap;
import java.util.TreeMap;

/** A result as metrics: {@code value} if it is one, else each part by its name. */
final class MetricsOf implements Visitor<SortedMap<String, Object>> {

  /** What a plain result is called. */
  static final String VALUE = "value";

  /** Before the name of a statistic. */
  static final String STATISTIC = "statistic.";

  private final SortedMap<String, Object> metrics = new TreeMap<>();

  private SortedMap<String, Object> value(Object value) {
    metrics.put(VALUE, value);
    return metrics;
  }

  @Override
  public SortedMap<String, Object> number(Measurement result) {
    return value(result.value());
  }

  @Override
  public SortedMap<String, Object> truth(Truth result) {
    return value(result.value());
  }

  @Override
  public SortedMap<String, Object> text(Text result) {
    return value(result.value());
  }

  @Override
  public SortedMap<String, Object> category(Category result) {
    return value(result.value());
  }

  @Override
  public SortedMap<String, Object> counter(Counter result) {
    return value(result.value());
  }

  /** It is the payload's own position. */
  @Override
  public SortedMap<String, Object> position(Position result) {
    return metrics;
  }

  @Override
  public SortedMap<String, Object> summary(Summary result) {
    metrics.put("count", result.count());
    if (result.expected() != 0) {
      metrics.put("expected", result.expected());
    }
    metrics.put("revision", (long) result.revision());
    metrics.put("valid", result.valid());
    result
        .statistics()
        .forEach((statistic, value) -> metrics.put(STATISTIC + statistic.name(), value));
    return metrics;
  }
}
