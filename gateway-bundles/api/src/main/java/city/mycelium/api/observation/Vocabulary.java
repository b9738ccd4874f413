package city.mycelium.api.observation;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The observed properties that city sensors speak of, each with its public definition: pollutants
 * by the European air quality vocabulary (EIONET, aq/pollutant), weather and water by the CF
 * standard names (NERC vocabulary server), parking, traffic, waste and energy by the smart data
 * models.
 *
 * <p>Plausible ranges are engineering judgement: wide enough for any healthy sensor, so that what
 * lies outside deserves a second look.
 */
public final class Vocabulary {

  private static final Map<String, ObservedProperty> BY_NAME = new LinkedHashMap<>();

  public static final ObservedProperty PM1 =
      pollutant("PM1", 6002, Unit.MICROGRAM_PER_CUBIC_METRE, 0, 2_000);
  public static final ObservedProperty PM2_5 =
      pollutant("PM2.5", 6001, Unit.MICROGRAM_PER_CUBIC_METRE, 0, 2_000);
  public static final ObservedProperty PM10 =
      pollutant("PM10", 5, Unit.MICROGRAM_PER_CUBIC_METRE, 0, 3_000);
  public static final ObservedProperty NO2 =
      pollutant("NO2", 8, Unit.MICROGRAM_PER_CUBIC_METRE, -50, 2_000);
  public static final ObservedProperty O3 =
      pollutant("O3", 7, Unit.MICROGRAM_PER_CUBIC_METRE, -50, 1_000);
  public static final ObservedProperty AIR_TEMPERATURE =
      cf("air-temperature", "air_temperature", Unit.DEGREE_CELSIUS, -40, 60);
  public static final ObservedProperty RELATIVE_HUMIDITY =
      cf("relative-humidity", "relative_humidity", Unit.PERCENT, 0, 100);
  public static final ObservedProperty AIR_PRESSURE =
      cf("air-pressure", "air_pressure", Unit.HECTOPASCAL, 850, 1_100);

  private Vocabulary() {}

  /** The property with this name, or nothing. */
  public static Optional<ObservedProperty> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All of them, in the order of this file. */
  public static Collection<ObservedProperty> all() {
    return java.util.Collections.unmodifiableCollection(BY_NAME.values());
  }

  private static ObservedProperty pollutant(
      String name, int code, Unit unit, double min, double max) {
    return add(name, "http://dd.eionet.europa.eu/vocabulary/aq/pollutant/" + code, unit, min, max);
  }

  private static ObservedProperty cf(
      String name, String standardName, Unit unit, double min, double max) {
    return add(name, "http://vocab.nerc.ac.uk/standard_name/" + standardName + "/", unit, min, max);
  }

  private static ObservedProperty add(
      String name, String definition, Unit unit, double min, double max) {
    ObservedProperty property = new ObservedProperty(name, URI.create(definition), unit, min, max);
    BY_NAME.put(name, property);
    return property;
  }
}
