package city.mycelium.driver.i2c.internal.chip.no2;

import java.util.Arrays;

/**
 * How the background current of an NO2-B43F is taken off: the four algorithms of Alphasense's
 * application note AAN 803-04, "Correcting for background currents in four electrode toxic gas
 * sensors" (equations 1 to 4), with the factors of table 3 of its edition 05, row NO2-B43F.
 *
 * <p>The factors stand for -30 to 50 °C in steps of 10 °C; between the steps they are interpolated
 * linearly here. The note gives no unit for that of algorithm 4: it is taken as what it is
 * subtracted from, mV.
 */
enum Compensation {
  ONE("1", "nT", 1.3, 1.3, 1.3, 1.3, 1.0, 0.6, 0.4, 0.2, -1.5) {
    @Override
    double net(double we, double ae, Zeros zeros, double factor) {
      return we - factor * ae;
    }
  },
  TWO("2", "kT", 2.2, 2.2, 2.2, 2.2, 1.7, 1.0, 0.7, 0.3, -2.5) {
    @Override
    double net(double we, double ae, Zeros zeros, double factor) {
      return we - factor * zeros.workingCell() / zeros.auxiliaryCell() * ae;
    }
  },
  THREE("3", "k'T", 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.4, -0.1, -4.0) {
    @Override
    double net(double we, double ae, Zeros zeros, double factor) {
      return we - (zeros.workingCell() - zeros.auxiliaryCell()) - factor * ae;
    }
  },
  FOUR("4", "k''T", 7.0, 7.0, 7.0, 7.0, 4.0, 0.0, 0.5, 5.0, 67.0) {
    @Override
    double net(double we, double ae, Zeros zeros, double factor) {
      return we - zeros.workingCell() - factor;
    }
  };

  static final double COLDEST = -30;
  static final double WARMEST = 50;
  private static final double STEP = 10;

  private final String number;
  private final String symbol;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it, and nobody else gets it
  private final double[] factors;

  Compensation(String number, String symbol, double... factors) {
    this.number = number;
    this.symbol = symbol;
    this.factors = factors;
  }

  /** The one that the note counts as this: 1 to 4. */
  static Compensation numbered(String number) {
    return Arrays.stream(values())
        .filter(one -> one.number.equals(number))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the note has no algorithm " + number));
  }

  /** As the note counts them: 1 to 4. */
  String number() {
    return number;
  }

  /** What the note calls its factor. */
  String symbol() {
    return symbol;
  }

  /** The factor at a temperature in °C, -30 to 50. */
  double factor(double celsius) {
    double place = (celsius - COLDEST) / STEP;
    int below = Math.min((int) place, factors.length - 2);
    return factors[below] + (place - below) * (factors[below + 1] - factors[below]);
  }

  /**
   * What the gas alone does, in mV.
   *
   * @param working voltage of the working electrode in mV
   * @param auxiliary of the auxiliary electrode, in mV
   * @param celsius temperature of the cell, -30 to 50
   */
  double corrected(double working, double auxiliary, Zeros zeros, double celsius) {
    return net(
        working - zeros.workingBoard(), auxiliary - zeros.auxiliaryBoard(), zeros, factor(celsius));
  }

  /** The equation, from voltages without those of the board. */
  abstract double net(double we, double ae, Zeros zeros, double factor);
}
