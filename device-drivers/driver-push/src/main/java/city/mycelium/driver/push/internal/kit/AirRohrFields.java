package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The value types of Sensor.Community's airRohr firmware.
 *
 * <p>Source: opendata-stuttgart/sensors-software, airrohr-firmware.ino, {@code add_Value2Json} and
 * {@code sendSensorCommunity}; ext_def.h, {@code *_API_PIN}. Left out on purpose: P1 and P2 of a
 * PPD42NS, which are particles per 0.01 cubic foot; counts of chips other than the SPS30, whose
 * volume differs; TS, a size in micrometres; samples, min_micro, max_micro, interval, which are
 * about the kit.
 */
final class AirRohrFields {

  private static final Set<String> ANY = Set.of();
  private static final Set<String> DUST =
      Set.of("PM", "SDS", "PMS", "HPM", "NPM", "IPS", "SPS30", "SEN5X");
  private static final Set<String> SPS30 = Set.of("SPS30");

  /**
   * A value type without its prefix.
   *
   * @param sensors prefixes with which it is meant; any, or none, if empty
   */
  private record Row(String value, Set<String> sensors, KitField field) {}

  private static final List<Row> TABLE =
      List.of(
          row("P0", DUST, Vocabulary.PM1, Unit.MICROGRAM_PER_CUBIC_METRE),
          row("P1", DUST, Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE),
          row("P2", DUST, Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE),
          row("P4", DUST, Vocabulary.PM4, Unit.MICROGRAM_PER_CUBIC_METRE),
          row("N05", SPS30, Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE),
          row("N1", SPS30, Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE),
          row("N25", SPS30, Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE),
          row("N4", SPS30, Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE),
          row("N10", SPS30, Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE),
          // The firmware leaves a broken thermometer out, so -1 is frost.
          row("temperature", ANY, Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS),
          row("humidity", ANY, Vocabulary.RELATIVE_HUMIDITY, Unit.PERCENT),
          row("pressure", ANY, Vocabulary.AIR_PRESSURE, Unit.PASCAL),
          row("noise_LAeq", ANY, Vocabulary.LAEQ, Unit.DECIBEL),
          row("noise_LA_min", ANY, Vocabulary.LAMIN, Unit.DECIBEL),
          row("noise_LA_max", ANY, Vocabulary.LAMAX, Unit.DECIBEL),
          row("co2_ppm", ANY, Vocabulary.CO2, Unit.PPM),
          row("signal", ANY, Vocabulary.SIGNAL_STRENGTH, Unit.DECIBEL_MILLIWATT));

  /**
   * Which sensor an {@code X-PIN} header means. Where one pin stands for one kind of chip, its
   * values get the prefix that the same kit gives them in its other formats, so that they stay one
   * Datastream whichever way they come, and two thermometers in one kit stay two.
   *
   * @param sensor as in the table above
   * @param prefix what the channel's name begins with
   */
  record Pin(String sensor, String prefix) {}

  private static final Map<String, Pin> PINS =
      Map.of(
          "1",
              new Pin("PM", ""), // SDS011, PMS, HPM, NPM, IPS-7100 or SPS30: the only dust of a kit
          "3", new Pin("BMP", "BMP_"), // BMP180, BMP280
          "5", new Pin("PPD", "PPD_"),
          "7", new Pin("DHT", ""), // DHT22, HTU21D, SHT3x; the DHT22 has no prefix elsewhere either
          "9", new Pin("GPS", "GPS_"),
          "11", new Pin("BME280", "BME280_"),
          "13", new Pin("DS18B20", "DS18B20_"),
          "15", new Pin("DNMS", "DNMS_"),
          "17", new Pin("SCD30", "SCD30_"));

  private AirRohrFields() {}

  /** The sensor on a pin, or nothing if no pin has this number. */
  static Optional<Pin> pin(String number) {
    return Optional.ofNullable(PINS.get(number));
  }

  /** What a value stands for, or nothing if it is no result. */
  static Optional<KitField> find(String sensor, String value) {
    return TABLE.stream()
        .filter(row -> row.value().equals(value))
        .filter(row -> row.sensors().isEmpty() || row.sensors().contains(sensor))
        .map(Row::field)
        .findFirst();
  }

  private static Row row(String value, Set<String> sensors, ObservedProperty property, Unit unit) {
    boolean maybeMinusOne = property.equals(Vocabulary.AIR_TEMPERATURE);
    return new Row(value, sensors, new KitField(property, unit, maybeMinusOne));
  }
}
