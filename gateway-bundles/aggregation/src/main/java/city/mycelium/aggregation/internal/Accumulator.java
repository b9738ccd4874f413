package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.Result.Summary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;

/**
 * What is known of one window so far. The sum is exact and rounded once, when asked for; so the
 * order in which results come in makes no difference. Not thread-safe.
 */
final class Accumulator {

  private static final byte VERSION = 1;

  private BigDecimal sum = BigDecimal.ZERO;
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private int revision;

  void add(double value) {
    sum = sum.add(new BigDecimal(value)); // exact: every finite double is a decimal fraction
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** The Summary as it stands, one revision further. */
  Summary issue(long expected) {
    revision++;
    double mean = sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64).doubleValue();
    // Rounding to a double may step over the edge by one unit in the last place.
    return new Summary(count, expected, min, Math.min(max, Math.max(min, mean)), max, revision);
  }

  byte[] toBytes() {
    byte[] unscaled = sum.unscaledValue().toByteArray();
    return ByteBuffer.allocate(1 + 4 + 8 + 8 + 8 + 4 + unscaled.length)
        .put(VERSION)
        .putInt(revision)
        .putLong(count)
        .putDouble(min)
        .putDouble(max)
        .putInt(sum.scale())
        .put(unscaled)
        .array();
  }

  /**
   * The reverse of {@link #toBytes}.
   *
   * @throws IllegalArgumentException if it was made by a version that this one does not know
   */
  static Accumulator fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("window state of version " + version + " is unknown");
    }
    Accumulator accumulator = new Accumulator();
    accumulator.revision = in.getInt();
    accumulator.count = in.getLong();
    accumulator.min = in.getDouble();
    accumulator.max = in.getDouble();
    int scale = in.getInt();
    byte[] unscaled = new byte[in.remaining()];
    in.get(unscaled);
    accumulator.sum = new BigDecimal(new BigInteger(unscaled), scale);
    return accumulator;
  }
}
