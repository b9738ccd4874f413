package city.mycelium.simulator.serial;

import java.util.Arrays;
import java.util.Random;

/**
 * What a bad cable does to a message: cuts it off, puts rubbish before it, or flips one bit. A
 * device's own check finds each of them. For one thread at a time.
 */
public final class LineNoise {

  private final Random random;
  private final int oneIn;

  /**
   * A cable.
   *
   * @param oneIn how many messages there are to a disturbed one, on average; 0 for a perfect cable
   */
  public LineNoise(Random random, int oneIn) {
    this.random = random;
    this.oneIn = oneIn;
  }

  /** What arrives of a message. */
  public byte[] disturb(byte[] message) {
    if (message.length == 0 || oneIn == 0 || random.nextInt(oneIn) > 0) {
      return message;
    }
    return switch (random.nextInt(3)) {
      case 0 -> Arrays.copyOf(message, 1 + random.nextInt(message.length));
      case 1 -> withRubbishBefore(message);
      default -> withOneBitFlipped(message);
    };
  }

  private byte[] withRubbishBefore(byte[] message) {
    byte[] rubbish = new byte[1 + random.nextInt(12)];
    random.nextBytes(rubbish);
    byte[] both = Arrays.copyOf(rubbish, rubbish.length + message.length);
    System.arraycopy(message, 0, both, rubbish.length, message.length);
    return both;
  }

  private byte[] withOneBitFlipped(byte[] message) {
    byte[] flipped = message.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }
}
