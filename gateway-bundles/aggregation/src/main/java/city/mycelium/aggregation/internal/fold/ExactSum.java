package city.mycelium.aggregation.internal.fold;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sum of doubles, or of their squares, without any error: a whole number of units of 2^-2148,
 * which is the square of the smallest double. So the order of adding makes no difference, and only
 * what is read out of it is rounded, once. (A superaccumulator: U. Kulisch, "Computer Arithmetic
 * and Validity", 2008, chapter 8; kept short by holding only the digits in use.) Not thread-safe.
 */
final class ExactSum {

  /** The exponent of the unit: the square of 2^-1074. */
  private static final int UNIT = -2 * 1_074;

  /** The smallest double is 2 to the power of minus this. */
  private static final int LEAST_BITS = 1_074;

  /** The bit that a double does not write down, unless it is subnormal. */
  private static final long IMPLICIT = 1L << 52;

  /** All bits of a double's exponent. */
  private static final int BIASED = 0x7FF;

  private static final int DIGIT_BITS = 32;
  private static final long DIGIT = 0xFFFF_FFFFL;

  /** A digit takes so many additions of less than 2^32 before it must be carried. */
  private static final int CARRY_AFTER = 1 << 29;

  /** More than the 53 of a double and one to round by; the last one says "and something more". */
  private static final int BITS_TO_ROUND = 66;

  /** The root of what has so many bits is a long, with more of them than a double rounds by. */
  private static final int BITS_TO_ROOT = 126;

  private static final int FIXED_BYTES = 2 * Short.BYTES;

  /** Signed digits of 32 bits with room to overflow, the least one first. */
  private long[] digits = new long[0];

  /** The place of the first of them, in digits above the unit. */
  private int first;

  private int additions;

  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long magnitude = magnitude(bits);
    add(bits < 0 ? -magnitude : magnitude, exponent(bits));
  }

  void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long magnitude = magnitude(bits);
    if (magnitude == 0) {
      return;
    }
    int place = 2 * exponent(bits) - UNIT;
    int shift = place % DIGIT_BITS;
    int at = roomFor(place / DIGIT_BITS, 5);
    long high = Math.multiplyHigh(magnitude, magnitude);
    long low = magnitude * magnitude;
    digits[at] += (low << shift) & DIGIT;
    digits[at + 1] += (low >>> (DIGIT_BITS - shift)) & DIGIT;
    digits[at + 2] += (low >>> 1 >>> (63 - shift) | high << shift) & DIGIT;
    digits[at + 3] += (high >>> (DIGIT_BITS - shift)) & DIGIT;
    digits[at + 4] += high >>> 1 >>> (63 - shift);
    counted();
  }

  /** A double, given by its bits, is plus or minus this, times 2 to its exponent (IEEE 754). */
  private static long magnitude(long bits) {
    long fraction = bits & (IMPLICIT - 1);
    return isSubnormal(bits) ? fraction : fraction | IMPLICIT;
  }

  private static int exponent(long bits) {
    int biased = (int) (bits >>> 52) & BIASED;
    return (isSubnormal(bits) ? 1 : biased) - LEAST_BITS - 1;
  }

  private static boolean isSubnormal(long bits) {
    return (bits & ((long) BIASED << 52)) == 0;
  }

  /** Adds {@code mantissa * 2^exponent}. */
  private void add(long mantissa, int exponent) {
    if (mantissa == 0) {
      return;
    }
    int place = exponent - UNIT;
    int shift = place % DIGIT_BITS;
    int at = roomFor(place / DIGIT_BITS, 3);
    long magnitude = Math.abs(mantissa);
    long low = (magnitude << shift) & DIGIT;
    long middle = (magnitude >>> (DIGIT_BITS - shift)) & DIGIT;
    long high = magnitude >>> 1 >>> (63 - shift);
    if (mantissa > 0) {
      digits[at] += low;
      digits[at + 1] += middle;
      digits[at + 2] += high;
    } else {
      digits[at] -= low;
      digits[at + 1] -= middle;
      digits[at + 2] -= high;
    }
    counted();
  }

  private void counted() {
    if (++additions >= CARRY_AFTER) {
      carry();
    }
  }

  /** Where the digit of this place is, the first of so many, with one to carry into above them. */
  private int roomFor(int place, int many) {
    if (digits.length == 0) {
      first = place;
      digits = new long[many + 1];
    }
    if (place < first) {
      long[] longer = new long[digits.length + first - place];
      System.arraycopy(digits, 0, longer, first - place, digits.length);
      digits = longer;
      first = place;
    }
    if (place - first + many >= digits.length) {
      digits = Arrays.copyOf(digits, place - first + many + 1);
    }
    return place - first;
  }

  /** Every digit becomes less than 2^32 again; only the highest has a sign. */
  private void carry() {
    for (int i = 0; i < digits.length; i++) {
      if (i == digits.length - 1) {
        if (digits[i] >> DIGIT_BITS == 0 || digits[i] >> DIGIT_BITS == -1) {
          break;
        }
        digits = Arrays.copyOf(digits, digits.length + 1);
      }
      digits[i + 1] += digits[i] >> DIGIT_BITS;
      digits[i] &= DIGIT;
    }
    additions = 1;
  }

  /** Adds all of another one. */
  void add(ExactSum other) {
    other.carry();
    carry();
    if (other.digits.length == 0) {
      return;
    }
    roomFor(other.first, other.digits.length);
    for (int i = 0; i < other.digits.length; i++) {
      digits[other.first - first + i] += other.digits[i];
    }
    additions = 2;
  }

  /** As a whole number of 2^{@link #exponent}. */
  private BigInteger whole() {
    carry();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES * digits.length);
    if (digits.length == 0) {
      return BigInteger.ZERO;
    }
    bytes.putLong(digits[digits.length - 1]);
    for (int i = digits.length - 2; i >= 0; i--) {
      bytes.putInt((int) digits[i]);
    }
    return new BigInteger(Arrays.copyOf(bytes.array(), bytes.position()));
  }

  private int exponent() {
    return UNIT + first * DIGIT_BITS;
  }

  /** The sum, rounded once; infinite if it is beyond what a double can say. */
  double total() {
    return rounded(whole(), BigInteger.ONE, exponent());
  }

  /** The sum of so many numbers divided by how many they are, rounded once. */
  double mean(long count) {
    return rounded(whole(), BigInteger.valueOf(count), exponent());
  }

  /**
   * The standard deviation of a sample (divisor count - 1), rounded once.
   *
   * @param sum of its numbers
   * @param squares of the same numbers
   * @param count at least 2
   */
  static double deviation(ExactSum sum, ExactSum squares, long count) {
    // (n * sum(x^2) - sum(x)^2) / (n * (n - 1)), on a common exponent
    BigInteger total = sum.whole();
    int exponent = Math.min(2 * sum.exponent(), squares.exponent());
    BigInteger n = BigInteger.valueOf(count);
    BigInteger spread =
        squares
            .whole()
            .shiftLeft(squares.exponent() - exponent)
            .multiply(n)
            .subtract(total.multiply(total).shiftLeft(2 * sum.exponent() - exponent));
    if (spread.signum() == 0) {
      return 0;
    }
    BigInteger divisor = n.multiply(n.subtract(BigInteger.ONE));
    int shift =
        Math.max(0, BITS_TO_ROOT - 2 + divisor.bitLength() - spread.bitLength())
            + 1; // one more where that makes the exponent even
    shift -= (exponent - shift) & 1;
    BigInteger[] variance = spread.shiftLeft(shift).divideAndRemainder(divisor);
    BigInteger[] root = rootAndRemainder(variance[0]);
    boolean more = variance[1].signum() != 0 || root[1].signum() != 0;
    return rounded(more ? root[0].setBit(0) : root[0], (exponent - shift) / 2);
  }

  /**
   * The square root, rounded down, and what is left. There are many to be drawn, most of numbers
   * whose root is a long: that of a double is close, and one step of Newton's brings it home.
   */
  private static BigInteger[] rootAndRemainder(BigInteger square) {
    if (square.bitLength() > BITS_TO_ROOT) {
      return square.sqrtAndRemainder();
    }
    long root = (long) Math.sqrt(square.doubleValue());
    root += (long) (rest(square, root).doubleValue() / (2.0 * root));
    BigInteger rest = rest(square, root);
    while (rest.signum() < 0) {
      root--;
      rest = rest(square, root);
    }
    while (rest.compareTo(BigInteger.valueOf(root).shiftLeft(1)) > 0) {
      root++;
      rest = rest(square, root);
    }
    return new BigInteger[] {BigInteger.valueOf(root), rest};
  }

  private static BigInteger rest(BigInteger square, long root) {
    BigInteger whole = BigInteger.valueOf(root);
    return square.subtract(whole.multiply(whole));
  }

  /** {@code dividend / divisor * 2^exponent}, rounded once to the nearest double. */
  private static double rounded(BigInteger dividend, BigInteger divisor, int exponent) {
    int shift = Math.max(0, BITS_TO_ROUND + divisor.bitLength() - dividend.bitLength());
    BigInteger[] parts = dividend.abs().shiftLeft(shift).divideAndRemainder(divisor);
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    double magnitude = rounded(quotient, exponent - shift);
    return dividend.signum() < 0 ? -magnitude : magnitude;
  }

  /** {@code whole * 2^exponent}; where bits are left out, the last of many says so. */
  private static double rounded(BigInteger whole, int exponent) {
    int surplus = Math.max(0, whole.bitLength() - BITS_TO_ROUND);
    BigInteger kept = whole.shiftRight(surplus);
    if (surplus > 0 && whole.getLowestSetBit() < surplus) {
      kept = kept.setBit(0);
    }
    int scale = exponent + surplus;
    if (kept.signum() == 0 || kept.bitLength() + scale > Double.MIN_EXPONENT) {
      return Math.scalb(kept.doubleValue(), scale); // a normal double: scaling is exact
    }
    // Below, scaling would round a second time.
    return new BigDecimal(kept)
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(-scale)))
        .doubleValue();
  }

  /** The value, in the same bytes however it came to be. */
  byte[] toBytes() {
    BigInteger whole = whole();
    int zeros = Math.max(0, whole.getLowestSetBit());
    byte[] bytes = whole.shiftRight(zeros).toByteArray();
    return ByteBuffer.allocate(FIXED_BYTES + bytes.length)
        .putShort((short) (whole.signum() == 0 ? 0 : exponent() + zeros))
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  /**
   * The reverse of {@link #toBytes}.
   *
   * @param in stands behind it afterwards
   * @throws java.nio.BufferUnderflowException if there is not as much as it says
   */
  static ExactSum read(ByteBuffer in) {
    int exponent = in.getShort();
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return of(new BigInteger(bytes), exponent);
  }

  /**
   * A sum of doubles that is known as a decimal fraction.
   *
   * @throws ArithmeticException if no doubles add up to it
   */
  static ExactSum of(BigDecimal sum) {
    BigDecimal units = new BigDecimal(BigInteger.ONE.shiftLeft(LEAST_BITS));
    return of(sum.multiply(units).toBigIntegerExact(), -LEAST_BITS);
  }

  private static ExactSum of(BigInteger whole, int exponent) {
    if (exponent < UNIT) {
      throw new IllegalArgumentException("no double has a part as small as 2^" + exponent);
    }
    ExactSum sum = new ExactSum();
    BigInteger rest = whole.abs();
    for (int place = exponent; rest.signum() != 0; place += DIGIT_BITS) {
      sum.add((rest.longValue() & DIGIT) * whole.signum(), place);
      rest = rest.shiftRight(DIGIT_BITS);
    }
    return sum;
  }
}
