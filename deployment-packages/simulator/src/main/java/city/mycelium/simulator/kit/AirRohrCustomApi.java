package city.mycelium.simulator.kit;

import city.mycelium.simulator.air.Probe;
import city.mycelium.simulator.air.Quantity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An airRohr kit that writes to its owner's "own API": everything in one body, value types with the
 * name of the chip in front, the kit's id inside.
 *
 * <p>Source: opendata-stuttgart/sensors-software, airrohr-firmware, custom API: {@code esp8266id},
 * {@code SDS_P1}, {@code BME280_temperature} …, {@code samples}, {@code min_micro}, {@code
 * max_micro}, {@code interval}, {@code signal}.
 */
public final class AirRohrCustomApi implements Kit {

  private final String chipId;
  private final Duration period;
  private final Map<Quantity, Probe> probes;
  private final Random random;

  /**
   * A new kit.
   *
   * @param probes what is fitted; NO2 never is
   * @param random the house-keeping values
   */
  public AirRohrCustomApi(
      String chipId, Duration period, Map<Quantity, Probe> probes, Random random) {
    this.chipId = chipId;
    this.period = period;
    this.probes = new EnumMap<>(probes);
    this.random = random;
  }

  @Override
  public String device() {
    return "airrohr.esp8266-" + chipId;
  }

  @Override
  public Duration period() {
    return period;
  }

  @Override
  public List<Post> measure(long epochMillis) {
    AirRohrValues values = new AirRohrValues(device());
    probes.forEach(
        (quantity, probe) ->
            values.measured(
                typeOf(quantity),
                probe.read(epochMillis, 2, quantity == Quantity.PRESSURE ? 100 : 1)));
    values
        .housekeeping("samples", Integer.toString(4_500_000 + random.nextInt(500_000)))
        .housekeeping("min_micro", Integer.toString(28 + random.nextInt(4)))
        .housekeeping("max_micro", Integer.toString(20_000 + random.nextInt(5_000)))
        .housekeeping("interval", "145000")
        .housekeeping("signal", Integer.toString(-55 - random.nextInt(30)));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "NRZ-2020-133/" + chipId);
    headers.put("Content-Type", "application/json");
    headers.put("X-Sensor", "esp8266-" + chipId);
    return List.of(
        new Post(
            "/data.php",
            headers,
            values.body("\"esp8266id\":\"" + chipId + "\","),
            values.values()));
  }

  private static String typeOf(Quantity quantity) {
    return switch (quantity) {
      case TEMPERATURE -> "BME280_temperature";
      case HUMIDITY -> "BME280_humidity";
      case PRESSURE -> "BME280_pressure";
      case PM10 -> "SDS_P1";
      case PM2_5 -> "SDS_P2";
      case NO2 -> throw new IllegalArgumentException("an airRohr kit has no NO2 cell");
    };
  }
}
