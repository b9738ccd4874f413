package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.radio.Downlink.Window;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The messages that a network server sends to a station. */
final class Answers {

  // Made once, as it takes a search for the library; any thread may use it.
  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

  /** GPS time counts from 1980-01-06, without leap seconds. */
  private static final long GPS_EPOCH_MILLIS = 315_964_800_000L;

  /** IERS Bulletin C: since 2017-01-01 UTC is 18 s behind GPS, and no change is announced. */
  private static final long LEAP_MILLIS = 18_000;

  private static final int CLASS_A = 0;
  private static final double MILLIS = 1e3;
  private static final Duration BETWEEN_WINDOWS = Duration.ofSeconds(1);
  private static final long MOST_DELAY_SECONDS = 15;

  private Answers() {}

  static String routerInfo(Eui router, String uri) {
    return JSON.createObjectBuilder()
        .add("router", Id6.write(router))
        .add("muxs", "::0")
        .add("uri", uri)
        .build()
        .toString();
  }

  static String routerInfoError(String router, String error) {
    return JSON.createObjectBuilder().add("router", router).add("error", error).build().toString();
  }

  static String routerConfig(Plan plan, long nowMillis) {
    JsonObjectBuilder message = JSON.createObjectBuilder().add("msgtype", "router_config");
    plan.routerConfig().forEach(message::add);
    return message.add("MuxTime", nowMillis / MILLIS).build().toString();
  }

  static String timesync(long txtime, long nowMillis) {
    return JSON.createObjectBuilder()
        .add("msgtype", "timesync")
        .add("txtime", txtime)
        .add("gpstime", (nowMillis - GPS_EPOCH_MILLIS + LEAP_MILLIS) * 1_000)
        .add("MuxTime", nowMillis / MILLIS)
        .build()
        .toString();
  }

  /**
   * The windows of these that one message can state: a station knows RX1 at a number of whole
   * seconds after the uplink, and RX2 a second after that. Of others only the first is taken.
   *
   * @throws IllegalArgumentException if not even that can be stated
   */
  static List<Window> statable(List<Window> windows, Plan plan) {
    Window first = windows.get(0);
    long seconds = first.delay().toSeconds();
    if (seconds < 1
        || seconds > MOST_DELAY_SECONDS
        || !first.delay().equals(Duration.ofSeconds(seconds))) {
      throw new IllegalArgumentException(
          "stations send 1 to 15 whole seconds after an uplink, not " + first.delay());
    }
    if (plan.number(first.dataRate()).isEmpty()) {
      throw new IllegalArgumentException(
          first.dataRate() + " has no number in the plan that stations were given");
    }
    boolean both =
        windows.size() > 1
            && windows.get(1).delay().equals(first.delay().plus(BETWEEN_WINDOWS))
            && plan.number(windows.get(1).dataRate()).isPresent();
    return both ? windows.subList(0, 2) : windows.subList(0, 1);
  }

  /**
   * A frame for the air. Stations choose the power by themselves, by region and frequency.
   *
   * @param windows as {@link #statable} gives them
   */
  static String dnmsg(
      long diid,
      Eui device,
      byte[] phyPayload,
      List<Window> windows,
      RadioContext context,
      Plan plan,
      long nowMillis) {
    JsonObjectBuilder message =
        JSON.createObjectBuilder()
            .add("msgtype", "dnmsg")
            .add("DevEui", dashes(device))
            .add("dC", CLASS_A)
            .add("diid", diid)
            .add("pdu", HexFormat.of().formatHex(phyPayload))
            .add("RxDelay", windows.get(0).delay().toSeconds());
    for (int i = 0; i < windows.size(); i++) {
      OptionalInt number = plan.number(windows.get(i).dataRate());
      message
          .add("RX" + (i + 1) + "DR", number.orElseThrow())
          .add("RX" + (i + 1) + "Freq", windows.get(i).frequencyHz());
    }
    return message
        .add("priority", 1)
        .add("xtime", context.xtime())
        .add("rctx", context.rctx())
        .add("MuxTime", nowMillis / MILLIS)
        .build()
        .toString();
  }

  private static String dashes(Eui eui) {
    byte[] bytes = HexFormat.of().parseHex(eui.toString());
    return HexFormat.ofDelimiter("-").withUpperCase().formatHex(bytes);
  }
}
