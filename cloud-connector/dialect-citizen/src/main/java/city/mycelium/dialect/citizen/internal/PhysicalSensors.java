package city.mycelium.dialect.citizen.internal;

import static java.util.Map.entry;

import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which physical sensor of which node a Datastream comes from, and what its values are called
 * there. Words, units and pins are those of the network's own firmware (opendata-stuttgart,
 * sensors-software: airrohr-firmware, sendSensorCommunity and its X-PIN list). Immutable.
 */
final class PhysicalSensors {

  /**
   * One sensor's value.
   *
   * @param node as registered, the header {@code X-Sensor}
   * @param pin which sensor of the node, the header {@code X-PIN}
   * @param valueType what it is called
   * @param unit in which it goes
   */
  record Value(String node, String pin, String valueType, Unit unit) {}

  /** A word and the pin of the sensor that most kits measure it with. */
  private record Word(String valueType, Unit unit, String pin) {}

  private static final String DUST = "1"; // SDS011, PMSx003, SPS30
  private static final String BME280 = "11";
  private static final String DNMS = "15";
  private static final String SCD30 = "17";

  private static final Map<ObservedProperty, Word> WORDS =
      Map.ofEntries(
          entry(Vocabulary.PM1, new Word("P0", Unit.MICROGRAM_PER_CUBIC_METRE, DUST)),
          entry(Vocabulary.PM2_5, new Word("P2", Unit.MICROGRAM_PER_CUBIC_METRE, DUST)),
          entry(Vocabulary.PM4, new Word("P4", Unit.MICROGRAM_PER_CUBIC_METRE, DUST)),
          entry(Vocabulary.PM10, new Word("P1", Unit.MICROGRAM_PER_CUBIC_METRE, DUST)),
          entry(Vocabulary.AIR_TEMPERATURE, new Word("temperature", Unit.DEGREE_CELSIUS, BME280)),
          entry(Vocabulary.RELATIVE_HUMIDITY, new Word("humidity", Unit.PERCENT, BME280)),
          entry(Vocabulary.AIR_PRESSURE, new Word("pressure", Unit.PASCAL, BME280)),
          entry(Vocabulary.LAEQ, new Word("noise_LAeq", Unit.DECIBEL, DNMS)),
          entry(Vocabulary.LAMIN, new Word("noise_LA_min", Unit.DECIBEL, DNMS)),
          entry(Vocabulary.LAMAX, new Word("noise_LA_max", Unit.DECIBEL, DNMS)),
          entry(Vocabulary.CO2, new Word("co2_ppm", Unit.PPM, SCD30)));

  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
  private static final Pattern PIN = Pattern.compile("\\s*([A-Za-z0-9_]+)=([0-9]{1,3})\\s*");
  private static final Pattern PIN_OF_STREAM = Pattern.compile("([A-Za-z0-9_]+)@([0-9]{1,3})");

  private final String nodePrefix;
  private final Map<String, String> pins = new HashMap<>();
  private final Names names;

  PhysicalSensors(String nodePrefix, String pins, Names names) throws SettingsException {
    if (!NODE.matcher(nodePrefix).matches()) {
      throw new SettingsException(
          "nodePrefix is letters, digits and . _ : - as in X-Sensor, not '" + nodePrefix + "'");
    }
    for (String node : names.things().values()) {
      if (!NODE.matcher(node).matches()) {
        throw new SettingsException(
            "the mapping file calls a Thing '"
                + node
                + "', which is no name of a node at"
                + " Sensor.Community, such as esp8266-123456");
      }
    }
    for (String name : names.datastreams().values()) {
      if (!PIN_OF_STREAM.matcher(name).matches()) {
        throw new SettingsException(
            "the mapping file calls a Datastream '"
                + name
                + "', but here it is value_type@pin,"
                + " such as temperature@7");
      }
    }
    for (String each : pins.isEmpty() ? new String[0] : pins.split(",", -1)) {
      Matcher pin = PIN.matcher(each);
      if (!pin.matches()) {
        throw new SettingsException(
            "pins is value_type=pin, separated by commas, such as temperature=7; this is none: '"
                + each.strip()
                + "'");
      }
      this.pins.put(pin.group(1), pin.group(2));
    }
    this.nodePrefix = nodePrefix;
    this.names = names;
  }

  /** Nothing if the network has no word for it. */
  Optional<Value> of(Datastream datastream) {
    Word word = WORDS.get(datastream.property());
    if (word == null) {
      return Optional.empty();
    }
    String node = names.of(datastream.thing()).orElse(nodePrefix + datastream.device().value());
    Matcher own = PIN_OF_STREAM.matcher(names.of(datastream.id()).orElse(""));
    if (own.matches()) {
      return Optional.of(new Value(node, own.group(2), own.group(1), word.unit()));
    }
    String pin = pins.getOrDefault(word.valueType(), word.pin());
    return Optional.of(new Value(node, pin, word.valueType(), word.unit()));
  }
}
