package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;

/**
 * The Things Stack v3's MQTT server in JSON (its documentation, Integrations, MQTT Server and Data
 * Formats): topics {@code v3/APPLICATION@TENANT/devices/DEVICE/KIND}. Safe for use by many threads.
 */
public final class TheThingsStackV3 implements NetworkFormat {

  /** All uplinks of the application that the user name names. */
  public static final String USUAL_TOPIC = "v3/+/devices/+/up";

  private static final String UP = "/up";

  @Override
  public String name() {
    return "The Things Stack v3";
  }

  @Override
  public FeedMessage read(String topic, byte[] payload) throws RefusedException {
    if (!topic.endsWith(UP)) {
      return new FeedMessage.Other(topic.substring(topic.lastIndexOf('/') + 1));
    }
    Fields message = new Fields(BoundedJson.object(new String(payload, StandardCharsets.UTF_8)));
    if (JsonValue.TRUE.equals(message.value("simulated"))) {
      return new FeedMessage.Other("an uplink that was simulated in the console");
    }
    Fields device = message.object("end_device_ids");
    Eui devEui = Values.eui(device, "dev_eui");
    if (!message.has("uplink_message")) {
      throw new RefusedException("uplink_message is missing");
    }
    Fields up = message.object("uplink_message");
    // The network server's time if it is there; the application server's is a little later.
    String time =
        up.has("received_at") ? up.needText("received_at") : message.needText("received_at");
    long fCnt = up.whole("f_cnt", 0, 0xffff_ffffL, 0);
    Values.Signal best = Values.best(up.array("rx_metadata"));
    double battery = up.object("last_battery_percentage").number("value").orElse(Double.NaN);
    return new FeedMessage.Up(
        new NetworkUplink(
            devEui,
            device.text("device_id").orElse(""),
            sourceKey(devEui, up.text("session_key_id").orElse(""), fCnt, time),
            Values.time(time),
            (int) up.whole("f_port", 0, 255, 0),
            Values.bytes(up, "frm_payload"),
            Values.objectOrNull(up, "decoded_payload"),
            fCnt,
            best.rssi(),
            best.snr(),
            best.number(),
            Values.percent(battery),
            Double.NaN,
            false));
  }

  /** A counter begins anew with each session; without one the time tells two uplinks apart. */
  private static String sourceKey(Eui devEui, String session, long fCnt, String time) {
    return devEui + ":" + (session.isEmpty() ? time : session) + ":" + fCnt;
  }
}
