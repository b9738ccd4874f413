package city.mycelium.connector.mqtt.internal;

import city.mycelium.tls.TlsWords;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;

/** What went wrong with a connection, in words for whoever runs the gateway. */
final class Failure {

  private final MqttSettings settings;
  private final TlsWords tls;

  /**
   * Words about that broker.
   *
   * @param clockIsTrusted whether somebody vouches for this gateway's time now
   */
  Failure(MqttSettings settings, BooleanSupplier clockIsTrusted) {
    this.settings = settings;
    this.tls = new TlsWords(broker(), settings.broker().host(), clockIsTrusted);
  }

  /**
   * Of an attempt or a connection that ended.
   *
   * @param stood whether it had stood: what ends one that did has other causes
   */
  String words(Throwable failure, boolean stood) {
    if (isOlder(failure)) {
      return older();
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MqttException mqtt && ReasonCode.isKnown(mqtt.getReasonCode())) {
        return refused(mqtt.getReasonCode());
      }
      if (cause instanceof org.eclipse.paho.client.mqttv3.MqttException mqtt
          && ReturnCode.isKnown(mqtt.getReasonCode())) {
        return returned(mqtt.getReasonCode());
      }
      if (cause instanceof PeerException) {
        return broker() + " " + cause.getMessage();
      }
      if (cause instanceof SSLException) {
        return tls.of(cause);
      }
      if (cause instanceof UnknownHostException) {
        return broker() + " is a name that nobody knows: check the address, and the network's DNS";
      }
      if (cause instanceof ConnectException) {
        return "nobody listens at " + broker() + ": does the broker run, is the port right?";
      }
      if (cause instanceof SocketTimeoutException
          && String.valueOf(cause.getMessage()).startsWith("Read")) {
        return silentFromTheBeginning(); // in the middle of the TLS handshake
      }
      if (cause instanceof NoRouteToHostException || cause instanceof SocketTimeoutException) {
        return broker() + " cannot be reached: check the network and the firewalls on the way";
      }
      if (cause instanceof EOFException || cause instanceof SocketException) {
        return closed(stood);
      }
    }
    if (failure instanceof MqttException mqtt) {
      return ours(mqtt.getReasonCode(), failure, stood);
    }
    return failure instanceof org.eclipse.paho.client.mqttv3.MqttException mqtt
        ? ours(mqtt.getReasonCode(), failure, stood)
        : broker() + ": " + failure;
  }

  /** Whether the broker itself said that it does not speak MQTT 5. */
  boolean isOlder(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PeerException peer && peer.isOlder()) {
        return true;
      }
      if (cause instanceof MqttException mqtt
          && mqtt.getReasonCode() == ReasonCode.UNSUPPORTED_VERSION) {
        return true;
      }
    }
    return false;
  }

  private String older() {
    return broker()
        + " does not speak MQTT 5: "
        + (settings.version() == MqttVersion.AUTO
            ? "going on in MQTT 3.1.1"
            : "set mqttVersion to 3.1.1, or use a newer broker");
  }

  /** Of a connection that ended, perhaps with the broker's word for it. */
  String words(MqttDisconnectResponse response, boolean stood) {
    if (response.getException() != null) {
      return words(response.getException(), stood);
    }
    if (!ReasonCode.isFailure(response.getReturnCode())) {
      return closed(stood);
    }
    String said = response.getReasonString();
    return refused(response.getReturnCode()) + (said == null ? "" : "; it says: " + said);
  }

  /** A reason code of MQTT 5. */
  String refused(int reasonCode) {
    return broker() + " refused: " + ReasonCode.words(reasonCode);
  }

  /** A return code of MQTT 3.1.1. */
  String returned(int returnCode) {
    return broker() + " refused: " + ReturnCode.words(returnCode);
  }

  /** It took the connection and then said nothing. */
  String silentFromTheBeginning() {
    return broker()
        + " took the connection and did not answer within "
        + settings.connectTimeout().toSeconds()
        + " s: is it an MQTT broker, "
        + (settings.broker().tls()
            ? "and does it speak TLS there?"
            : "and does it expect TLS there?");
  }

  /** Its answers stopped coming. */
  String silent() {
    return broker() + " no longer answers: it hangs, or the line is dead";
  }

  /**
   * It ended the connection and did not say why.
   *
   * @param stood whether it had stood
   */
  String closed(boolean stood) {
    String what = broker() + " closed the connection without a word: see its log";
    if (stood) {
      return settings.version() == MqttVersion.V5
          ? what + "; does another client use the client id " + settings.clientId() + "?"
          : what
              + "; does another client use the client id "
              + settings.clientId()
              + ", was a message larger than it takes (maxPacketBytes), may this gateway not"
              + " publish there? MQTT 3.1.1 has no words for it";
    }
    String version =
        settings.version() == MqttVersion.V3_1_1
            ? ""
            : "; or not speak MQTT 5: try mqttVersion=3.1.1";
    return settings.broker().tls()
        ? what
            + "; it may not trust this gateway's client certificate, or not speak TLS on that port"
            + version
        : what + "; it may expect TLS on that port" + version;
  }

  private String ours(int reasonCode, Throwable failure, boolean stood) {
    // Paho's clients for both versions have the same numbers.
    return switch (reasonCode) {
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT,
          MqttClientException.REASON_CODE_WRITE_TIMEOUT ->
          silent();
      case MqttClientException.REASON_CODE_CONNECTION_LOST -> closed(stood);
      default -> broker() + ": " + failure;
    };
  }

  private String broker() {
    return "the broker " + settings.broker();
  }
}
