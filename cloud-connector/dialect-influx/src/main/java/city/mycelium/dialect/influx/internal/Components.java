package city.mycelium.dialect.influx.internal;

import static java.util.Map.entry;

import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.Map;
import java.util.Optional;

/**
 * What RIVM calls what is measured. {@code PM10}, {@code PM2.5}, {@code T} and {@code ug/m3} are as
 * public suppliers' programs write them, {@code _kal} as the portal's own API does (api-samenmeten,
 * Datastreams); the others are the portal's names in the same manner. A mapping file comes first.
 */
final class Components {

  /** Values go in the property's canonical unit, under this word. */
  private record Word(String component, String unit) {}

  private static final String MICROGRAM = "ug/m3";

  private static final Map<ObservedProperty, Word> WORDS =
      Map.ofEntries(
          entry(Vocabulary.PM1, new Word("PM1", MICROGRAM)),
          entry(Vocabulary.PM2_5, new Word("PM2.5", MICROGRAM)),
          entry(Vocabulary.PM4, new Word("PM4", MICROGRAM)),
          entry(Vocabulary.PM10, new Word("PM10", MICROGRAM)),
          entry(Vocabulary.NO2, new Word("NO2", MICROGRAM)),
          entry(Vocabulary.NO, new Word("NO", MICROGRAM)),
          entry(Vocabulary.O3, new Word("O3", MICROGRAM)),
          entry(Vocabulary.SO2, new Word("SO2", MICROGRAM)),
          entry(Vocabulary.CO, new Word("CO", MICROGRAM)),
          entry(Vocabulary.NH3, new Word("NH3", MICROGRAM)),
          entry(Vocabulary.CO2, new Word("CO2", "ppm")),
          entry(Vocabulary.AIR_TEMPERATURE, new Word("T", "C")),
          entry(Vocabulary.RELATIVE_HUMIDITY, new Word("RH", "%")),
          entry(Vocabulary.AIR_PRESSURE, new Word("P", "hPa")));

  /** How decision 0122 calls what a calibration has made of a raw value. */
  private static final String CALIBRATED = "-calibrated";

  private Components() {}

  /** The component, if there is one; raw and calibrated apart. */
  static Optional<String> of(Datastream datastream, Names names) {
    Optional<String> own = names.of(datastream.rawId());
    if (own.isPresent()) {
      return own;
    }
    Word word = WORDS.get(datastream.property());
    Optional<String> name =
        names.of(datastream.property()).or(() -> Optional.ofNullable(word).map(Word::component));
    return datastream.rawId().value().endsWith(CALIBRATED) ? name.map(raw -> raw + "_kal") : name;
  }

  /** RIVM's word for a unit; the UCUM code where it has none of its own. */
  static String unitOf(ObservedProperty property) {
    Word word = WORDS.get(property);
    return word == null ? property.unit().code() : word.unit();
  }

  /** In the unit that {@link #unitOf} names. */
  static double value(double value, Unit unit, ObservedProperty property) {
    return unit.convert(value, property.unit());
  }
}
