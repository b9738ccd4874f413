package city.mycelium.bench.dialects;

import static city.mycelium.api.observation.Vocabulary.AIR_PRESSURE;
import static city.mycelium.api.observation.Vocabulary.AIR_TEMPERATURE;
import static city.mycelium.api.observation.Vocabulary.LAEQ;
import static city.mycelium.api.observation.Vocabulary.NO2;
import static city.mycelium.api.observation.Vocabulary.PM10;
import static city.mycelium.api.observation.Vocabulary.PM2_5;
import static city.mycelium.api.observation.Vocabulary.RELATIVE_HUMIDITY;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a dialect is set up to be measured, as its page in docs/ does it.
 *
 * @param settings what has to be set, and what a batch of a hundred needs
 * @param selection what its platform is asked to take
 */
record Setup(DialectKind kind, Map<String, String> settings, Predicate<Datastream> selection) {

  private static final String STATION = "front-1";

  private static final Map<String, Map<String, String>> SETTINGS =
      Map.of(
          "influx", Map.of("db", "city"),
          "samen-meten",
              Map.of("group", "sensoren", "setups", "PM10=SDS011,PM2.5=SDS011,NO2=NO2-B43F"),
          // A hundred values are some minutes of them.
          "sensor-community", Map.of("lateSeconds", "3600"),
          "wow", Map.of("siteId", "9170000", "siteKey", "123456", "thing", STATION),
          "kura", Map.of("account", "zwolle"),
          "kura-json", Map.of("account", "zwolle"),
          "open-data",
              Map.of(
                  "baseUrl", "https://data.example/air/",
                  "title", "Lucht in de buurt",
                  "description", "Wat kastjes aan gevels meten.",
                  "publisher", "Gemeente Paddenstad",
                  "language", "nl"));

  private static final Map<String, Predicate<Datastream>> SELECTIONS =
      Map.of(
          "samen-meten", isRaw(NO2, PM2_5, PM10, AIR_TEMPERATURE, RELATIVE_HUMIDITY, AIR_PRESSURE),
          "sensor-community",
              isRaw(PM2_5, PM10, AIR_TEMPERATURE, RELATIVE_HUMIDITY, AIR_PRESSURE, LAEQ),
          "wow",
              of ->
                  of.thing().value().equals(STATION)
                      && Duration.ofMinutes(10).equals(of.window())
                      && Set.of(AIR_TEMPERATURE, RELATIVE_HUMIDITY, AIR_PRESSURE)
                          .contains(of.property()));

  static Setup of(DialectKind kind) {
    return new Setup(
        kind,
        SETTINGS.getOrDefault(kind.name(), Map.of()),
        SELECTIONS.getOrDefault(kind.name(), of -> true));
  }

  private static Predicate<Datastream> isRaw(ObservedProperty... properties) {
    Set<ObservedProperty> taken = Set.of(properties);
    return of -> !of.isAggregate() && taken.contains(of.property());
  }

  /** The same with another selection. */
  Setup selecting(Predicate<Datastream> other) {
    return new Setup(kind, settings, other);
  }

  Dialect dialect() {
    try {
      return kind.dialect(set(), Names.NONE);
    } catch (SettingsException e) {
      throw new IllegalStateException("say in Setup how to set up " + kind.name(), e);
    }
  }

  MessageReader reader() {
    try {
      return kind.reader(set(), Names.NONE);
    } catch (SettingsException e) {
      throw new IllegalStateException("say in Setup how to set up " + kind.name(), e);
    }
  }

  private Settings set() throws SettingsException {
    return Settings.of(kind.name(), kind.options(), settings);
  }
}
