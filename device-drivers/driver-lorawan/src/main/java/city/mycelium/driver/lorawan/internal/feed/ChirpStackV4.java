package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import java.nio.charset.StandardCharsets;

/**
 * ChirpStack v4's MQTT integration in JSON (its documentation, Integrations, MQTT and Event types):
 * topics {@code application/ID/device/EUI/event/KIND}. Safe for use by many threads.
 */
public final class ChirpStackV4 implements NetworkFormat {

  /** All uplinks of all applications; what the broker lets us hear of them. */
  public static final String USUAL_TOPIC = "application/+/device/+/event/up";

  /** What devices say of their batteries. */
  public static final String STATUS_TOPIC = "application/+/device/+/event/status";

  private static final String UP = "/event/up";
  private static final String STATUS = "/event/status";

  /** A margin has six bits and a sign (LoRaWAN 1.0.3, 5.5). */
  private static final int LEAST_MARGIN_DB = -32;

  private static final int MOST_MARGIN_DB = 31;
  private static final byte[] NOTHING = {};

  @Override
  public String name() {
    return "ChirpStack v4";
  }

  @Override
  public FeedMessage read(String topic, byte[] payload) throws RefusedException {
    boolean isUp = topic.endsWith(UP);
    if (!isUp && !topic.endsWith(STATUS)) {
      return new FeedMessage.Other(topic.substring(topic.lastIndexOf('/') + 1));
    }
    Fields message = new Fields(BoundedJson.object(new String(payload, StandardCharsets.UTF_8)));
    return new FeedMessage.Up(isUp ? up(message) : status(message));
  }

  private static NetworkUplink up(Fields up) throws RefusedException {
    Fields device = up.object("deviceInfo");
    Values.Signal best = Values.best(up.array("rxInfo"));
    return new NetworkUplink(
        Values.eui(device, "devEui"),
        device.text("deviceName").orElse(""),
        deduplicationId(up),
        Values.time(up.needText("time")),
        (int) up.whole("fPort", 0, 255, 0),
        Values.bytes(up, "data"),
        Values.objectOrNull(up, "object"),
        up.whole("fCnt", 0, 0xffff_ffffL, 0),
        best.rssi(),
        best.snr(),
        best.number(),
        Double.NaN,
        Double.NaN,
        false);
  }

  /**
   * Zero is left out, as everywhere: no level on mains or where the device cannot tell, else one of
   * 0 %, which the device never says (its least is 1 of 254).
   */
  private static NetworkUplink status(Fields status) throws RefusedException {
    Fields device = status.object("deviceInfo");
    return new NetworkUplink(
        Values.eui(device, "devEui"),
        device.text("deviceName").orElse(""),
        // Its id is that of the uplink that it came in, which is another message of ours.
        "status:" + deduplicationId(status),
        Values.time(status.needText("time")),
        0,
        NOTHING,
        null,
        0,
        Double.NaN,
        Double.NaN,
        0,
        Values.percent(status.number("batteryLevel").orElse(Double.NaN)),
        status.whole("margin", LEAST_MARGIN_DB, MOST_MARGIN_DB, 0),
        true);
  }

  private static String deduplicationId(Fields message) throws RefusedException {
    String id = message.needText("deduplicationId");
    if (id.isBlank()) {
      throw new RefusedException("deduplicationId is empty");
    }
    return id;
  }
}
