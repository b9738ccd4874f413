package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields that paddenstoelen and their relatives write to RIVM, in upper or lower case.
 *
 * <p>Sources: RIVM's sketch esp_shinyei_wifi_10dec17 (Temp, Pres, Hum, PM25, PM10, RSSI), the
 * public bridges to the Samen Meten portal (T, RH, P, PM10, PM2.5, NO2 …), the layer #SensHagen on
 * ArcGIS (units). Numbers that are not here are no results: ERROR, ECOUNT and SMPLS count the kit's
 * own mishaps and windows.
 */
final class PaddenstoelFields {

  private static final boolean MAYBE_MINUS_ONE = true;
  private static final boolean NEVER_MINUS_ONE = false;

  private record Row(
      List<String> names, ObservedProperty property, Unit unit, boolean maybeMinusOne) {}

  private static final List<Row> TABLE =
      List.of(
          row(
              "temp t temperature",
              Vocabulary.AIR_TEMPERATURE,
              Unit.DEGREE_CELSIUS,
              MAYBE_MINUS_ONE),
          row("hum rh humidity", Vocabulary.RELATIVE_HUMIDITY, Unit.PERCENT, NEVER_MINUS_ONE),
          row("pres p pressure", Vocabulary.AIR_PRESSURE, Unit.HECTOPASCAL, NEVER_MINUS_ONE),
          row("pm1 pm1.0 pm01", Vocabulary.PM1, Unit.MICROGRAM_PER_CUBIC_METRE, NEVER_MINUS_ONE),
          row(
              "pm25 pm2.5 pm2_5",
              Vocabulary.PM2_5,
              Unit.MICROGRAM_PER_CUBIC_METRE,
              NEVER_MINUS_ONE),
          row("pm4 pm4.0", Vocabulary.PM4, Unit.MICROGRAM_PER_CUBIC_METRE, NEVER_MINUS_ONE),
          row("pm10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE, NEVER_MINUS_ONE),
          row("no2", Vocabulary.NO2, Unit.MICROGRAM_PER_CUBIC_METRE, MAYBE_MINUS_ONE),
          row("no", Vocabulary.NO, Unit.MICROGRAM_PER_CUBIC_METRE, MAYBE_MINUS_ONE),
          row("o3", Vocabulary.O3, Unit.MICROGRAM_PER_CUBIC_METRE, MAYBE_MINUS_ONE),
          row("so2", Vocabulary.SO2, Unit.MICROGRAM_PER_CUBIC_METRE, MAYBE_MINUS_ONE),
          row("co", Vocabulary.CO, Unit.MICROGRAM_PER_CUBIC_METRE, MAYBE_MINUS_ONE),
          row("nh3", Vocabulary.NH3, Unit.MICROGRAM_PER_CUBIC_METRE, MAYBE_MINUS_ONE),
          row("co2", Vocabulary.CO2, Unit.PPM, NEVER_MINUS_ONE),
          row("laeq", Vocabulary.LAEQ, Unit.DECIBEL, NEVER_MINUS_ONE),
          row("lamax", Vocabulary.LAMAX, Unit.DECIBEL, NEVER_MINUS_ONE),
          row("rssi", Vocabulary.SIGNAL_STRENGTH, Unit.DECIBEL_MILLIWATT, NEVER_MINUS_ONE));

  /**
   * Kits whose fields do not hold what they are called. RIVM's fireworks kit writes to {@code
   * vuurwerk} the share of time in which a Shinyei saw dust, in percent: no concentration.
   */
  private static final Map<String, Set<String>> NOT_WHAT_THEY_ARE_CALLED =
      Map.of("vuurwerk", Set.of("pm10"));

  private static final Map<String, KitField> BY_NAME = byName();

  private PaddenstoelFields() {}

  /** What a field stands for, or nothing if it is no result. */
  static Optional<KitField> find(String measurement, String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return NOT_WHAT_THEY_ARE_CALLED
            .getOrDefault(measurement.toLowerCase(Locale.ROOT), Set.of())
            .contains(name)
        ? Optional.empty()
        : Optional.ofNullable(BY_NAME.get(name));
  }

  private static Row row(
      String names, ObservedProperty property, Unit unit, boolean maybeMinusOne) {
    return new Row(List.of(names.split(" ", -1)), property, unit, maybeMinusOne);
  }

  private static Map<String, KitField> byName() {
    Map<String, KitField> byName = new HashMap<>();
    for (Row row : TABLE) {
      for (String name : row.names()) {
        byName.put(name, new KitField(row.property(), row.unit(), row.maybeMinusOne()));
      }
    }
    return byName;
  }
}
