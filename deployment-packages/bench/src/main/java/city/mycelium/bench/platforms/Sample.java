package city.mycelium.bench.platforms;

import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The observations of a cell. Each has a value that no other one has, so that it is known again at
 * a platform that has no place for its identity. Numbered from 0, in the order of their times.
 * Immutable.
 */
final class Sample {

  /** Whose Things they are. */
  static final PartyId OWNER = new PartyId("resident");

  private static final long STREET_STEP_MILLIS = 100;
  private static final long REPORT_MILLIS = 600_000;
  private static final double LOWEST = 10;
  private static final double STEPS_PER_UNIT = 10;

  private final List<Thing> things;
  private final List<Datastream> streams;
  private final int count;
  private final long startMillis;
  private final long stepMillis;

  private Sample(
      List<Thing> things, List<Datastream> streams, int count, long startMillis, long stepMillis) {
    this.things = List.copyOf(things);
    this.streams = List.copyOf(streams);
    this.count = count;
    this.startMillis = startMillis;
    this.stepMillis = stepMillis;
  }

  /** Two house fronts with air sensors, ten observations a second, up to now. */
  static Sample street(int count, long nowMillis) {
    List<Thing> things = List.of(front("1", 52.507, 6.079), front("2", 52.509, 6.084));
    List<Datastream> streams = new ArrayList<>();
    for (String front : List.of("1", "2")) {
      streams.add(stream(front, "PM10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE));
      streams.add(stream(front, "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE));
    }
    return new Sample(
        things, streams, count, nowMillis - count * STREET_STEP_MILLIS, STREET_STEP_MILLIS);
  }

  /** One weather station with one value per ten minutes, up to now. */
  static Sample station(int count, long nowMillis) {
    long start = (nowMillis / REPORT_MILLIS - count) * REPORT_MILLIS;
    return new Sample(
        List.of(front("1", 52.507, 6.079)),
        List.of(stream("1", "RH", Vocabulary.RELATIVE_HUMIDITY, Unit.PERCENT)),
        count,
        start,
        REPORT_MILLIS);
  }

  private static Thing front(String number, double latitude, double longitude) {
    return new Thing(
        new ThingId("front-" + number),
        "House front " + number,
        OWNER,
        new Result.Position(latitude, longitude, null));
  }

  private static Datastream stream(
      String number, String channel, ObservedProperty property, Unit unit) {
    DeviceId device = new DeviceId("kit." + number);
    return new Datastream(
        new DatastreamId(device + "/" + channel),
        new ThingId("front-" + number),
        device,
        property,
        unit,
        Duration.ofSeconds(1),
        null);
  }

  List<Thing> things() {
    return things;
  }

  List<Datastream> streams() {
    return streams;
  }

  int count() {
    return count;
  }

  /** Which of the streams it belongs to. */
  int streamOf(int number) {
    return number % streams.size();
  }

  List<Draft> drafts() {
    List<Draft> drafts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long at = at(i);
      drafts.add(
          new Draft(
              streams.get(streamOf(i)).id(),
              PhenomenonTime.at(at),
              new Result.Measurement(LOWEST + i / STEPS_PER_UNIT),
              Quality.GOOD,
              at + 1));
    }
    return drafts;
  }

  private long at(int number) {
    return startMillis + number * stepMillis;
  }

  /**
   * Which one this is, by its value; nothing if none has that value, or it was observed at another
   * time.
   */
  OptionalInt recognise(ToldObservation told) {
    if (!(told.result() instanceof Result.Measurement measurement)) {
      return OptionalInt.empty();
    }
    double exact = (measurement.value() - LOWEST) * STEPS_PER_UNIT;
    int number = (int) Math.round(exact);
    PhenomenonTime time = told.phenomenonTime();
    boolean isOne =
        Math.abs(exact - number) < 1e-6
            && number >= 0
            && number < count
            && (time == null || time.from() == at(number));
    return isOne ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
