package city.mycelium.driver.modbus.internal.profile;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a number stands in registers. */
public enum RegisterType {
  /** One bit of a table of bits. */
  BIT(1),
  INT16(1),
  UINT16(1),
  INT32(2),
  UINT32(2),
  INT64(4),
  /** IEEE 754 binary32. */
  FLOAT32(2),
  /** IEEE 754 binary64. */
  FLOAT64(4),
  /** Four decimal digits, one in each half byte. */
  BCD16(1),
  /** Eight of them. */
  BCD32(2);

  private static final int REGISTER_BITS = 16;
  private static final int DIGIT_BITS = 4;

  private final int addresses;

  RegisterType(int addresses) {
    this.addresses = addresses;
  }

  static Optional<RegisterType> named(String word) {
    return Arrays.stream(values()).filter(t -> t.word().equals(word)).findFirst();
  }

  /** What it is called in a profile. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many addresses it takes. */
  public int addresses() {
    return addresses;
  }

  /** How many bits it has. */
  int width() {
    return this == BIT ? 1 : addresses * REGISTER_BITS;
  }

  /** Whether its bits are a whole number that a mask can be laid on. */
  boolean isUnsigned() {
    return this == BIT || this == UINT16 || this == UINT32;
  }

  /**
   * The number, or nothing if the bits are none: NaN, an infinity, a digit above 9. A binary32 is
   * given as the shortest decimal that stands for it: the device meant 230.2, not 230.19999695.
   */
  Optional<BigDecimal> number(long bits) {
    return switch (this) {
      case BIT, UINT16, UINT32, INT64 -> Optional.of(BigDecimal.valueOf(bits));
      case INT16 -> Optional.of(BigDecimal.valueOf((short) bits));
      case INT32 -> Optional.of(new BigDecimal((int) bits));
      case FLOAT32 -> finite(Float.intBitsToFloat((int) bits));
      case FLOAT64 -> finite(Double.longBitsToDouble(bits));
      case BCD16, BCD32 -> digits(bits);
    };
  }

  private static Optional<BigDecimal> finite(float value) {
    return Float.isFinite(value)
        ? Optional.of(new BigDecimal(Float.toString(value)))
        : Optional.empty();
  }

  private static Optional<BigDecimal> finite(double value) {
    return Double.isFinite(value) ? Optional.of(BigDecimal.valueOf(value)) : Optional.empty();
  }

  private Optional<BigDecimal> digits(long bits) {
    long value = 0;
    for (int shift = width() - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
      long digit = bits >> shift & 0xF;
      if (digit > 9) {
        return Optional.empty();
      }
      value = value * 10 + digit;
    }
    return Optional.of(BigDecimal.valueOf(value));
  }
}
