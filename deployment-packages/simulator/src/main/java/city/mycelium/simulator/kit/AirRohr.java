package city.mycelium.simulator.kit;

import city.mycelium.simulator.air.Probe;
import city.mycelium.simulator.air.Quantity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An airRohr kit as it writes to Sensor.Community: one post per physical sensor, which is named by
 * the {@code X-PIN} header, so that value types need no prefix.
 *
 * <p>Source: opendata-stuttgart/sensors-software, airrohr-firmware: push-sensor-data, X-Sensor,
 * X-PIN 1 for the SDS011 and 11 for the BME280, pressure in pascal.
 */
public final class AirRohr implements Kit {

  private static final int REMEMBERED_BODIES = 500;
  private static final double PASCAL_PER_HECTOPASCAL = 100;

  private final String chipId;
  private final Duration period;
  private final Map<Quantity, Probe> probes;
  private final Deque<String> latestBodies = new ArrayDeque<>();

  /**
   * A new kit.
   *
   * @param probes all six quantities but NO2
   */
  public AirRohr(String chipId, Duration period, Map<Quantity, Probe> probes) {
    this.chipId = chipId;
    this.period = period;
    this.probes = new EnumMap<>(probes);
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
    List<Post> posts = new ArrayList<>();
    posts.add(post(1, () -> dust(epochMillis)));
    posts.add(post(11, () -> weather(epochMillis)));
    return posts;
  }

  private AirRohrValues dust(long epochMillis) {
    return new AirRohrValues(device())
        .measured("P1", probe(Quantity.PM10).read(epochMillis, 2))
        .measured("P2", probe(Quantity.PM2_5).read(epochMillis, 2));
  }

  /** A gateway knows the chip by its pin and calls the values as the kit's other formats do. */
  private AirRohrValues weather(long epochMillis) {
    String pascal = probe(Quantity.PRESSURE).read(epochMillis, 2, PASCAL_PER_HECTOPASCAL);
    return new AirRohrValues(device())
        .measured(
            "BME280_temperature", "temperature", probe(Quantity.TEMPERATURE).read(epochMillis, 2))
        .measured("BME280_pressure", "pressure", pascal)
        .measured("BME280_humidity", "humidity", probe(Quantity.HUMIDITY).read(epochMillis, 2));
  }

  /**
   * This body has no time and no counter: two measurements that happen to be equal look like one
   * that was sent twice. At a real kit's pace that is what the gateway takes them for only within a
   * period; at the demo's pace the kit measures again instead.
   */
  private Post post(int pin, Supplier<AirRohrValues> measurement) {
    AirRohrValues values = measurement.get();
    while (latestBodies.contains(values.body(""))) {
      values = measurement.get();
    }
    String body = values.body("");
    latestBodies.addLast(body);
    if (latestBodies.size() > REMEMBERED_BODIES) {
      latestBodies.removeFirst();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "NRZ-2020-133/" + chipId);
    headers.put("Content-Type", "application/json");
    headers.put("X-PIN", Integer.toString(pin));
    headers.put("X-Sensor", "esp8266-" + chipId);
    return new Post("/v1/push-sensor-data/", headers, body, values.values());
  }

  private Probe probe(Quantity quantity) {
    Probe probe = probes.get(quantity);
    if (probe == null) {
      throw new IllegalStateException("airRohr " + chipId + " was built without " + quantity);
    }
    return probe;
  }
}
