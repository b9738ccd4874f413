package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.aggregation.internal.fold.DayParts;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is observed, in whatever order it arrives and wherever the gateway dies, what stands in
 * the end is what a plain recomputation in sorted order gives, bit for bit.
 */
class AggregatorPropertyTest {

  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  /** In which time something is observed: a plain day, and the two that are not. */
  enum Day {
    PLAIN("2026-11-22T23:00:00Z", 24),
    SHORT("2026-03-28T23:00:00Z", 23),
    LONG("2026-10-24T22:00:00Z", 25);

    private final long from;
    private final int hours;

    Day(String from, int hours) {
      this.from = Instant.parse(from).toEpochMilli();
      this.hours = hours;
    }
  }

  /**
   * Something that is observed.
   *
   * @param stream which Datastream says it
   * @param place in the day, of a thousand
   * @param jitterMillis beyond that
   * @param value what a number says; its size decides what others say
   * @param pauseSeconds how long after the one before it arrives
   * @param momentsToLive after which the gateway dies; very many: it lives
   */
  record Event(
      int stream, int place, int jitterMillis, double value, int pauseSeconds, int momentsToLive) {}

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 999),
            Arbitraries.integers().between(0, 59_999),
            Arbitraries.oneOf(
                Arbitraries.doubles().between(-50, 1_000).ofScale(2), Arbitraries.doubles()),
            Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 900)),
            Arbitraries.oneOf(
                Arbitraries.just(Integer.MAX_VALUE), Arbitraries.integers().between(0, 12)))
        .as(Event::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(tries = 60)
  void whatStandsInTheEndIsAPlainRecomputation(
      @ForAll Day day, @ForAll("events") List<Event> events) throws Exception {
    Station station = station(day, List.of("PT10M", "PT1H", "PT3H", "P1D"));
    List<DatastreamId> streams =
        List.of(
            station.registry.add("kit/PM25", Vocabulary.PM2_5, null),
            station.registry.add("kit/O3", Vocabulary.O3, Duration.ofMinutes(30)),
            station.registry.add("kit/CO", Vocabulary.CO, Duration.ofMinutes(7)),
            station.registry.add("bay/status", Vocabulary.PARKING_SPOT_STATUS, null),
            station.registry.add("pole/kWh", Vocabulary.ENERGY_IMPORT, null));

    for (Event event : events) {
      station.restartToLiveFor(event.momentsToLive());
      station.append(List.of(draft(day, streams.get(event.stream()), event, station)));
      station.pass(Duration.ofSeconds(event.pauseSeconds()));
    }
    station.restart();
    station.pass(Duration.ofHours(1));

    assertThat(station.finalsWithoutRevision()).isEqualTo(station.recomputed());
    assertThat(station.late()).isZero();
  }

  /** The gateway is as far behind as an allowed lateness of a day permits. */
  private static Station station(Day day, List<String> windows) {
    Station station =
        new Station(
            Instant.ofEpochMilli(day.from).plus(Duration.ofHours(day.hours + 2)).toString(),
            new AggregationSettings(
                SettingsText.windows(windows),
                DayParts.of(AMSTERDAM),
                Duration.ofSeconds(10),
                Duration.ofHours(48),
                Duration.ofMinutes(1),
                CaptureRules.EUROPEAN,
                Map.of("PM2.5", List.of("usual", "sum", "p50", "p95"))));
    return station;
  }

  private static Draft draft(Day day, DatastreamId id, Event event, Station station) {
    long millis = Duration.ofHours(day.hours).toMillis();
    // Places lie 80 seconds and more apart: no two results of one stream at the same time.
    long at = day.from + millis * event.place() / 1_000 + event.jitterMillis();
    return new Draft(
        id,
        PhenomenonTime.at(at),
        result(id, event.value()),
        Quality.GOOD,
        station.clock.epochMillis());
  }

  private static Result result(DatastreamId id, double value) {
    return switch (id.value()) {
      case "bay/status" ->
          new Result.Category(
              List.of("free", "occupied", "unknown", "closed").get((int) Math.abs(value % 4)));
      case "pole/kWh" -> new Result.Counter((long) Math.abs(value % 1e6));
      default -> new Result.Measurement(value);
    };
  }
}
