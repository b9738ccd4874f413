package city.mycelium.simulator.lorawan;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * What befalls frames and reports on their way, by chance and the same for the same seed. Not
 * thread-safe.
 */
public final class Weather {

  /** So long may copies of two concentrators differ, and a gateway must see that they are one. */
  private static final int JITTER_MILLIS = 60;

  private static final Duration LATE = Duration.ofMillis(2_500);
  private static final Duration LONG_AFTER = Duration.ofSeconds(7);

  private final Random random;
  private final boolean isFair;

  private Weather(Random random, boolean isFair) {
    this.random = random;
    this.isFair = isFair;
  }

  /** Everything arrives at once, whole, and nobody does mischief. */
  public static Weather fair() {
    return new Weather(new Random(0), true);
  }

  /** As it is over a town. */
  public static Weather rough(long seed) {
    return new Weather(new Random(seed), false);
  }

  /** Whether a concentrator hears this frame at all. */
  boolean reaches() {
    return isFair || random.nextInt(12) > 0;
  }

  /** How long the report of a concentrator takes; now and then so long that another overtakes. */
  Duration reportTakes() {
    if (isFair) {
      return Duration.ZERO;
    }
    return random.nextInt(20) == 0 ? LATE : Duration.ofMillis(random.nextInt(JITTER_MILLIS));
  }

  /** The SNR wanders about what it is on average, dB. */
  double snrDb(double average) {
    return isFair ? average : average + random.nextGaussian();
  }

  /** A copy of which one bit fell over, if one was heard: its MIC is wrong, or its address. */
  Optional<byte[]> garbled(byte[] frame) {
    if (isFair || random.nextInt(10) > 0) {
      return Optional.empty();
    }
    byte[] copy = frame.clone();
    int bit = random.nextInt(copy.length * Byte.SIZE);
    copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return Optional.of(copy);
  }

  /** When somebody who has recorded the frame sends it again, if he does. */
  Optional<Duration> replayedAfter() {
    return isFair || random.nextInt(10) > 0 ? Optional.empty() : Optional.of(LONG_AFTER);
  }
}
