package city.mycelium.aggregation.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How fast windows of 1, 10 and 60 minutes over 1,000 Datastreams at 1 Hz are made, and what is
 * open meanwhile: an hour of data, a hundred seconds at a time, each timed by itself. Not a test;
 * run by hand. The journal is in memory: this is the aggregator, and not a disk.
 */
final class MeasureSpeed {

  private static final int STREAMS = 1_000;
  private static final int SECONDS_AT_ONCE = 100;

  private MeasureSpeed() {}

  public static void main(String[] arguments) {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_700;
    LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
    InMemoryJournal journal = new InMemoryJournal();
    FakeRegistry registry = new FakeRegistry();
    List<DatastreamId> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(registry.add("paddenstoel." + i + "/PM25", Duration.ofSeconds(1)));
    }
    Aggregator aggregator =
        new Aggregator(
            journal,
            registry,
            clock,
            new Vouched(),
            new HandScheduler(clock),
            AggregationSettings.DEFAULT);
    Random random = new Random(42);
    long[] hundredths = new long[STREAMS];
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    long cpuNanos = 0;
    long raw = 0;
    for (int second = 0; second < seconds; second += SECONDS_AT_ONCE) {
      for (int i = 0; i < SECONDS_AT_ONCE; i++) {
        journal.append(secondOf(streams, hundredths, random, clock), List.of(), Durability.WRITTEN);
        clock.leap(Duration.ofSeconds(1));
      }
      raw += (long) STREAMS * SECONDS_AT_ONCE;
      long before = System.nanoTime();
      long cpuBefore = thread.getCurrentThreadCpuTime();
      aggregator.work();
      long took = System.nanoTime() - before;
      long cpuTook = thread.getCurrentThreadCpuTime() - cpuBefore;
      nanos += took;
      cpuNanos += cpuTook;
      System.out.printf(
          "%5d s of data: %,9.0f observations/s, %,9.0f per second of processor time%n",
          second + SECONDS_AT_ONCE,
          STREAMS * SECONDS_AT_ONCE / (took / 1e9),
          STREAMS * SECONDS_AT_ONCE / (cpuTook / 1e9));
    }
    System.out.printf(
        "all: %,.0f observations/s, %,.0f per second of processor time, %,d summaries%n",
        raw / (nanos / 1e9), raw / (cpuNanos / 1e9), journal.lastOffset() - raw);
  }

  private static List<Draft> secondOf(
      List<DatastreamId> streams, long[] hundredths, Random random, LeapingClock clock) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      hundredths[i] += random.nextInt(11) - 5;
      drafts.add(
          new Draft(
              streams.get(i),
              PhenomenonTime.at(clock.epochMillis()),
              new Result.Measurement(hundredths[i] / 100.0),
              Quality.GOOD,
              clock.epochMillis()));
    }
    return drafts;
  }
}
