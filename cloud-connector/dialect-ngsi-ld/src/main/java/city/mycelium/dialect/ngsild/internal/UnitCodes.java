package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.observation.Unit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** UN/CEFACT Recommendation 20, Codes for Units of Measure Used in International Trade. */
final class UnitCodes {

  private UnitCodes() {}

  /** The common code; nothing where we know of none. */
  static Optional<String> of(Unit unit) {
    return Optional.ofNullable(code(unit));
  }

  private static @Nullable String code(Unit unit) {
    return switch (unit) {
      case ONE -> "C62";
      case PERCENT -> "P1";
      case PPM -> "59";
      case PPB -> "61";
      case MICROGRAM_PER_CUBIC_METRE -> "GQ";
      case MILLIGRAM_PER_CUBIC_METRE -> "GP";
      case MILLIGRAM_PER_LITRE -> "M1";
      case DEGREE_CELSIUS -> "CEL";
      case DEGREE_FAHRENHEIT -> "FAH";
      case KELVIN -> "KEL";
      case PASCAL -> "PAL";
      case HECTOPASCAL -> "A97";
      case DECIBEL -> "2N";
      case DECIBEL_MILLIWATT -> "DBM";
      case METRE -> "MTR";
      case MILLIMETRE -> "MMT";
      case CENTIMETRE -> "CMT";
      case KILOMETRE -> "KMT";
      case METRE_PER_SECOND -> "MTS";
      case KILOMETRE_PER_HOUR -> "KMH";
      case DEGREE -> "DD";
      case LUX -> "LUX";
      case WATT_PER_SQUARE_METRE -> "D54";
      case VOLT -> "VLT";
      case MILLIVOLT -> "2Z";
      case AMPERE -> "AMP";
      case WATT -> "WTT";
      case KILOWATT_HOUR -> "KWH";
      case WATT_HOUR -> "WHR";
      case LITRE -> "LTR";
      case CUBIC_METRE -> "MTQ";
      case CUBIC_METRE_PER_SECOND -> "MQS";
      case SECOND -> "SEC";
      case MINUTE -> "MIN";
      case PH -> "Q30";
      case PER_CUBIC_CENTIMETRE,
          MILLIMETRE_PER_HOUR,
          PER_HOUR,
          PER_MINUTE,
          MICROSIEMENS_PER_CENTIMETRE,
          NEPHELOMETRIC,
          MICROTESLA ->
          null;
    };
  }
}
