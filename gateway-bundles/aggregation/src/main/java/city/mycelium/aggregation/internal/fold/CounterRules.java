package city.mycelium.aggregation.internal.fold;

import java.util.OptionalLong;

/**
 * What is known of a counter, and how its falls are read.
 *
 * <p>A counter that shows less than before has begun again from zero (a reset: power cut, new
 * battery, exchanged meter), or has passed its end (a rollover). It is a rollover if its modulus is
 * known, both readings are below it, and the way over the end is at most a quarter of the modulus;
 * else it is a reset, and what it shows was counted since. The quarter is how LoRaWAN tells a frame
 * counter that went on from one that began again (16,384 of 65,536: MAX_FCNT_GAP, LoRaWAN 1.0.3,
 * 4.3.1.5): a rollover that is taken for a reset loses that way at most, and a reset that is taken
 * for a rollover makes up that much at most. Read a counter four times in the shortest time in
 * which it can go round, and none of the first happen.
 *
 * @param modulus where the counter goes on at zero: 65,536 of 16 bits, 10^n of n digits; nothing if
 *     it never does, or nobody knows
 * @param givesPerHour whether its unit has one per hour
 */
public record CounterRules(OptionalLong modulus, boolean givesPerHour) {

  private static final int SHARE = 4;

  public CounterRules {
    if (modulus.isPresent() && modulus.getAsLong() < 2) {
      throw new IllegalArgumentException(
          "a counter rolls over at 2 or more, not at " + modulus.getAsLong());
    }
  }

  /** How much was counted from one reading to the next. */
  long counted(long previous, long next) {
    if (next >= previous) {
      return next - previous;
    }
    return isReset(previous, next) ? next : overTheEnd(previous, next);
  }

  /** Whether the counter began again between these readings. */
  boolean isReset(long previous, long next) {
    return next < previous && overTheEnd(previous, next) > modulus.orElse(0) / SHARE;
  }

  /** The way from one to the other over the end; endless if there is none. */
  private long overTheEnd(long previous, long next) {
    long end = modulus.orElse(0);
    return previous < end ? end - previous + next : Long.MAX_VALUE;
  }
}
