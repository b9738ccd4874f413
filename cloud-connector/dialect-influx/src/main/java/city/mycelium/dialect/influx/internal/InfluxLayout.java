package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Offsets;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our own layout (docs/connect-influxdb.md): the property is the measurement; gateway, Datastream,
 * device, Thing and unit are tags; the result and the rest of the identity are fields.
 *
 * <p>A point is known by its measurement, tags and time, so the same Observation always lands on
 * itself. Two Observations of one Datastream at the same millisecond must not: below the
 * millisecond, which nobody measures, stands the offset. An aggregate is known by its window alone,
 * so that a correction replaces it.
 */
final class InfluxLayout implements Layout {

  static final String EPOCH = "epoch";
  static final String OFFSET = "offset";
  static final String QUALITY = "quality";
  static final String TO = "to";

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LATEST = Long.MAX_VALUE / NANOS_PER_MILLI - 1;

  private final String channel;
  private final String queryChannel;
  private final Names names;

  /**
   * By these names.
   *
   * @param channel where lines are posted
   * @param queryChannel where InfluxQL is asked, up to the query itself; empty where it is not
   *     understood
   */
  InfluxLayout(String channel, String queryChannel, Names names) {
    this.channel = channel;
    this.queryChannel = queryChannel;
    this.names = names;
  }

  @Override
  public String channel() {
    return channel;
  }

  @Override
  public Written write(List<Described> observations) {
    List<Row> rows = new ArrayList<>();
    List<Outcome> rejected = new ArrayList<>();
    for (Described described : observations) {
      Offsets offset = Offsets.of(List.of(described.observation().identity().offset()));
      if (described.observation().phenomenonTime().from() > LATEST) {
        rejected.addAll(
            offset.rejected(
                "InfluxDB knows no time after the year 2262, but "
                    + described.datastream().id()
                    + " was observed at "
                    + described.observation().phenomenonTime()
                    + ": look at the clock of its device"));
      } else {
        rows.add(new Row(offset, line(described)));
      }
    }
    return new Written(rows, rejected);
  }

  private String line(Described described) {
    Observation observation = described.observation();
    Datastream datastream = described.datastream();
    PhenomenonTime time = observation.phenomenonTime();
    LineText line =
        new LineText(measurement(datastream))
            .tag("datastream", streamName(datastream))
            .tag("device", datastream.device().value())
            .tag("gateway", observation.identity().gateway().value())
            .tag("thing", names.of(datastream.thing()).orElse(datastream.thing().value()))
            .tag("unit", datastream.unit().code())
            .text(EPOCH, Identity.epochText(observation.identity().epoch()))
            .whole(OFFSET, observation.identity().offset())
            .text(QUALITY, observation.quality().name());
    if (!time.isInstant()) {
      line.whole(TO, time.to());
    }
    observation.result().accept(new ResultFields(line));
    return line.at(nanos(described));
  }

  private String measurement(Datastream datastream) {
    return names.of(datastream.property()).orElse(datastream.property().name());
  }

  private String streamName(Datastream datastream) {
    return names.of(datastream.id()).orElse(datastream.id().value());
  }

  private static long nanos(Described described) {
    Observation observation = described.observation();
    boolean isAggregate = described.datastream().isAggregate();
    long below = isAggregate ? 0 : observation.identity().offset() % NANOS_PER_MILLI;
    return observation.phenomenonTime().from() * NANOS_PER_MILLI + below;
  }

  @Override
  public Optional<Inquiry> inquiry(Described told) {
    return queryChannel.isEmpty()
        ? Optional.empty()
        : StoredPoint.inquiry(
            queryChannel,
            measurement(told.datastream()),
            streamName(told.datastream()),
            told.observation().identity(),
            nanos(told));
  }

  @Override
  public List<ToldObservation> read(Point point) throws UnreadableMessageException {
    long from = Math.floorDiv(point.time(), NANOS_PER_MILLI);
    long to = point.fields().containsKey(TO) ? point.field(TO, Long.class) : from;
    return List.of(
        new ToldObservation(
            point.tag("datastream"),
            point.measurement(),
            point.tag("unit"),
            PhenomenonTime.between(from, to),
            ResultFields.read(point),
            new Identity(
                new GatewayId(point.tag("gateway")),
                Identity.parseEpoch(point.field(EPOCH, String.class)),
                point.field(OFFSET, Long.class))));
  }
}
