package city.mycelium.bench;

import city.mycelium.aggregation.internal.AggregationSettings;
import city.mycelium.aggregation.internal.Aggregator;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import jakarta.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process of its own in which an hour of a thousand streams goes by, a minute at a time: each is
 * appended, then the aggregation is given its turn. Only its turns are timed. Says so many a
 * second, how many Summaries came of it, and what memory it took.
 */
final class AggregateProbe {

  private static final int STREAMS = 1_000;
  private static final int MINUTES = 60;
  private static final int PER_MINUTE = STREAMS * 60;
  private static final int BATCH = 4_000;
  private static final String CURSOR = "aggregation";

  private AggregateProbe() {}

  public static void main(String[] arguments) throws Exception {
    Dataset dataset = new Dataset(1, STREAMS);
    RunningClock clock = new RunningClock(Dataset.START_MILLIS);
    long nanos = 0;
    try (SqliteJournal journal = SqliteJournal.open(Path.of(arguments[0]), JournalOptions.DEFAULT);
        var scheduler = new ThreadSchedulers().serial("unused")) {
      Aggregator aggregator =
          new Aggregator(
              journal,
              new BenchHouse(STREAMS),
              clock,
              clock,
              scheduler,
              AggregationSettings.DEFAULT);
      for (int minute = 0; minute < MINUTES; minute++) {
        for (int done = 0; done < PER_MINUTE; done += BATCH) {
          journal.append(dataset.next(BATCH), List.of(), Durability.SYNCED).get();
        }
        clock.pass(Duration.ofMinutes(1));
        nanos += work(aggregator);
      }
      clock.pass(Duration.ofMinutes(2)); // so that the last windows are over
      nanos += work(aggregator);
      long raw = (long) MINUTES * PER_MINUTE;
      if (journal.cursor(CURSOR).position() < raw) {
        throw new IllegalStateException("the aggregation stopped before the end");
      }
      System.out.println(
          Json.createObjectBuilder()
              .add("perSecond", raw * 1e9 / nanos)
              .add("summaries", journal.lastOffset() - raw)
              .add("residentBytes", ProcessIo.residentBytes(ProcessHandle.current().pid()))
              .build());
    }
  }

  private static long work(Aggregator aggregator) {
    long begin = System.nanoTime();
    aggregator.work();
    return System.nanoTime() - begin;
  }

  /** A trusted clock that goes as the data goes. */
  private static final class RunningClock implements Clock, TrustedTime {

    private long epochMillis;
    private long monotonicNanos;

    RunningClock(long epochMillis) {
      this.epochMillis = epochMillis;
    }

    void pass(Duration time) {
      epochMillis += time.toMillis();
      monotonicNanos += time.toNanos();
    }

    @Override
    public long epochMillis() {
      return epochMillis;
    }

    @Override
    public long monotonicNanos() {
      return monotonicNanos;
    }

    @Override
    public Trust trust() {
      return new Trust(true, "system", "the benchmark says so");
    }

    @Override
    public Moment now() {
      return new Moment("bench", monotonicNanos);
    }

    @Override
    public Dating date(Moment moment) {
      return new Dating.NotYet();
    }

    @Override
    public Cancellable onChange(Runnable listener) {
      return () -> {};
    }
  }
}
