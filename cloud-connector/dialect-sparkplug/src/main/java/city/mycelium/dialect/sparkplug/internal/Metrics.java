package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Result.Visitor;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a result: a plain one is a metric of its Datastream's name, of the others each part
 * is one below that name, as Sparkplug's folders are (6.4.6, {@code name}).
 */
final class Metrics implements Visitor<List<Metrics.Part>> {

  static final Metrics PARTS = new Metrics();

  /**
   * One value.
   *
   * @param below what is added to the Datastream's name
   * @param ofUnit whether it is in the Datastream's unit
   */
  record Part(String below, DataType type, Object value, boolean ofUnit) {}

  private Metrics() {}

  @Override
  public List<Part> number(Measurement result) {
    return List.of(new Part("", DataType.DOUBLE, result.value(), true));
  }

  @Override
  public List<Part> truth(Truth result) {
    return List.of(new Part("", DataType.BOOLEAN, result.value(), false));
  }

  @Override
  public List<Part> text(Text result) {
    return List.of(new Part("", DataType.STRING, result.value(), false));
  }

  @Override
  public List<Part> category(Category result) {
    return List.of(new Part("", DataType.STRING, result.value(), false));
  }

  @Override
  public List<Part> counter(Counter result) {
    return List.of(new Part("", DataType.INT64, result.value(), true));
  }

  @Override
  public List<Part> position(Position result) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("/latitude", DataType.DOUBLE, result.latitude(), false));
    parts.add(new Part("/longitude", DataType.DOUBLE, result.longitude(), false));
    Double altitude = result.altitude();
    if (altitude != null) {
      parts.add(new Part("/altitude", DataType.DOUBLE, altitude, false));
    }
    return parts;
  }

  @Override
  public List<Part> summary(Summary result) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("/count", DataType.INT64, result.count(), false));
    if (result.expected() != 0) {
      parts.add(new Part("/expected", DataType.INT64, result.expected(), false));
    }
    parts.add(new Part("/revision", DataType.INT64, (long) result.revision(), false));
    parts.add(new Part("/valid", DataType.BOOLEAN, result.valid(), false));
    result
        .statistics()
        .forEach(
            (statistic, value) ->
                parts.add(new Part("/" + statistic.name(), DataType.DOUBLE, value, true)));
    return parts;
  }
}
