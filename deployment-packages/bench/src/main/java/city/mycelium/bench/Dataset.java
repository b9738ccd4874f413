package city.mycelium.bench;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The dataset of all benchmarks: 20 streams at 1 Hz, resolution 0.01, a seeded random walk each. An
 * endless sequence; not thread-safe.
 */
public final class Dataset implements Source {

  static final int STREAMS = 20;
  private static final long SECOND_MILLIS = 1_000;
  static final long START_MILLIS = 1_763_856_000_000L;

  private final Random random;
  private final long[] hundredths;
  private final List<DatastreamId> ids = new ArrayList<>();
  private int stream;
  private long now = START_MILLIS;

  public Dataset(long seed) {
    this(seed, STREAMS);
  }

  /** The same with another number of streams. */
  Dataset(long seed, int streams) {
    random = new Random(seed);
    hundredths = new long[streams];
    for (int i = 0; i < streams; i++) {
      ids.add(id(i));
      hundredths[i] = 1_000L + random.nextInt(2_000);
    }
  }

  /** The name of one of the streams, from 0. */
  static DatastreamId id(int stream) {
    return new DatastreamId("bench." + stream + "/value");
  }

  @Override
  public List<Draft> next(int count) {
    List<Draft> drafts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hundredths[stream] += random.nextInt(11) - 5;
      drafts.add(
          new Draft(
              ids.get(stream),
              PhenomenonTime.at(now + stream),
              new Result.Measurement(hundredths[stream] / 100.0),
              Quality.GOOD,
              now + stream + 2));
      if (++stream == hundredths.length) {
        stream = 0;
        now += SECOND_MILLIS;
      }
    }
    return drafts;
  }
}
