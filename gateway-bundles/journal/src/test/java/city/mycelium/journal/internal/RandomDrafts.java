package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Drafts of every shape with every kind of value that a Result admits, by seed. */
final class RandomDrafts {

  static final List<DatastreamId> DATASTREAMS =
      IntStream.range(0, 30).mapToObj(i -> new DatastreamId("device." + i + "/channel")).toList();

  private static final long YEAR_9999 = 253_402_300_799_999L;
  private static final double[] AWKWARD = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    0.1 + 0.2,
    1.0 / 3,
    1L << 53,
    (1L << 53) - 1,
    -(double) (1L << 53),
    90_071_992_547_409.91,
    0.00005,
    1e22,
    21.55,
    -273.15
  };

  private final Random random;

  RandomDrafts(long seed) {
    random = new Random(seed);
  }

  List<Draft> next(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  private Draft next() {
    long from = time();
    long to =
        random.nextInt(3) > 0
            ? from
            : Math.min(YEAR_9999, from + (random.nextBoolean() ? 60_000 : random.nextInt()));
    return new Draft(
        DATASTREAMS.get(random.nextInt(DATASTREAMS.size())),
        PhenomenonTime.between(from, Math.max(from, to)),
        result(),
        Quality.values()[Math.max(0, random.nextInt(20) - 17)],
        random.nextInt(20) > 0 ? from + random.nextInt(2_000) : random.nextLong());
  }

  private long time() {
    return switch (random.nextInt(20)) {
      case 0 -> 0;
      case 1 -> YEAR_9999;
      case 2 -> (long) (random.nextDouble() * YEAR_9999);
      default -> 1_795_435_200_000L + random.nextInt(100) * 1_000L;
    };
  }

  private Result result() {
    return switch (random.nextInt(7)) {
      case 0 -> new Result.Measurement(number());
      case 1 -> new Result.Truth(random.nextBoolean());
      case 2 -> new Result.Text(text(random.nextInt(40)));
      case 3 -> new Result.Category(text(1 + random.nextInt(20)));
      case 4 -> new Result.Counter(random.nextLong() & Long.MAX_VALUE);
      case 5 ->
          new Result.Position(
              random.nextDouble() * 180 - 90,
              random.nextInt(18_000_000) / 1e5,
              random.nextBoolean() ? null : number());
      default ->
          random.nextBoolean()
              ? Result.Summary.ofNumbers(count(), random.nextInt(100), -1.5, 1.0 / 3, 7, revision())
              : new Result.Summary(
                  count(), count(), statistics(), random.nextBoolean(), revision());
    };
  }

  private long count() {
    return random.nextLong() & (Long.MAX_VALUE >> 1);
  }

  private int revision() {
    return 1 + random.nextInt(3);
  }

  /** None to six, of names that are not held against each other. */
  private SortedMap<Statistic, Double> statistics() {
    SortedMap<Statistic, Double> statistics = new TreeMap<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      statistics.put(Statistic.percentile(1 + random.nextInt(99)), number());
    }
    return statistics;
  }

  private double number() {
    switch (random.nextInt(4)) {
      case 0:
        return AWKWARD[random.nextInt(AWKWARD.length)];
      case 1:
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) ? any : -0.0;
      default:
        return random.nextInt(100_000) / Math.pow(10, random.nextInt(6));
    }
  }

  /** Any characters, half surrogate pairs included: a Java string may hold them. */
  private String text(int length) {
    StringBuilder text = new StringBuilder();
    boolean plain = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      text.append((char) (plain ? 'a' + random.nextInt(26) : random.nextInt(65_536)));
    }
    return text.toString();
  }
}
