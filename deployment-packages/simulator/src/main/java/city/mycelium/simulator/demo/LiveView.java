package city.mycelium.simulator.demo;

import city.mycelium.simulator.demo.Snapshot.DeviceLine;
import city.mycelium.simulator.demo.Snapshot.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in text what a {@link Snapshot} holds. A pure function; fits 80 columns and 24 lines. */
final class LiveView {

  private static final int WIDTH = 80;
  private static final int MOST_DEVICES = 17;
  private static final int DEVICE_WIDTH = 20;
  private static final int VALUES_WIDTH = 47;

  private LiveView() {}

  /** A page that looks the same each time, so that only what changes moves. */
  static String page(Snapshot now) {
    StringBuilder out = new StringBuilder();
    line(
        out,
        "Mycelium: a simulated neighbourhood, live",
        clock(now.elapsed()) + " of " + clock(now.planned()));
    line(out, row("device", "last values at the city"), "measured");
    List<DeviceLine> devices = now.devices();
    int most = now.further().isEmpty() ? MOST_DEVICES : MOST_DEVICES - 1;
    int shown = devices.size() <= most ? devices.size() : most - 1;
    for (DeviceLine device : devices.subList(0, shown)) {
      line(out, row(device.device(), device.values()), age(device.age()));
    }
    if (devices.size() > shown) {
      line(out, "  and " + (devices.size() - shown) + " more", "");
    }
    out.append('\n');
    Figures figures = now.figures();
    if (figures == null) {
      out.append("  the gateway gives no figures now\n\n");
    } else {
      figures(
          out,
          "accepted",
          figures.accepted(),
          "delivered",
          figures.delivered(),
          "backlog",
          figures.pending());
      figures(out, "withheld", figures.withheld(), "held", figures.held(), "lost", now.lost());
    }
    if (!now.further().isEmpty()) {
      out.append("  ").append(cut("also at " + now.further(), WIDTH - 2)).append('\n');
    }
    out.append(now.happening().isEmpty() ? "" : "  > " + cut(now.happening(), WIDTH - 4))
        .append('\n');
    return out.toString();
  }

  /** The same in one line, for a log. */
  static String line(Snapshot now) {
    Figures figures = now.figures();
    String account =
        figures == null
            ? "the gateway gives no figures now"
            : String.format(
                Locale.ROOT,
                "accepted %d, delivered %d, backlog %d, withheld %d, held %d, lost %d",
                figures.accepted(),
                figures.delivered(),
                figures.pending(),
                figures.withheld(),
                figures.held(),
                now.lost());
    return clock(now.elapsed())
        + "  "
        + account
        + (now.further().isEmpty() ? "" : "; also at " + now.further())
        + (now.happening().isEmpty() ? "" : "  (" + now.happening() + ")");
  }

  private static void figures(
      StringBuilder out, String a, long first, String b, long second, String c, long third) {
    out.append(
        String.format(
            Locale.ROOT,
            "  %-10s%,10d     %-10s%,10d     %-10s%,10d%n",
            a,
            first,
            b,
            second,
            c,
            third));
  }

  private static void line(StringBuilder out, String left, String right) {
    int gap = Math.max(1, WIDTH - left.length() - right.length());
    out.append((left + " ".repeat(gap) + right).stripTrailing()).append('\n');
  }

  private static String row(String device, String values) {
    return String.format(
        "  %-" + DEVICE_WIDTH + "s %s", cutInTheMiddle(device), cut(values, VALUES_WIDTH));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** Where names differ is at their ends: a kind at the first, a number at the last. */
  private static String cutInTheMiddle(String device) {
    if (device.length() <= DEVICE_WIDTH) {
      return device;
    }
    int half = (DEVICE_WIDTH - 1) / 2;
    return device.substring(0, DEVICE_WIDTH - 1 - half)
        + "…"
        + device.substring(device.length() - half);
  }

  private static String clock(Duration time) {
    return String.format(Locale.ROOT, "%02d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  private static String age(@Nullable Duration age) {
    if (age == null) {
      return "";
    }
    if (age.compareTo(Duration.ofMinutes(2)) < 0) {
      return Math.max(0, age.toSeconds()) + " s ago";
    }
    return age.compareTo(Duration.ofHours(2)) < 0 ? age.toMinutes() + " min ago" : "long ago";
  }
}
