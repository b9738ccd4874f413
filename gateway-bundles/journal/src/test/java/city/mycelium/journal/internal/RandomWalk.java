package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The data set of every benchmark: 20 datastreams, each once a second, resolution 0.01, a random
 * walk by seed.
 */
final class RandomWalk {

  private static final int STREAMS = 20;
  private static final long START = 1_795_435_200_000L; // 2026-11-23T12:00:00Z

  private final Random random;
  private final List<DatastreamId> datastreams =
      IntStream.range(0, STREAMS)
          .mapToObj(i -> new DatastreamId("paddenstoel." + (100 + i) + "/PM25"))
          .toList();
  private final long[] hundredths = new long[STREAMS];
  private long produced;

  RandomWalk(long seed) {
    random = new Random(seed);
    for (int i = 0; i < STREAMS; i++) {
      hundredths[i] = 1_000 + random.nextInt(2_000);
    }
  }

  List<Draft> next(int count) {
    List<Draft> drafts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int stream = (int) (produced % STREAMS);
      long second = START + produced / STREAMS * 1_000;
      hundredths[stream] += random.nextInt(11) - 5;
      drafts.add(
          new Draft(
              datastreams.get(stream),
              PhenomenonTime.at(second),
              new Result.Measurement(hundredths[stream] / 100.0),
              Quality.GOOD,
              second + 40));
      produced++;
    }
    return drafts;
  }
}
