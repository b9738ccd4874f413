package city.mycelium.driver.i2c.internal.chip.no2;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the voltages of one cell become a concentration, and from when to when that holds. Immutable.
 *
 * @param compensation how the background is taken off
 * @param zeros of this cell on its board
 * @param millivoltsPerPpb sensitivity of this cell on its board
 * @param from first day, UTC
 * @param until last day, UTC
 */
record No2Calibration(
    Compensation compensation,
    Zeros zeros,
    double millivoltsPerPpb,
    LocalDate from,
    LocalDate until) {

  /**
   * ug/m3 of one ppb of NO2 at 293 K and 101.3 kPa, the conditions to which Directive 2008/50/EC
   * (annex VI, part B, 3) refers gases: 46.0055 g/mol x 101.3 kPa / (8.314463 J/(mol K) x 293 K).
   */
  static final double MICROGRAMS_PER_PPB = 46.0055 * 101.3 / (8.314463 * 293);

  private static final String NONE = "none";
  private static final List<String> METHODS =
      List.of(NONE, "aan803-1", "aan803-2", "aan803-3", "aan803-4");

  /** The description with what is to be set of a calibration. */
  static DeviceDescription options(DeviceDescription description) {
    return description
        .takes("method", NONE, "none for voltages alone, or " + METHODS.subList(1, 5))
        .takes("weElectronicZeroMillivolts", NONE, "WEe of the cell's sheet: -1000 to 1000")
        .takes("aeElectronicZeroMillivolts", NONE, "AEe of the cell's sheet: -1000 to 1000")
        .takes("weSensorZeroMillivolts", NONE, "WEo, for aan803-2 to -4: -1000 to 1000")
        .takes("aeSensorZeroMillivolts", NONE, "AEo, for aan803-2 and -3: -1000 to 1000")
        .takes("sensitivityMillivoltsPerPpb", NONE, "of cell and board: 0.01 to 10")
        .takes("sensitivityNanoamperesPerPpb", NONE, "instead, with a gain: -10 to 10")
        .takes("gainMillivoltsPerNanoampere", NONE, "of the board: -10 to 10")
        .takes("validFrom", NONE, "first day of the calibration, in UTC: 2026-03-01")
        .takes("validUntil", NONE, "last day of the calibration, in UTC: 2027-02-28");
  }

  /**
   * What is set; nothing if only voltages are wanted.
   *
   * @throws DeviceException CONFIG if it is incomplete
   */
  static Optional<No2Calibration> of(DeviceSettings set) throws DeviceException {
    String method = set.choice("method", METHODS);
    if (method.equals(NONE)) {
      return Optional.empty();
    }
    Compensation compensation = Compensation.numbered(method.substring(method.length() - 1));
    boolean auxiliaryCell = compensation == Compensation.TWO || compensation == Compensation.THREE;
    Zeros zeros =
        new Zeros(
            zero(set, "weElectronicZeroMillivolts"),
            compensation == Compensation.FOUR ? 0 : zero(set, "aeElectronicZeroMillivolts"),
            compensation == Compensation.ONE ? 0 : zero(set, "weSensorZeroMillivolts"),
            auxiliaryCell ? zero(set, "aeSensorZeroMillivolts") : 0);
    if (compensation == Compensation.TWO && zeros.auxiliaryCell() == 0) {
      throw DeviceException.config(
          "aan803-2 divides by aeSensorZeroMillivolts, so it cannot be 0: take aan803-1");
    }
    LocalDate from = day(set, "validFrom");
    LocalDate until = day(set, "validUntil");
    if (until.isBefore(from)) {
      throw DeviceException.config("validUntil " + until + " is before validFrom " + from);
    }
    return Optional.of(new No2Calibration(compensation, zeros, sensitivity(set), from, until));
  }

  /** ug/m3 at 293 K and 101.3 kPa; below zero where the cell says so. */
  double microgramsPerCubicMetre(double working, double auxiliary, double celsius) {
    return compensation.corrected(working, auxiliary, zeros, celsius)
        / millivoltsPerPpb
        * MICROGRAMS_PER_PPB;
  }

  /** Whether it holds on a day, in UTC. */
  boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(until);
  }

  /** Method, coefficients and time, for whoever has to judge the concentration. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "method=Alphasense AAN 803-04 algorithm %s, %s of 803-05 table 3, linear between 10 K;"
            + " WEe=%s mV; AEe=%s mV; WEo=%s mV; AEo=%s mV; sensitivity=%s mV/ppb;"
            + " ugm3PerPpb=%.4f at 293 K and 101.3 kPa; validFrom=%s; validUntil=%s",
        compensation.number(),
        compensation.symbol(),
        zeros.workingBoard(),
        zeros.auxiliaryBoard(),
        zeros.workingCell(),
        zeros.auxiliaryCell(),
        millivoltsPerPpb,
        MICROGRAMS_PER_PPB,
        from,
        until);
  }

  private static double zero(DeviceSettings set, String option) throws DeviceException {
    return set.number(option, -1_000, 1_000);
  }

  /** As the sheet gives it; the current of a cell that reduces its gas is negative, as the gain. */
  private static double sensitivity(DeviceSettings set) throws DeviceException {
    if (!set.text("sensitivityMillivoltsPerPpb").equals(NONE)) {
      return set.number("sensitivityMillivoltsPerPpb", 0.01, 10);
    }
    double product =
        set.number("sensitivityNanoamperesPerPpb", -10, 10)
            * set.number("gainMillivoltsPerNanoampere", -10, 10);
    if (!(product >= 0.01 && product <= 10)) {
      throw DeviceException.config(
          "sensitivityNanoamperesPerPpb times gainMillivoltsPerNanoampere is 0.01 to 10 mV/ppb, not "
              + product);
    }
    return product;
  }

  private static LocalDate day(DeviceSettings set, String option) throws DeviceException {
    try {
      return LocalDate.parse(set.text(option));
    } catch (DateTimeException e) {
      throw DeviceException.config(
          option + " is a day such as 2026-03-01, not '" + set.text(option) + "'");
    }
  }
}
