package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Offsets;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The lines that suppliers of Samen Meten write: one per sensor and interval, each component with
 * its unit and its sensor (as the public programs of suppliers do; docs/connect-samen-meten.md).
 *
 * <p>Lines seen in the wild have no time of their own, so the server takes its own and a repeat
 * becomes a second point. Ours say {@code timestamp_to} again as the time: the same interval of the
 * same sensor then overwrites itself, and what comes in two messages is put together there.
 */
final class SamenMetenLayout implements Layout {

  private static final String UNIT = "-eenheid";
  private static final String SETUP = "-meetopstelling";
  private static final String FROM = "timestamp_from";
  private static final String TO = "timestamp_to";
  private static final String LATITUDE = "lat";
  private static final String LONGITUDE = "lon";

  private final String channel;
  private final String measurement;
  private final Map<String, String> setups;
  private final @Nullable Duration window;
  private final Names names;

  SamenMetenLayout(
      String channel,
      String measurement,
      Map<String, String> setups,
      @Nullable Duration window,
      Names names) {
    this.channel = channel;
    this.measurement = measurement;
    this.setups = Map.copyOf(setups);
    this.window = window;
    this.names = names;
  }

  /** What one line is about. */
  private record Station(String id, PhenomenonTime time) {}

  /** A line that is being filled. */
  private record Filling(LineText line, Map<String, Described> components) {
    Offsets offsets() {
      return Offsets.of(components.values().stream().map(SamenMetenLayout::offset).toList());
    }
  }

  @Override
  public String channel() {
    return channel;
  }

  @Override
  public Written write(List<Described> observations) {
    Map<Station, Filling> lines = new LinkedHashMap<>();
    List<Outcome> rejected = new ArrayList<>();
    for (Described described : observations) {
      String why = whyNot(described);
      if (why == null) {
        why = fill(lines, described);
      }
      if (why != null) {
        rejected.addAll(Offsets.of(List.of(offset(described))).rejected(why));
      }
    }
    List<Row> rows = new ArrayList<>();
    lines.forEach(
        (station, filling) ->
            rows.add(new Row(filling.offsets(), filling.line().at(station.time().to()))));
    return new Written(rows, rejected);
  }

  private @Nullable String whyNot(Described described) {
    Observation observation = described.observation();
    Datastream datastream = described.datastream();
    if (!Objects.equals(datastream.window(), window)) {
      return datastream.id()
          + " is not what dialect.windows names ("
          + (window == null ? "raw" : window)
          + "): take it out of the Destination's selection";
    }
    if (Components.of(datastream, names).isEmpty() || value(observation.result()).isEmpty()) {
      return observation.result() instanceof Result.Summary
          ? "the window of " + datastream.id() + " has no mean that stands for it"
          : "Samen Meten has no word for "
              + datastream.id()
              + " ("
              + datastream.property().name()
              + "): take it out of the selection, or name it in the mapping file if it is a number";
    }
    return observation.quality() == Quality.UNDATED
        ? "nobody knows exactly when " + datastream.id() + " was observed; Samen Meten asks for it"
        : null;
  }

  /** Why it has no place; null if it is written. */
  private @Nullable String fill(Map<Station, Filling> lines, Described described) {
    Observation observation = described.observation();
    Datastream datastream = described.datastream();
    String component = Components.of(datastream, names).orElseThrow();
    Station station =
        new Station(
            names.of(datastream.thing()).orElse(datastream.device().value()),
            observation.phenomenonTime());
    Filling filling =
        lines.computeIfAbsent(
            station, key -> new Filling(begin(described, key), new LinkedHashMap<>()));
    Described there = filling.components().get(component);
    boolean isCorrection =
        datastream.isAggregate()
            && there != null
            && there.datastream().id().equals(datastream.id());
    if (there != null && !isCorrection) {
      return "sensor "
          + station.id()
          + " has one "
          + component
          + " at a time, and offset "
          + offset(there)
          + " is that already: if two Datastreams are called so, name one in the mapping file";
    }
    filling.components().put(component, described);
    filling
        .line()
        .number(
            component,
            Components.value(
                value(observation.result()).orElseThrow(),
                datastream.unit(),
                datastream.property()))
        .text(component + UNIT, Components.unitOf(datastream.property()));
    String setup = setups.get(component);
    if (setup != null) {
      filling.line().text(component + SETUP, setup);
    }
    return null;
  }

  private LineText begin(Described described, Station station) {
    LineText line =
        new LineText(measurement)
            .tag("id", station.id())
            .text(FROM, Instant.ofEpochMilli(station.time().from()).toString())
            .text(TO, Instant.ofEpochMilli(station.time().to()).toString());
    Result.Position location = described.thing().location();
    return location == null
        ? line
        : line.number(LATITUDE, location.latitude()).number(LONGITUDE, location.longitude());
  }

  private static long offset(Described described) {
    return described.observation().identity().offset();
  }

  private static OptionalDouble value(Result result) {
    if (result instanceof Result.Measurement number) {
      return OptionalDouble.of(number.value());
    }
    return result instanceof Result.Summary summary && summary.valid()
        ? summary.value(Statistic.MEAN)
        : OptionalDouble.empty();
  }

  @Override
  public List<ToldObservation> read(Point point) throws UnreadableMessageException {
    String id = point.tag("id");
    PhenomenonTime time =
        PhenomenonTime.between(
            millis(point.field(FROM, String.class)), millis(point.field(TO, String.class)));
    List<ToldObservation> told = new ArrayList<>();
    for (Map.Entry<String, Object> field : point.fields().entrySet()) {
      String name = field.getKey();
      if (field.getValue() instanceof Double value
          && !name.equals(LATITUDE)
          && !name.equals(LONGITUDE)) {
        told.add(
            new ToldObservation(
                id,
                name,
                Optional.ofNullable(point.fields().get(name + UNIT))
                    .map(Object::toString)
                    .orElse(null),
                time,
                new Result.Measurement(value),
                null));
      }
    }
    return told;
  }

  private static long millis(String text) throws UnreadableMessageException {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnreadableMessageException("'" + text + "' is no time", e);
    }
  }
}
