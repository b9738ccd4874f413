package city.mycelium.connector.mqtt.internal;

/**
 * What a broker's return codes in MQTT 3.1.1 mean to whoever runs the gateway, and what to do:
 * CONNACK's (3.2.2.3, table 3.1) and the one failure of SUBACK (3.9.3).
 */
final class ReturnCode {

  /** MQTT 3.1.1, 3.9.3. */
  static final int SUBSCRIPTION_FAILED = 0x80;

  private static final int FIRST_FAILURE = 1;
  private static final int LAST_FAILURE = 5;

  private ReturnCode() {}

  /** Whether it is one of the broker's; Paho has others for faults of its own. */
  static boolean isKnown(int code) {
    return (code >= FIRST_FAILURE && code <= LAST_FAILURE) || code == SUBSCRIPTION_FAILED;
  }

  static String words(int code) {
    String what =
        switch (code) {
          case 1 -> "it does not speak MQTT 3.1.1: set mqttVersion to 5";
          case 2 ->
              "it does not accept the client id: choose another (clientId); some brokers take no"
                  + " more than 23 letters and digits";
          case 3 -> "it is not available";
          case 4 -> "wrong user or password: check user and passwordFile";
          case 5 -> "not authorized: check user, passwordFile and the broker's access rules";
          case SUBSCRIPTION_FAILED ->
              "it does not let us listen there: check the broker's access rules";
          default -> "it gives a reason that MQTT 3.1.1 does not know";
        };
    return String.format("%s (return code %d)", what, code);
  }
}
