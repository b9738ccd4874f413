package city.mycelium.receiver.internal.mqtt;

import java.util.Locale;
import org.eclipse.paho.mqttv5.common.MqttException;

/** What went wrong with the broker, for people. */
final class Trouble {

  private Trouble() {}

  /**
   * Paho wraps what happened to the socket, and has only "MqttException" to say itself; the cause
   * knows more. Reason codes from 128 on are the broker's own (MQTT 5, 2.4).
   */
  static String inWords(Exception trouble) {
    Throwable deepest = trouble;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof MqttException mqtt) {
      int code = mqtt.getReasonCode();
      return code >= 0x80 && code <= 0xff ? refusal(code) : "MQTT client error " + code;
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }

  /** A reason code by which a broker says no (MQTT 5, 2.4). */
  static String refusal(int code) {
    String name =
        switch (code) {
          case 0x86 -> "bad user name or password";
          case 0x87 -> "not authorized";
          case 0x88 -> "server unavailable";
          case 0x89 -> "server busy";
          case 0x8a -> "banned";
          case 0x8b -> "server shutting down";
          default -> String.format(Locale.ROOT, "reason code 0x%02x", code);
        };
    return "the broker refused: " + name;
  }
}
