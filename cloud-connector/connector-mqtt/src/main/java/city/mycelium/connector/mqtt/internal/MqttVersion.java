package city.mycelium.connector.mqtt.internal;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which MQTT a broker is spoken to in. */
public enum MqttVersion {
  /** OASIS MQTT 5.0. */
  V5("5"),

  /** OASIS MQTT 3.1.1, for brokers that speak nothing newer. */
  V3_1_1("3.1.1"),

  /** MQTT 5, and 3.1.1 from then on if the broker itself says that it does not speak it. */
  AUTO("auto");

  private final String text;

  MqttVersion(String text) {
    this.text = text;
  }

  /**
   * Reads what a configuration says.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static MqttVersion parse(String text) {
    return Arrays.stream(values())
        .filter(version -> version.text.equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "mqttVersion is "
                        + Arrays.stream(values())
                            .map(MqttVersion::toString)
                            .collect(Collectors.joining(", "))
                        + ", not '"
                        + text
                        + "'"));
  }

  @Override
  public String toString() {
    return text;
  }
}
