package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.nio.charset.StandardCharsets;

/**
 * ChirpStack v4's MQTT integration in JSON (its documentation, Integrations, MQTT and Event types):
 * topics {@code application/ID/device/EUI/event/KIND}. Safe for use by many threads.
 */
public final class ChirpStackV4 implements NetworkFormat {

  /** All uplinks of all applications; what the broker lets us hear of them. */
  public static final String USUAL_TOPIC = "application/+/device/+/event/up";

  private static final String UP = "/event/up";

  @Override
  public String name() {
    return "ChirpStack v4";
  }

  @Override
  public FeedMessage read(String topic, byte[] payload) throws RefusedException {
    if (!topic.endsWith(UP)) {
      return new FeedMessage.Other(topic.substring(topic.lastIndexOf('/') + 1));
    }
    Fields up = new Fields(BoundedJson.object(new String(payload, StandardCharsets.UTF_8)));
    Fields device = up.object("deviceInfo");
    Eui devEui = Values.eui(device, "devEui");
    long receivedAt = Values.time(up.needText("time"));
    long fCnt = up.whole("fCnt", 0, 0xffff_ffffL, 0);
    Values.Signal best = Values.best(up.array("rxInfo"));
    String deduplicationId = up.needText("deduplicationId");
    if (deduplicationId.isBlank()) {
      throw new RefusedException("deduplicationId is empty");
    }
    return new FeedMessage.Up(
        new NetworkUplink(
            devEui,
            device.text("deviceName").orElse(""),
            deduplicationId,
            receivedAt,
            (int) up.whole("fPort", 0, 255, 0),
            Values.bytes(up, "data"),
            Values.objectOrNull(up, "object"),
            fCnt,
            best.rssi(),
            best.snr(),
            best.number(),
            Double.NaN));
  }
}
