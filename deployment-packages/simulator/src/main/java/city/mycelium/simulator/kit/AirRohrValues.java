package city.mycelium.simulator.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The body that airRohr firmware posts: values are strings inside one array.
 *
 * <p>Source: opendata-stuttgart/sensors-software, airrohr-firmware: {@code
 * {"software_version":"…","sensordatavalues":[{"value_type":"P1","value":"66.04"},…]}}.
 */
final class AirRohrValues {

  private static final String FIRMWARE = "NRZ-2020-133";

  private final String device;
  private final StringJoiner json = new StringJoiner(",");
  private final List<PostedValue> values = new ArrayList<>();

  AirRohrValues(String device) {
    this.device = device;
  }

  /** A value of which a success promises to keep it. */
  AirRohrValues measured(String type, String text) {
    return measured(type, type, text);
  }

  /** The same where the gateway has a name of its own for it. */
  AirRohrValues measured(String channel, String type, String text) {
    values.add(new PostedValue(device + "/" + channel, Double.parseDouble(text), null));
    return housekeeping(type, text);
  }

  /** A value about the kit itself. */
  AirRohrValues housekeeping(String type, String text) {
    json.add("{\"value_type\":\"" + type + "\",\"value\":\"" + text + "\"}");
    return this;
  }

  /**
   * @param head what stands before the version, such as {@code "esp8266id":"…",}, or nothing
   */
  String body(String head) {
    return "{"
        + head
        + "\"software_version\":\""
        + FIRMWARE
        + "\",\"sensordatavalues\":["
        + json
        + "]}";
  }

  List<PostedValue> values() {
    return values;
  }
}
