package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.observation.Unit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words that people write into an {@code X-eenheid} field, as units. UCUM codes are understood
 * as they are; the rest is a table, not a guess.
 */
final class UnitWords {

  // In lower case, with u for µ, 3 for ³, without ° and spaces.
  private static final Map<String, Unit> WORDS =
      Map.ofEntries(
          Map.entry("ug/m3", Unit.MICROGRAM_PER_CUBIC_METRE),
          Map.entry("ug/m^3", Unit.MICROGRAM_PER_CUBIC_METRE),
          Map.entry("mg/m3", Unit.MILLIGRAM_PER_CUBIC_METRE),
          Map.entry("mg/m^3", Unit.MILLIGRAM_PER_CUBIC_METRE),
          Map.entry("#/cm3", Unit.PER_CUBIC_CENTIMETRE),
          Map.entry("ppm", Unit.PPM),
          Map.entry("ppb", Unit.PPB),
          Map.entry("c", Unit.DEGREE_CELSIUS),
          Map.entry("degc", Unit.DEGREE_CELSIUS),
          Map.entry("celsius", Unit.DEGREE_CELSIUS),
          Map.entry("gradencelsius", Unit.DEGREE_CELSIUS),
          Map.entry("f", Unit.DEGREE_FAHRENHEIT),
          Map.entry("kelvin", Unit.KELVIN),
          Map.entry("%rh", Unit.PERCENT),
          Map.entry("procent", Unit.PERCENT),
          Map.entry("percent", Unit.PERCENT),
          Map.entry("hpa", Unit.HECTOPASCAL),
          Map.entry("mbar", Unit.HECTOPASCAL),
          Map.entry("pa", Unit.PASCAL),
          Map.entry("db(a)", Unit.DECIBEL),
          Map.entry("dba", Unit.DECIBEL),
          Map.entry("db", Unit.DECIBEL),
          Map.entry("dbm", Unit.DECIBEL_MILLIWATT));

  private UnitWords() {}

  /** The unit that is meant, or nothing. */
  static Optional<Unit> unit(String words) {
    String plain = words.strip();
    return Unit.ofCode(plain).or(() -> Optional.ofNullable(WORDS.get(folded(plain))));
  }

  private static String folded(String words) {
    return words
        .replace('\u00b5', 'u') // micro sign
        .replace('\u03bc', 'u') // Greek mu, which looks the same
        .replace('\u00b3', '3')
        .replace("\u00b0", "")
        .replace(" ", "")
        .toLowerCase(Locale.ROOT);
  }
}
