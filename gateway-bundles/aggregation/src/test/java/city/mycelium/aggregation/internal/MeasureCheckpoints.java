package city.mycelium.aggregation.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Counts what the checkpoints of decision 0040 hand to the journal: the dataset of the benchmarks
 * (20 streams at 1 Hz, resolution 0.01, seeded random walk) for an hour after an hour to settle.
 * Not a test; run by hand. The counts are exact and the same everywhere.
 */
final class MeasureCheckpoints {

  private static final int STREAMS = 20;

  private long checkpoints;
  private long summaries;
  private long puts;
  private long removals;
  private long stateBytes;

  public static void main(String[] arguments) {
    new MeasureCheckpoints().run();
  }

  private void run() {
    LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
    HandScheduler scheduler = new HandScheduler(clock);
    InMemoryJournal journal = new InMemoryJournal();
    FakeRegistry registry = new FakeRegistry();
    new Aggregator(
            counting(journal),
            registry,
            clock,
            new Vouched(),
            scheduler,
            AggregationSettings.DEFAULT)
        .start();
    Random random = new Random(42);
    List<DatastreamId> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(registry.add("paddenstoel." + i + "/PM25", Duration.ofSeconds(1)));
    }
    long[] hundredths = new long[STREAMS];
    for (int second = 0; second < 2 * 3_600; second++) {
      if (second == 3_600) {
        checkpoints = summaries = puts = removals = stateBytes = 0;
      }
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        hundredths[i] += random.nextInt(11) - 5;
        drafts.add(
            new Draft(
                streams.get(i),
                PhenomenonTime.at(clock.epochMillis()),
                new Result.Measurement(hundredths[i] / 100.0),
                Quality.GOOD,
                clock.epochMillis()));
      }
      journal.append(drafts, List.of(), Durability.WRITTEN).join();
      scheduler.pass(Duration.ofSeconds(1));
    }
    System.out.printf(
        "in an hour, of %d raw observations: %d checkpoints, %d summaries, %d puts and %d removals of"
            + " state with %d bytes (%.1f per raw observation)%n",
        STREAMS * 3_600,
        checkpoints,
        summaries,
        puts,
        removals,
        stateBytes,
        stateBytes / (STREAMS * 3_600.0));
  }

  private Journal counting(Journal journal) {
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof Advance step) {
                count(step);
              }
              try {
                return method.invoke(journal, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void count(Advance step) {
    checkpoints++;
    summaries += step.derived().size();
    for (StateChange change : step.changes()) {
      stateBytes += change.key().getBytes(StandardCharsets.UTF_8).length;
      byte[] value = change.value();
      if (value == null) {
        removals++;
      } else {
        puts++;
        stateBytes += value.length;
      }
    }
  }
}
