package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

  private static final Failure PLAIN =
      new Failure(Setup.to("mqtt://127.0.0.1", "g1").settings(), () -> true);
  private static final Failure TLS =
      new Failure(Setup.to("mqtts://b.example", "g1").settings(), () -> true);

  static Stream<Arguments> network() {
    return Stream.of(
        Arguments.of(new UnknownHostException("b.example"), "a name that nobody knows"),
        Arguments.of(new ConnectException("Connection refused"), "nobody listens at"),
        Arguments.of(new NoRouteToHostException("No route"), "cannot be reached"),
        Arguments.of(new SocketTimeoutException("Connect timed out"), "cannot be reached"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "did not answer within 8 s"),
        Arguments.of(new SocketException("Connection reset"), "closed the connection"),
        Arguments.of(new EOFException(), "closed the connection"),
        Arguments.of(new IOException("something new"), "something new"));
  }

  // Also as Paho hands it out: as the cause of something of its own.
  @ParameterizedTest
  @MethodSource("network")
  void whatTheNetworkDidIsSaidInWords(Throwable cause, String words) {
    assertThat(PLAIN.words(cause, false)).contains("mqtt://127.0.0.1:1883").contains(words);
    assertThat(PLAIN.words(new MqttException(cause), false)).contains(words);
  }

  static Stream<Arguments> tls() {
    return Stream.of(
        Arguments.of(because(new CertificateExpiredException()), "not valid today"),
        Arguments.of(because(new CertificateNotYetValidException()), "not valid today"),
        Arguments.of(because(new CertPathValidatorException()), "into caFile"),
        Arguments.of(
            new SSLException("unable to find valid certification path to requested target"),
            "into caFile"),
        Arguments.of(
            new SSLException("No subject alternative DNS name found"),
            "for another name than b.example"),
        Arguments.of(
            new SSLException("No name matching b.example found"),
            "for another name than b.example"),
        Arguments.of(
            new SSLException("Received fatal alert: certificate_required"), "client certificate"),
        Arguments.of(
            new SSLException("Received fatal alert: bad_certificate"), "client certificate"),
        Arguments.of(new SSLException("Received fatal alert: unknown_ca"), "client certificate"),
        Arguments.of(
            new SSLException("Unsupported or unrecognized SSL message"), "does not speak TLS"),
        Arguments.of(new SSLException("something new"), "failed: something new"));
  }

  @ParameterizedTest
  @MethodSource("tls")
  void whatTlsDidNotLikeIsSaidInWords(Throwable cause, String words) {
    assertThat(TLS.words(new MqttException(cause), false))
        .contains("mqtts://b.example:8883")
        .contains(words);
  }

  // What to look at next depends on what the connection was like before.
  @Test
  void aConnectionThatWasClosedHasACauseThatFits() {
    Throwable closed = new MqttException(MqttClientException.REASON_CODE_CONNECTION_LOST);
    assertThat(PLAIN.words(closed, true)).contains("without a word").contains("client id g1");
    assertThat(PLAIN.words(closed, false)).contains("expect TLS").doesNotContain("client id");
    assertThat(TLS.words(closed, false)).contains("client certificate").doesNotContain("expect");
  }

  @Test
  void whatIsAskedOfASilentBrokerDependsOnTls() {
    assertThat(PLAIN.silentFromTheBeginning()).endsWith("does it expect TLS there?");
    assertThat(TLS.silentFromTheBeginning()).endsWith("does it speak TLS there?");
  }

  // MQTT 5, 2.4 for 134 (0x86); the others are numbers of MqttClientException.
  @ParameterizedTest
  @CsvSource({
    "134,   refused: wrong user or password",
    "32000, no longer answers",
    "32002, no longer answers",
    "32109, closed the connection without a word",
    "32201, 32201"
  })
  void aNumberIsSaidInWordsIfThereAreSome(int code, String words) {
    assertThat(PLAIN.words(new MqttException(code), true)).contains(words);
  }

  @Test
  void whatABrokerSaidWhenItWentIsTold() {
    assertThat(PLAIN.words(goodbye(0x8E, null), true))
        .contains("same client id")
        .doesNotContain("it says");
    assertThat(PLAIN.words(goodbye(0x8B, "back at noon"), true))
        .contains("shutting down")
        .endsWith("it says: back at noon");
    assertThat(PLAIN.words(goodbye(0x00, "bye"), true)).contains("closed the connection");
    assertThat(
            PLAIN.words(
                new MqttDisconnectResponse(new MqttException(new ConnectException())), true))
        .contains("nobody listens");
  }

  private static SSLException because(Exception cause) {
    return new SSLException("handshake", cause);
  }

  private static MqttDisconnectResponse goodbye(int code, @Nullable String words) {
    return new MqttDisconnectResponse(code, words, new ArrayList<>(), null);
  }
}
