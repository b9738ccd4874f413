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
    // All of them are read, so that a slip in one is seen that this method does not need.
    double workingBoard = optional(set, "weElectronicZeroMillivolts", 1_000);
    double auxiliaryBoard = optional(set, "aeElectronicZeroMillivolts", 1_000);
    double workingCell = optional(set, "weSensorZeroMillivolts", 1_000);
    double auxiliaryCell = optional(set, "aeSensorZeroMillivolts", 1_000);
    double sensitivity = sensitivity(set);
    if (method.equals(NONE)) {
      return Optional.empty();
    }
    Compensation compensation = Compensation.numbered(method.substring(method.length() - 1));
    boolean needsAuxiliaryCell =
        compensation == Compensation.TWO || compensation == Compensation.THREE;
    Zeros zeros =
        new Zeros(
            needed(workingBoard, true, "weElectronicZeroMillivolts"),
            needed(auxiliaryBoard, compensation != Compensation.FOUR, "aeElectronicZeroMillivolts"),
            needed(workingCell, compensation != Compensation.ONE, "weSensorZeroMillivolts"),
            needed(auxiliaryCell, needsAuxiliaryCell, "aeSensorZeroMillivolts"));
    needed(sensitivity, true, "sensitivityMillivoltsPerPpb");
    if (compensation == Compensation.TWO && zeros.auxiliaryCell() == 0) {
      throw DeviceException.config(
          "aan803-2 divides by aeSensorZeroMillivolts, so it cannot be 0: take aan803-1");
    }
    LocalDate from = day(set, "validFrom");
    LocalDate until = day(set, "validUntil");
    if (until.isBefore(from)) {
      throw DeviceException.config("validUntil " + until + " is before validFrom " + from);
    }
    return Optional.of(new No2Calibration(compensation, zeros, sensitivity, from, until));
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

  /** The number, not a number if there is none. */
  private static double optional(DeviceSettings set, String option, double most)
      throws DeviceException {
    return set.text(option).equals(NONE) ? Double.NaN : set.number(option, -most, most);
  }

  /** The number; 0 where there is none and none is needed. */
  private static double needed(double value, boolean isNeeded, String option)
      throws DeviceException {
    if (Double.isNaN(value) && isNeeded) {
      throw DeviceException.config("this method needs " + option + ", from the cell's sheet");
    }
    return Double.isNaN(value) || !isNeeded ? 0 : value;
  }

  /** As the sheet gives it; the current of a cell that reduces its gas is negative, as the gain. */
  private static double sensitivity(DeviceSettings set) throws DeviceException {
    double direct = optional(set, "sensitivityMillivoltsPerPpb", 10);
    double product =
        optional(set, "sensitivityNanoamperesPerPpb", 10)
            * optional(set, "gainMillivoltsPerNanoampere", 10);
    double sensitivity = Double.isNaN(direct) ? product : direct;
    if (sensitivity < 0.01 || sensitivity > 10) {
      throw DeviceException.config(
          "a sensitivity, or current times gain, is 0.01 to 10 mV/ppb, not " + sensitivity);
    }
    return sensitivity;
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
