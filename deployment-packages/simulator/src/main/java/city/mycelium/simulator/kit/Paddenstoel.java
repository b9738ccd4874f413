package city.mycelium.simulator.kit;

import city.mycelium.simulator.air.Probe;
import city.mycelium.simulator.air.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/**
 * A paddenstoel with its own firmware: one line of InfluxDB line protocol without a time stamp to
 * {@code /write}, a field for every sensor it could have, and {@code -1.00} for each that it lacks.
 *
 * <p>Source: RIVM's ESP8266 sketch for the fireworks kits (SamenMeten,
 * esp_shinyei_wifi_10dec17_GitHub.ino): field names, sentinels, SMPLS in steps of 4 that wraps past
 * 1000, RSSI, ERROR and ECOUNT.
 */
public final class Paddenstoel implements Kit {

  private static final Map<Quantity, String> FIELDS = fields();
  private static final String NOT_FITTED = "-1.00";
  private static final String NOT_YET_READ = "-999.999";

  private final String id;
  private final Duration period;
  private final Map<Quantity, Probe> probes;
  private final Random random;
  private int samples;

  /**
   * A new kit.
   *
   * @param id the chip id, the {@code id} tag
   * @param probes what is fitted
   * @param random decides about hiccups and the strength of the Wi-Fi
   */
  public Paddenstoel(String id, Duration period, Map<Quantity, Probe> probes, Random random) {
    this.id = id;
    this.period = period;
    this.probes = new EnumMap<>(probes);
    this.random = random;
  }

  @Override
  public String device() {
    return "paddenstoel." + id;
  }

  @Override
  public Duration period() {
    return period;
  }

  @Override
  public List<Post> measure(long epochMillis) {
    List<PostedValue> values = new ArrayList<>();
    StringJoiner fields = new StringJoiner(",");
    int errors = 0;
    for (Map.Entry<Quantity, String> field : FIELDS.entrySet()) {
      String text = NOT_FITTED;
      Probe probe = probes.get(field.getKey());
      if (probe != null && random.nextInt(40) == 0) {
        text = NOT_YET_READ;
        errors++;
      } else if (probe != null) {
        text = probe.read(epochMillis, 2);
        values.add(
            new PostedValue(device() + "/" + field.getValue(), Double.parseDouble(text), null));
      }
      fields.add(field.getValue() + "=" + text);
    }
    samples = samples > 1000 ? 4 : samples + 4;
    String body =
        String.format(
            Locale.ROOT,
            "paddenstoel,id=%s %s,RSSI=%d,ERROR=%d,ECOUNT=%d,SMPLS=%d",
            id,
            fields,
            -55 - random.nextInt(30),
            errors == 0 ? 0 : 1,
            errors,
            samples);
    return List.of(
        new Post(
            "/write?db=paddenstoel&u=kit&p=kit",
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            body,
            values));
  }

  private static Map<Quantity, String> fields() {
    Map<Quantity, String> fields = new EnumMap<>(Quantity.class);
    fields.put(Quantity.TEMPERATURE, "Temp");
    fields.put(Quantity.PRESSURE, "Pres");
    fields.put(Quantity.HUMIDITY, "Hum");
    fields.put(Quantity.PM2_5, "PM25");
    fields.put(Quantity.PM10, "PM10");
    fields.put(Quantity.NO2, "NO2");
    return fields;
  }
}
