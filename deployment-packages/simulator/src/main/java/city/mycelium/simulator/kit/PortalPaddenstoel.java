package city.mycelium.simulator.kit;

import city.mycelium.simulator.air.Probe;
import city.mycelium.simulator.air.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A kit that speaks the line protocol of the Samen Meten portal for third parties: each line states
 * its interval and names unit and sensor type beside every value. It was offline: its first posts
 * carry the minutes of the last hours.
 *
 * <p>Source: the public bridges to the portal (ApriSensor; bertrik's samenmeten bridge):
 * measurement {@code m_<group>}, tag {@code id}, {@code timestamp_from} and {@code timestamp_to} as
 * ISO 8601 strings, {@code X}, {@code X-eenheid}, {@code X-meetopstelling}.
 */
public final class PortalPaddenstoel implements Kit {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LINES_PER_POST = 30;

  private final String group;
  private final String id;
  private final Duration period;
  private final Duration offlineFor;
  private final Map<Quantity, Probe> probes;
  private long measuredUntil = -1;

  /**
   * A new kit.
   *
   * @param period length of the intervals from now on, whole seconds
   * @param offlineFor how much of the past it has still to deliver, in minutes' values
   */
  public PortalPaddenstoel(
      String group, String id, Duration period, Duration offlineFor, Map<Quantity, Probe> probes) {
    this.group = group;
    this.id = id;
    this.period = period;
    this.offlineFor = offlineFor;
    this.probes = new EnumMap<>(probes);
  }

  @Override
  public String device() {
    return "m_" + group + "." + id;
  }

  @Override
  public Duration period() {
    return period;
  }

  @Override
  public List<Post> measure(long epochMillis) {
    if (measuredUntil < 0) {
      long minute = MINUTE.toMillis();
      long lastWholeMinute = epochMillis - epochMillis % minute;
      return measure(lastWholeMinute - offlineFor.toMillis(), lastWholeMinute, MINUTE);
    }
    return measure(measuredUntil, epochMillis, period);
  }

  /** Every whole interval between the two, some lines to a post. */
  private List<Post> measure(long from, long until, Duration interval) {
    List<Post> posts = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    List<PostedValue> values = new ArrayList<>();
    int lines = 0;
    measuredUntil = from;
    while (measuredUntil + interval.toMillis() <= until) {
      if (lines > 0) {
        body.append('\n');
      }
      appendLine(body, values, measuredUntil, measuredUntil + interval.toMillis());
      measuredUntil += interval.toMillis();
      if (++lines == LINES_PER_POST) {
        posts.add(post(body, values));
        lines = 0;
      }
    }
    if (lines > 0) {
      posts.add(post(body, values));
    }
    return posts;
  }

  /** Takes what was gathered and leaves both empty. */
  private Post post(StringBuilder body, List<PostedValue> values) {
    Post post =
        new Post(
            "/write?db=" + group + "&u=kit&p=kit",
            Map.of("Content-Type", "text/plain; charset=utf-8"),
            body.toString(),
            values);
    body.setLength(0);
    values.clear();
    return post;
  }

  private void appendLine(StringBuilder body, List<PostedValue> values, long from, long to) {
    body.append("m_").append(group).append(",id=").append(id).append(' ');
    // The middle of a lake: nobody lives there.
    body.append("lat=52.8,lon=5.35");
    body.append(",timestamp_from=\"").append(Instant.ofEpochMilli(from)).append('"');
    body.append(",timestamp_to=\"").append(Instant.ofEpochMilli(to)).append('"');
    for (Map.Entry<Quantity, Probe> entry : probes.entrySet()) {
      Component component = Component.of(entry.getKey());
      String text = entry.getValue().read(from, 2);
      body.append(',').append(component.name).append('=').append(text);
      body.append(',').append(component.name).append("-eenheid=\"").append(component.unit);
      body.append("\",").append(component.name).append("-meetopstelling=\"");
      body.append(component.sensor).append('"');
      values.add(new PostedValue(device() + "/" + component.name, Double.parseDouble(text), from));
    }
  }

  /** How the portal names a quantity, its unit and the chip that measures it. */
  private record Component(String name, String unit, String sensor) {
    static Component of(Quantity quantity) {
      return switch (quantity) {
        case TEMPERATURE -> new Component("T", "C", "BME280");
        case HUMIDITY -> new Component("RH", "%", "BME280");
        case PRESSURE -> new Component("P", "hPa", "BME280");
        case PM10 -> new Component("PM10", "ug/m3", "SDS011");
        case PM2_5 -> new Component("PM2.5", "ug/m3", "SDS011");
        case NO2 -> new Component("NO2", "ug/m3", "NO2-B43F");
      };
    }
  }
}
