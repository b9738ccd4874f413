package city.mycelium.api.observation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The closed table of units that Mycelium speaks, each a UCUM code (The Unified Code for Units of
 * Measure, version 2.2, case-sensitive form). Closed, because every dialect has to map every unit.
 *
 * <p>A unit converts only into units of its own {@link Kind}, by {@code value * factor + offset} to
 * the first unit of that kind.
 */
public enum Unit {
  ONE("1", Kind.NUMBER, 1, 0),
  PERCENT("%", Kind.NUMBER, 0.01, 0),
  PPM("[ppm]", Kind.AMOUNT_FRACTION, 1, 0),
  PPB("[ppb]", Kind.AMOUNT_FRACTION, 1e-3, 0),
  MICROGRAM_PER_CUBIC_METRE("ug/m3", Kind.MASS_CONCENTRATION, 1, 0),
  MILLIGRAM_PER_CUBIC_METRE("mg/m3", Kind.MASS_CONCENTRATION, 1e3, 0),
  PER_CUBIC_CENTIMETRE("/cm3", Kind.NUMBER_CONCENTRATION, 1, 0),
  MILLIGRAM_PER_LITRE("mg/L", Kind.WATER_CONCENTRATION, 1, 0),
  DEGREE_CELSIUS("Cel", Kind.TEMPERATURE, 1, 0),
  DEGREE_FAHRENHEIT("[degF]", Kind.TEMPERATURE, 5.0 / 9.0, -160.0 / 9.0),
  KELVIN("K", Kind.TEMPERATURE, 1, -273.15),
  PASCAL("Pa", Kind.PRESSURE, 1, 0),
  HECTOPASCAL("hPa", Kind.PRESSURE, 100, 0),
  /** Sound level; the frequency weighting (A) is part of the observed property, not of the unit. */
  DECIBEL("dB", Kind.LEVEL, 1, 0),
  /**
   * dBm. UCUM has {@code B[W]} and {@code B[kW]} but no bel of a milliwatt, and in dB[W] nobody
   * would know their Wi-Fi again: the annotation says what the level refers to.
   */
  DECIBEL_MILLIWATT("dB{mW}", Kind.POWER_LEVEL, 1, 0),
  METRE("m", Kind.LENGTH, 1, 0),
  MILLIMETRE("mm", Kind.LENGTH, 1e-3, 0),
  CENTIMETRE("cm", Kind.LENGTH, 1e-2, 0),
  KILOMETRE("km", Kind.LENGTH, 1e3, 0),
  METRE_PER_SECOND("m/s", Kind.SPEED, 1, 0),
  KILOMETRE_PER_HOUR("km/h", Kind.SPEED, 1 / 3.6, 0),
  DEGREE("deg", Kind.ANGLE, 1, 0),
  MILLIMETRE_PER_HOUR("mm/h", Kind.RAIN_RATE, 1, 0),
  LUX("lx", Kind.ILLUMINANCE, 1, 0),
  WATT_PER_SQUARE_METRE("W/m2", Kind.IRRADIANCE, 1, 0),
  VOLT("V", Kind.VOLTAGE, 1, 0),
  MILLIVOLT("mV", Kind.VOLTAGE, 1e-3, 0),
  AMPERE("A", Kind.CURRENT, 1, 0),
  WATT("W", Kind.POWER, 1, 0),
  KILOWATT_HOUR("kW.h", Kind.ENERGY, 1, 0),
  WATT_HOUR("W.h", Kind.ENERGY, 1e-3, 0),
  LITRE("L", Kind.VOLUME, 1, 0),
  CUBIC_METRE("m3", Kind.VOLUME, 1e3, 0),
  CUBIC_METRE_PER_SECOND("m3/s", Kind.FLOW, 1, 0),
  PER_HOUR("/h", Kind.FREQUENCY, 1, 0),
  PER_MINUTE("/min", Kind.FREQUENCY, 60, 0),
  SECOND("s", Kind.TIME, 1, 0),
  MINUTE("min", Kind.TIME, 60, 0),
  MICROSIEMENS_PER_CENTIMETRE("uS/cm", Kind.CONDUCTIVITY, 1, 0),
  PH("[pH]", Kind.ACIDITY, 1, 0),
  NEPHELOMETRIC("[NTU]", Kind.TURBIDITY, 1, 0),
  MICROTESLA("uT", Kind.MAGNETIC_FLUX_DENSITY, 1, 0);

  /** What a unit measures; units of one kind convert into each other. */
  enum Kind {
    NUMBER,
    AMOUNT_FRACTION,
    MASS_CONCENTRATION,
    NUMBER_CONCENTRATION,
    WATER_CONCENTRATION,
    TEMPERATURE,
    PRESSURE,
    LEVEL,
    POWER_LEVEL,
    LENGTH,
    SPEED,
    ANGLE,
    RAIN_RATE,
    ILLUMINANCE,
    IRRADIANCE,
    VOLTAGE,
    CURRENT,
    POWER,
    ENERGY,
    VOLUME,
    FLOW,
    FREQUENCY,
    TIME,
    CONDUCTIVITY,
    ACIDITY,
    TURBIDITY,
    MAGNETIC_FLUX_DENSITY
  }

  private static final Map<String, Unit> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Unit::code, Function.identity()));

  private final String code;
  private final Kind kind;
  private final double factor;
  private final double offset;

  Unit(String code, Kind kind, double factor, double offset) {
    this.code = code;
    this.kind = kind;
    this.factor = factor;
    this.offset = offset;
  }

  /** The UCUM code. */
  public String code() {
    return code;
  }

  /** The unit with this UCUM code, or nothing if it is not in the table. */
  public static Optional<Unit> ofCode(String ucumCode) {
    return Optional.ofNullable(BY_CODE.get(ucumCode));
  }

  /** Whether a value in this unit can be converted into the other. */
  public boolean convertsTo(Unit other) {
    return kind == other.kind;
  }

  /** Whether a value of the property can be given in this unit. */
  public boolean measures(ObservedProperty property) {
    return convertsTo(property.unit());
  }

  /**
   * The value, given in this unit, in the other one.
   *
   * @throws IllegalArgumentException if the two measure different kinds of things
   */
  public double convert(double value, Unit other) {
    if (this == other) {
      return value;
    }
    if (!convertsTo(other)) {
      throw new IllegalArgumentException(code + " cannot be converted to " + other.code);
    }
    return (value * factor + offset - other.offset) / other.factor;
  }
}
