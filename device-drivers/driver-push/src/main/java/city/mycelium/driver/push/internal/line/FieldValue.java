package city.mycelium.driver.push.internal.line;

import java.util.OptionalDouble;

/** The value of a field: one of the types of the line protocol (reference, "Data types"). */
public sealed interface FieldValue {

  /** The value as a number, or nothing if it is none. NaN where the kit wrote {@code nan}. */
  default OptionalDouble number() {
    return OptionalDouble.empty();
  }

  /**
   * An IEEE 754 double.
   *
   * @param value NaN where the kit wrote {@code nan} or {@code inf}: see {@link LineProtocol}
   */
  record Decimal(double value) implements FieldValue {
    @Override
    public OptionalDouble number() {
      return OptionalDouble.of(value);
    }
  }

  /** A signed 64-bit integer: digits and {@code i}. */
  record Signed(long value) implements FieldValue {
    @Override
    public OptionalDouble number() {
      return OptionalDouble.of((double) value);
    }
  }

  /**
   * An unsigned 64-bit integer: digits and {@code u}.
   *
   * @param bits to be read as {@link Long#toUnsignedString(long)} does
   */
  record Unsigned(long bits) implements FieldValue {
    @Override
    public OptionalDouble number() {
      return OptionalDouble.of(
          bits >= 0 ? (double) bits : Double.parseDouble(Long.toUnsignedString(bits)));
    }
  }

  /** Yes or no. */
  record Truth(boolean value) implements FieldValue {}

  /** Text between double quotes, without them. */
  record Text(String value) implements FieldValue {}
}
