package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A result as fields. A field has one type for ever, by whoever wrote it first, so each kind of
 * result has names of its own. For one thread.
 */
final class ResultFields implements Result.Visitor<LineText> {

  private static final String VALUE = "value";
  private static final String TRUTH = "truth";
  private static final String TEXT = "text";
  private static final String CATEGORY = "category";
  private static final String COUNTER = "counter";
  private static final String LATITUDE = "latitude";
  private static final String LONGITUDE = "longitude";
  private static final String ALTITUDE = "altitude";
  private static final String COUNT = "count";
  private static final String EXPECTED = "expected";
  private static final String VALID = "valid";
  private static final String REVISION = "revision";

  /** A statistic that is called like one of these would change its type. */
  private static final Set<String> TAKEN =
      Set.of(
          VALUE,
          TRUTH,
          TEXT,
          CATEGORY,
          COUNTER,
          LATITUDE,
          LONGITUDE,
          ALTITUDE,
          COUNT,
          EXPECTED,
          VALID,
          REVISION,
          InfluxLayout.EPOCH,
          InfluxLayout.OFFSET,
          InfluxLayout.QUALITY,
          InfluxLayout.TO);

  private static final String APART = "statistic-";

  private final LineText line;

  ResultFields(LineText line) {
    this.line = line;
  }

  @Override
  public LineText number(Measurement result) {
    return line.number(VALUE, result.value());
  }

  @Override
  public LineText truth(Truth result) {
    return line.truth(TRUTH, result.value());
  }

  @Override
  public LineText text(Text result) {
    return line.text(TEXT, result.value());
  }

  @Override
  public LineText category(Category result) {
    return line.text(CATEGORY, result.value());
  }

  @Override
  public LineText counter(Counter result) {
    return line.whole(COUNTER, result.value());
  }

  @Override
  public LineText position(Position result) {
    line.number(LATITUDE, result.latitude()).number(LONGITUDE, result.longitude());
    Double altitude = result.altitude();
    return altitude == null ? line : line.number(ALTITUDE, altitude);
  }

  @Override
  public LineText summary(Summary result) {
    line.whole(COUNT, result.count())
        .whole(EXPECTED, result.expected())
        .truth(VALID, result.valid())
        .whole(REVISION, result.revision());
    result
        .statistics()
        .forEach(
            (statistic, value) ->
                line.number(
                    TAKEN.contains(statistic.name()) ? APART + statistic : statistic.name(),
                    value));
    return line;
  }

  static Result read(Point point) throws UnreadableMessageException {
    Map<String, Object> fields = point.fields();
    if (fields.containsKey(VALUE)) {
      return new Measurement(point.field(VALUE, Double.class));
    }
    if (fields.containsKey(TRUTH)) {
      return new Truth(point.field(TRUTH, Boolean.class));
    }
    if (fields.containsKey(TEXT)) {
      return new Text(point.field(TEXT, String.class));
    }
    if (fields.containsKey(CATEGORY)) {
      return new Category(point.field(CATEGORY, String.class));
    }
    if (fields.containsKey(COUNTER)) {
      return new Counter(point.field(COUNTER, Long.class));
    }
    if (fields.containsKey(LATITUDE)) {
      return new Position(
          point.field(LATITUDE, Double.class),
          point.field(LONGITUDE, Double.class),
          fields.containsKey(ALTITUDE) ? point.field(ALTITUDE, Double.class) : null);
    }
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (value instanceof Double number) {
            statistics.put(
                new Statistic(name.startsWith(APART) ? name.substring(APART.length()) : name),
                number);
          }
        });
    return new Summary(
        point.field(COUNT, Long.class),
        point.field(EXPECTED, Long.class),
        statistics,
        point.field(VALID, Boolean.class),
        Math.toIntExact(point.field(REVISION, Long.class)));
  }
}
