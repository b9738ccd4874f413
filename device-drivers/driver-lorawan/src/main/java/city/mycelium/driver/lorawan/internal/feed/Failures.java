package city.mycelium.driver.lorawan.internal.feed;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** What went wrong between a broker and us, for a person. */
final class Failures {

  private static final String SILENT =
      "it does not answer: is it an MQTT broker, and does it expect TLS or not?";

  private Failures() {}

  /** The words. */
  static String words(Throwable failure) {
    if (failure instanceof MqttException mqtt) {
      return mqtt.getCause() == null ? refusal(mqtt) : words(mqtt.getCause());
    }
    if (failure instanceof UnknownHostException) {
      return failure.getMessage()
          + " is a name that nobody knows: check the address, and the network's DNS";
    }
    if (failure instanceof ConnectException) {
      return "nobody listens there: does the broker run, is the port right?";
    }
    if (failure instanceof SocketTimeoutException) {
      return SILENT;
    }
    if (failure instanceof SSLException) {
      return "TLS failed: " + failure.getMessage();
    }
    if (failure instanceof EOFException || failure instanceof SocketException) {
      return "it has ended the connection: another client with the same client id does that too";
    }
    String message = failure.getMessage();
    return failure instanceof IOException && message != null ? message : failure.toString();
  }

  /** The first five are the broker's, MQTT 3.1.1, table 3.1; the others are Paho's own. */
  private static String refusal(MqttException failure) {
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> "it does not speak MQTT 3.1.1";
      case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          "it does not accept the client id: choose another";
      case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> "it is not available";
      case MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
          "wrong user or password: check user and passwordFile";
      case MqttException.REASON_CODE_NOT_AUTHORIZED ->
          "not authorized: check user, passwordFile and the broker's access rules";
      case MqttException.REASON_CODE_CLIENT_TIMEOUT, MqttException.REASON_CODE_WRITE_TIMEOUT ->
          SILENT;
      default -> failure.getMessage() + " (code " + failure.getReasonCode() + ")";
    };
  }
}
