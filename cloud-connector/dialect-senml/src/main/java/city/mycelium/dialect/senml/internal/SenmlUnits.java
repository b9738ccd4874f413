package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every unit of Mycelium and its SenML name (docs/wire.md, 6). A name means exactly what its UCUM
 * code means; no value is ever scaled on its way.
 *
 * <p>SenML's own {@code %} is not used: it is a ratio of 0 to 1 (RFC 8428, 12.1, note 1). What
 * people call per cent is {@code /100} there (RFC 8798, 3, note 1).
 */
final class SenmlUnits {

  /** A registered name. */
  record Name(String text, Registry registry) {}

  /** Where a name is registered; one of the second kind must be announced in {@code bver}. */
  enum Registry {
    /** RFC 8428, 12.1, with the additions of RFC 8798, 2. */
    PRIMARY,
    /** RFC 8798, 3. */
    SECONDARY
  }

  /** Relative humidity has a name of its own (RFC 8428, 12.1). */
  private static final Name RELATIVE_HUMIDITY = primary("%RH");

  private static final Map<Unit, Name> NAMES = new EnumMap<>(Unit.class);
  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    for (Unit unit : Unit.values()) {
      Name name = register(unit);
      if (name != null) {
        NAMES.put(unit, name);
        UNITS.put(name.text(), unit);
      }
    }
    UNITS.put(RELATIVE_HUMIDITY.text(), Unit.PERCENT);
  }

  private SenmlUnits() {}

  /** The whole table; the compiler says when a unit is forgotten. Null: no registry has it. */
  private static @Nullable Name register(Unit unit) {
    return switch (unit) {
      case ONE -> primary("/");
      case PERCENT -> secondary("/100");
      case PPM -> secondary("ppm");
      case MICROGRAM_PER_CUBIC_METRE -> secondary("ug/m3");
      case DEGREE_CELSIUS -> primary("Cel");
      case KELVIN -> primary("K");
      case PASCAL -> primary("Pa");
      case HECTOPASCAL -> secondary("hPa");
      case DECIBEL -> primary("dB");
      case DECIBEL_MILLIWATT -> secondary("dBm");
      case METRE -> primary("m");
      case MILLIMETRE -> secondary("mm");
      case CENTIMETRE -> secondary("cm");
      case KILOMETRE -> secondary("km");
      case METRE_PER_SECOND -> primary("m/s");
      case KILOMETRE_PER_HOUR -> secondary("km/h");
      case DEGREE -> primary("deg");
      case MILLIMETRE_PER_HOUR -> secondary("mm/h");
      case LUX -> primary("lx");
      case WATT_PER_SQUARE_METRE -> primary("W/m2");
      case VOLT -> primary("V");
      case MILLIVOLT -> secondary("mV");
      case AMPERE -> primary("A");
      case WATT -> primary("W");
      case KILOWATT_HOUR -> secondary("kWh");
      case WATT_HOUR -> secondary("Wh");
      case LITRE -> primary("l");
      case CUBIC_METRE -> primary("m3");
      case CUBIC_METRE_PER_SECOND -> primary("m3/s");
      case PER_MINUTE -> primary("1/min");
      case SECOND -> primary("s");
      case MINUTE -> secondary("min");
      case PH -> primary("pH");
      case PPB,
          MILLIGRAM_PER_CUBIC_METRE,
          PER_CUBIC_CENTIMETRE,
          MILLIGRAM_PER_LITRE,
          DEGREE_FAHRENHEIT,
          MICROTESLA,
          PER_HOUR,
          MICROSIEMENS_PER_CENTIMETRE,
          NEPHELOMETRIC ->
          null;
    };
  }

  /**
   * The primary unit that a secondary one stands for (RFC 8798, 3, table 2).
   *
   * @param factor of the secondary unit
   * @param offset added after that
   */
  record Primary(String name, double factor, double offset) {

    double convert(double value) {
      return value * factor + offset;
    }
  }

  /** What a unit is in its primary one; null if its own name is primary, or it has none. */
  static @Nullable Primary primaryOf(Unit unit) {
    return switch (unit) {
      case PERCENT -> new Primary("/", 0.01, 0);
      case PPM -> new Primary("/", 1e-6, 0);
      case MICROGRAM_PER_CUBIC_METRE -> new Primary("kg/m3", 1e-9, 0);
      case HECTOPASCAL -> new Primary("Pa", 100, 0);
      case DECIBEL_MILLIWATT -> new Primary("dBW", 1, -30);
      case MILLIMETRE -> new Primary("m", 1e-3, 0);
      case CENTIMETRE -> new Primary("m", 1e-2, 0);
      case KILOMETRE -> new Primary("m", 1e3, 0);
      case KILOMETRE_PER_HOUR -> new Primary("m/s", 1 / 3.6, 0);
      case MILLIMETRE_PER_HOUR -> new Primary("m/s", 1 / 3.6e6, 0);
      case MILLIVOLT -> new Primary("V", 1e-3, 0);
      case KILOWATT_HOUR -> new Primary("J", 3.6e6, 0);
      case WATT_HOUR -> new Primary("J", 3.6e3, 0);
      case MINUTE -> new Primary("s", 60, 0);
      default -> null;
    };
  }

  /** The name under which a property's values in a unit travel; null if no registry has one. */
  static @Nullable Name nameOf(Unit unit, @Nullable String property) {
    return unit == Unit.PERCENT && Vocabulary.RELATIVE_HUMIDITY.name().equals(property)
        ? RELATIVE_HUMIDITY
        : NAMES.get(unit);
  }

  /** The unit that a SenML name stands for, if it is one of ours. */
  static Optional<Unit> unitOf(String name) {
    return Optional.ofNullable(UNITS.get(name));
  }

  private static Name primary(String name) {
    return new Name(name, Registry.PRIMARY);
  }

  private static Name secondary(String name) {
    return new Name(name, Registry.SECONDARY);
  }
}
