package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.DayParts;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Statistic;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A gateway that aggregates, with a journal that outlives it. */
final class Station {

  private static final int EVERYTHING = 1_000_000;

  final InMemoryJournal journal = new InMemoryJournal();
  final FakeRegistry registry = new FakeRegistry();
  final LeapingClock clock;
  final Vouched time = new Vouched();
  final AggregationSettings settings;
  private HandScheduler scheduler;

  Station(String instant, AggregationSettings settings) {
    this.clock = LeapingClock.at(instant);
    this.settings = settings;
    this.scheduler = new HandScheduler(clock);
    start();
  }

  /** As usual, but for these. */
  static AggregationSettings settings(
      List<Duration> windows, ZoneId zone, Duration holdback, Duration allowedLateness) {
    return new AggregationSettings(
        windows,
        DayParts.of(zone),
        holdback,
        allowedLateness,
        AggregationSettings.DEFAULT.checkpointEvery(),
        AggregationSettings.DEFAULT.rules(),
        Map.of());
  }

  private void start() {
    start(Long.MAX_VALUE);
  }

  private void start(long momentsToLive) {
    scheduler = new HandScheduler(clock);
    new Aggregator(
            new MortalJournal(journal, momentsToLive), registry, clock, time, scheduler, settings)
        .start();
  }

  /** Dies where it stands, and starts again on what is durable. */
  void restart() {
    start();
  }

  /** Dies where it stands; the next one lives for so many things that it asks of its journal. */
  void restartToLiveFor(long moments) {
    start(moments);
  }

  /**
   * Time passes. A gateway that dies meanwhile is started again.
   *
   * @return whether one died
   */
  boolean pass(Duration time) {
    long end = clock.monotonicNanos() + time.toNanos();
    try {
      scheduler.pass(time);
      return false;
    } catch (MortalJournal.Death e) {
      restart();
      scheduler.pass(Duration.ofNanos(end - clock.monotonicNanos()));
      return true;
    }
  }

  /** A measurement at an instant, received now. */
  void say(DatastreamId datastream, String instant, double value) {
    say(datastream, Instant.parse(instant).toEpochMilli(), value);
  }

  void say(DatastreamId datastream, long at, double value) {
    append(
        List.of(
            new Draft(
                datastream,
                PhenomenonTime.at(at),
                new Result.Measurement(value),
                Quality.GOOD,
                clock.epochMillis())));
  }

  void append(List<Draft> drafts) {
    journal.append(drafts, List.of(), Durability.SYNCED).join();
  }

  /** Every Summary that was ever issued, in its order. */
  List<Observation> issued() {
    return journal.read(0, EVERYTHING).stream()
        .filter(observation -> observation.result() instanceof Summary)
        .toList();
  }

  /**
   * The Summaries that stand, each as {@code datastream [from] count/expected min mean max #rev},
   * with {@code invalid} behind it if it is.
   */
  List<String> standing() {
    List<String> lines = new ArrayList<>();
    finals()
        .forEach(
            (key, summary) ->
                lines.add(
                    key.aggregate()
                        + " "
                        + Instant.ofEpochMilli(key.window().from())
                        + " "
                        + summary.count()
                        + "/"
                        + summary.expected()
                        + " "
                        + told(summary, Statistic.MIN)
                        + " "
                        + told(summary, Statistic.MEAN)
                        + " "
                        + told(summary, Statistic.MAX)
                        + " #"
                        + summary.revision()
                        + (summary.valid() ? "" : " invalid")));
    return lines;
  }

  private static String told(Summary summary, Statistic statistic) {
    OptionalDouble value = summary.value(statistic);
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "-";
  }

  /**
   * The Summary that stands for every window.
   *
   * @throws AssertionError if one revision of a window was issued twice, or one was left out
   */
  Map<WindowKey, Summary> finals() {
    Map<WindowKey, Summary> finals = new TreeMap<>();
    for (Observation observation : issued()) {
      WindowKey key = new WindowKey(observation.datastream(), observation.phenomenonTime());
      Summary summary = (Summary) observation.result();
      Summary before = finals.put(key, summary);
      int expected = before == null ? 1 : before.revision() + 1;
      if (summary.revision() != expected) {
        throw new AssertionError(key + " has revision " + summary.revision() + ", not " + expected);
      }
    }
    return finals;
  }

  /** How many Observations are counted as too late. */
  long late() throws JournalException {
    return journal
        .state()
        .get("aggregation.counts", "late")
        .map(bytes -> ByteBuffer.wrap(bytes).getLong())
        .orElse(0L);
  }

  /** The windows that a part of the state holds: {@code open} or {@code issued}. */
  Set<WindowKey> windows(String part) throws JournalException {
    Set<WindowKey> windows = new TreeSet<>();
    journal
        .state()
        .scan("aggregation." + part, "", EVERYTHING)
        .forEach(entry -> windows.add(WindowKey.parse(entry.key())));
    return windows;
  }

  /** What must come out; see {@link Recomputation}. */
  Map<WindowKey, Summary> recomputed() {
    return Recomputation.of(journal.read(0, EVERYTHING), registry, settings, clock.epochMillis());
  }

  /** The Summaries that stand, without their revisions. */
  Map<WindowKey, Summary> finalsWithoutRevision() {
    Map<WindowKey, Summary> finals = finals();
    finals.replaceAll(
        (key, s) -> new Summary(s.count(), s.expected(), s.statistics(), s.valid(), 1));
    return finals;
  }
}
