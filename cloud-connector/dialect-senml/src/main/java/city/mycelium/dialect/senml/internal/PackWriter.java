package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Result.Visitor;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import city.mycelium.dialect.senml.UnitNames;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes one pack (docs/wire.md, 3). For one thread. Per Observation it makes no object: what a
 * Datastream needs is worked out at its first one.
 */
public final class PackWriter implements Visitor<PackWriter> {

  /** Name of the first record (docs/wire.md, 3). */
  static final String COVERAGE = "coverage";

  private static final int BYTES_OF_COVERAGE = 160;
  private static final int BYTES_OF_OBSERVATION = 96;

  private final UnitNames units;
  private final SenmlPack pack;
  private final RecordWriter out;
  private final Map<DatastreamId, Stream> streams = new HashMap<>();
  private final long baseTime;
  private @Nullable Stream current;

  /**
   * What the records of a Datastream have in common.
   *
   * @param unitName the SenML name of their unit
   * @param primary what their values are converted to; null if they go as they are
   */
  private record Stream(@Nullable String unitName, SenmlUnits.@Nullable Primary primary) {}

  private PackWriter(Form form, UnitNames units, SenmlPack pack) {
    this.units = units;
    this.pack = pack;
    this.out =
        new RecordWriter(form, BYTES_OF_COVERAGE + BYTES_OF_OBSERVATION * pack.entries().size());
    this.baseTime =
        pack.entries().isEmpty() ? 0 : pack.entries().get(0).observation().phenomenonTime().from();
  }

  /**
   * The bytes of a pack.
   *
   * @throws IllegalArgumentException if SenML cannot say when one of the Observations was made
   */
  public static byte[] write(Form form, UnitNames units, SenmlPack pack) {
    return new PackWriter(form, units, pack).write();
  }

  private byte[] write() {
    out.begin(1 + pack.entries().size());
    coverage();
    for (Entry entry : pack.entries()) {
      out.beginRecord();
      observation(entry);
      out.endRecord();
    }
    return out.end();
  }

  private void coverage() {
    out.beginRecord();
    if (units == UnitNames.RFC8798 && Features.usesSecondaryUnits(pack)) {
      out.whole(Label.BASE_VERSION, Features.WITH_SECONDARY_UNITS);
    }
    out.text(Label.BASE_NAME, pack.gateway().value() + "/");
    if (!pack.entries().isEmpty()) {
      out.number(Label.BASE_TIME, Times.seconds(baseTime));
    }
    out.text(Label.NAME, COVERAGE);
    out.whole(Label.VALUE, pack.entries().size());
    out.text(Label.EPOCH, Identity.epochText(pack.epoch()));
    out.whole(Label.FROM, pack.covers().first());
    out.whole(Label.TO, pack.covers().last());
    if (pack.dropped() != 0) {
      out.whole(Label.DROPPED, pack.dropped());
    }
    if (!pack.predecessors().isEmpty()) {
      out.text(Label.PREDECESSORS, Predecessors.text(pack.predecessors()));
    }
    out.endRecord();
  }

  private void observation(Entry entry) {
    Observation observation = entry.observation();
    PhenomenonTime time = observation.phenomenonTime();
    if (!Times.canSay(time)) {
      throw new IllegalArgumentException("SenML cannot say when this was: " + time);
    }
    out.text(Label.NAME, observation.datastream().value());
    if (time.from() != baseTime) {
      out.number(Label.TIME, Times.seconds(time.from() - baseTime));
    }
    Stream known = streams.get(observation.datastream());
    current = known == null ? introduce(observation.datastream(), entry) : known;
    observation.result().accept(this);
    out.whole(Label.OFFSET, observation.identity().offset() - pack.covers().first());
    if (known == null) {
      meaning(entry);
    }
    if (!time.isInstant()) {
      out.whole(Label.DURATION, time.millis());
    }
    if (observation.receivedAt() != time.from()) {
      out.whole(Label.RECEIVED, observation.receivedAt() - time.from());
    }
    if (observation.quality() == Quality.SUSPECT) {
      out.text(Label.QUALITY, Words.SUSPECT);
    }
  }

  private Stream introduce(DatastreamId id, Entry entry) {
    SenmlUnits.Name name = Features.unitName(entry);
    Unit unit = entry.unit();
    SenmlUnits.Primary primary =
        units == UnitNames.RFC8428
                && unit != null
                && name != null
                && name.registry() == SenmlUnits.Registry.SECONDARY
            ? SenmlUnits.primaryOf(unit)
            : null;
    Stream stream =
        primary == null
            ? new Stream(name == null ? null : name.text(), null)
            : new Stream(primary.name(), primary);
    streams.put(id, stream);
    return stream;
  }

  /** The value, and where it has to be converted the exact one beside it. */
  private void value(double value) {
    SenmlUnits.Primary primary = current == null ? null : current.primary();
    if (primary == null) {
      out.number(Label.VALUE, value);
      return;
    }
    out.number(Label.VALUE, within(primary.convert(value)));
    out.number(Label.EXACT, value);
  }

  /** What is too great for the other unit stays the greatest that there is. */
  private static double within(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  private void meaning(Entry entry) {
    String property = entry.property();
    if (property != null) {
      out.text(Label.PROPERTY, property);
    }
    Unit unit = entry.unit();
    if (unit != null) {
      out.text(Label.UCUM_UNIT, unit.code());
    }
  }

  private void unit() {
    Stream stream = current;
    if (stream != null && stream.unitName() != null) {
      out.text(Label.UNIT, stream.unitName());
    }
  }

  @Override
  public PackWriter number(Measurement result) {
    unit();
    value(result.value());
    return this;
  }

  @Override
  public PackWriter truth(Truth result) {
    out.truth(Label.BOOLEAN_VALUE, result.value());
    return this;
  }

  @Override
  public PackWriter text(Text result) {
    out.text(Label.STRING_VALUE, Words.wellFormed(result.value()));
    return this;
  }

  @Override
  public PackWriter category(Category result) {
    out.text(Label.STRING_VALUE, Words.wellFormed(result.value()));
    out.text(Label.SHAPE, Words.CATEGORY);
    return this;
  }

  @Override
  public PackWriter counter(Counter result) {
    unit();
    SenmlUnits.Primary primary = current == null ? null : current.primary();
    if (primary == null) {
      out.whole(Label.VALUE, result.value());
    } else {
      out.number(Label.VALUE, primary.convert((double) result.value()));
      out.whole(Label.EXACT, result.value());
    }
    out.text(Label.SHAPE, Words.COUNTER);
    return this;
  }

  @Override
  public PackWriter position(Position result) {
    out.text(Label.STRING_VALUE, Words.place(result));
    out.text(Label.SHAPE, Words.POSITION);
    return this;
  }

  @Override
  public PackWriter summary(Summary result) {
    OptionalDouble mean = result.value(Statistic.MEAN);
    if (mean.isPresent()) {
      unit();
      value(mean.getAsDouble());
    } else {
      out.text(Label.STRING_VALUE, Words.NO_MEAN);
    }
    out.text(Label.SHAPE, Words.SUMMARY);
    out.whole(Label.COUNT, result.count());
    if (result.expected() != 0) {
      out.whole(Label.EXPECTED, result.expected());
    }
    result.value(Statistic.MIN).ifPresent(min -> out.number(Label.MIN, min));
    result.value(Statistic.MAX).ifPresent(max -> out.number(Label.MAX, max));
    result
        .statistics()
        .forEach(
            (statistic, value) -> {
              if (!StatisticLabels.hasOwn(statistic)) {
                out.number(StatisticLabels.of(statistic), value);
              }
            });
    if (!result.valid()) {
      out.truth(Label.INVALID, true);
    }
    out.whole(Label.REVISION, result.revision());
    return this;
  }
}
