package city.mycelium.chaos.powercut;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** What the guest writes: follows from the offset alone, so that any of it can be checked later. */
final class Content {

  private static final long START_MILLIS = 1_795_435_200_000L; // 2026-11-23T12:00:00Z
  private static final int STREAMS = 20;

  private Content() {}

  /** The Observations of the offsets from {@code first} on. */
  static List<Draft> from(long first, int count) {
    return LongStream.range(first, first + count).mapToObj(Content::at).toList();
  }

  /** Whether this is what was written under its offset. */
  static boolean isIntact(Observation observation) {
    return at(observation.identity().offset()).accepted(observation.identity()).equals(observation);
  }

  private static Draft at(long offset) {
    long hundredths = new SplittableRandom(offset).nextLong(-4_000, 100_000);
    long time = START_MILLIS + offset * 50;
    return new Draft(
        new DatastreamId("chaos." + offset % STREAMS + "/value"),
        PhenomenonTime.at(time),
        new Result.Measurement(hundredths / 100.0),
        Quality.GOOD,
        time + 2);
  }
}
