package city.mycelium.dialect.citizen.internal;

import java.math.BigDecimal;
import java.math.MathContext;

/** A number as people write it: without an exponent, at most eight digits that count. */
final class PlainNumber {

  private static final MathContext DIGITS = new MathContext(8);

  private PlainNumber() {}

  static String of(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }
}
