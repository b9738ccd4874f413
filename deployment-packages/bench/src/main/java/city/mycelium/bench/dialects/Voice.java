package city.mycelium.bench.dialects;

import city.mycelium.api.observation.Result;
import java.util.Random;

/** What a channel of a device says next. Remembers what it said before; not thread-safe. */
@FunctionalInterface
interface Voice {

  Result say(Random random);

  /**
   * A number that wanders, as sensors give it: with few digits.
   *
   * @param begin in steps of the device's resolution, as are the others
   * @param perUnit how many such steps are one
   */
  static Voice walk(long begin, int perUnit, int step, long least, long most) {
    return new Voice() {
      private long at = begin;

      @Override
      public Result say(Random random) {
        at = Math.max(least, Math.min(most, at + Math.round(random.nextGaussian() * step)));
        return new Result.Measurement((double) at / perUnit);
      }
    };
  }

  /** A total that grows. */
  static Voice count(long begin, int most) {
    return new Voice() {
      private long total = begin;

      @Override
      public Result say(Random random) {
        total += random.nextInt(most);
        return new Result.Counter(total);
      }
    };
  }

  static Voice word(String one, String other) {
    return random -> new Result.Category(random.nextBoolean() ? one : other);
  }

  static Voice truth() {
    return random -> new Result.Truth(random.nextInt(20) == 0);
  }

  /** Something that is about, to a few metres. */
  static Voice place(double latitude, double longitude) {
    return random ->
        new Result.Position(
            Math.rint((latitude + random.nextGaussian() / 500) * 1e6) / 1e6,
            Math.rint((longitude + random.nextGaussian() / 500) * 1e6) / 1e6,
            null);
  }
}
