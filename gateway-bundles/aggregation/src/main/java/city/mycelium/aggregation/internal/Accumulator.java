package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.Result.Summary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What is known of one window so far. The sum is exact and rounded once, when asked for; so the
 * order in which results come in makes no difference. Not thread-safe.
 */
final class Accumulator {

  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + 4 + 8 + 8 + 8 + 4;

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
    double mean = sum.divide(BigDecimal.valueOf(count), digits()).doubleValue();
    // It may still step over the edge by one unit in the last place.
    return new Summary(count, expected, min, Math.min(max, Math.max(min, mean)), max, revision);
  }

  /**
   * So many that only the rounding to a double counts. A mean that lies just between two doubles
   * has at most one digit more than the sum for each time that 2 divides the count, which is less
   * than 2^63; so it comes out exactly, and is rounded to the even one, as it should be.
   */
  private MathContext digits() {
    return new MathContext(sum.precision() + Long.SIZE);
  }

  byte[] toBytes() {
    byte[] unscaled = sum.unscaledValue().toByteArray();
    return ByteBuffer.allocate(FIXED_BYTES + unscaled.length)
        .put(VERSION)
        .putInt(revision)
        .putLong(count)
        .putDouble(min)
        .putDouble(max)
        .putInt(sum.scale())
        .put(unscaled)
        .array();
  }

  /** The reverse of {@link #toBytes}; nothing if this version cannot read it. */
  static Optional<Accumulator> fromBytes(byte[] bytes) {
    if (bytes.length <= FIXED_BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    Accumulator accumulator = new Accumulator();
    accumulator.revision = in.getInt();
    accumulator.count = in.getLong();
    accumulator.min = in.getDouble();
    accumulator.max = in.getDouble();
    int scale = in.getInt();
    byte[] unscaled = new byte[in.remaining()];
    in.get(unscaled);
    accumulator.sum = new BigDecimal(new BigInteger(unscaled), scale);
    return Optional.of(accumulator);
  }
}
