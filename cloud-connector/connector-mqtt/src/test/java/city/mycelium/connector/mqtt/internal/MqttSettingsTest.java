package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "mqtts://broker.example.org,       true,  broker.example.org, 8883",
    "MQTTS://broker.example.org:9001,  true,  broker.example.org, 9001",
    "ssl://10.1.2.3/,                  true,  10.1.2.3,           8883",
    "mqtt://localhost,                 false, localhost,          1883",
    "tcp://[::1]:1884,                 false, [::1],              1884",
    "' mqtt://localhost:1 ',           false, localhost,          1",
    "mqtt://localhost:65535,           false, localhost,          65535"
  })
  void anAddressIsReadAsPeopleWriteIt(String text, boolean tls, String host, int port) {
    assertThat(BrokerAddress.parse(text)).isEqualTo(new BrokerAddress(tls, host, port));
  }

  // RFC 6455, 3: ports 80 and 443; a query belongs to the resource, and a fragment to nothing.
  @ParameterizedTest
  @CsvSource({
    "wss://broker.example.org,            true,  broker.example.org, 443,  /mqtt",
    "wss://broker.example.org/,           true,  broker.example.org, 443,  /",
    "WS://localhost:9001/a%20b/c,         false, localhost,          9001, /a%20b/c",
    "ws://localhost/$hub/ws?no-cert=true, false, localhost,          80,   /$hub/ws?no-cert=true",
    "wss://broker.example.org?token=t,    true,  broker.example.org, 443,  /mqtt?token=t"
  })
  void anAddressOfAWebSocketHasAPath(
      String text, boolean tls, String host, int port, String resource) {
    assertThat(BrokerAddress.parse(text)).isEqualTo(new BrokerAddress(tls, host, port, resource));
  }

  // Some platforms want a token there; it must not get into the log.
  @Test
  void aQueryIsNotPrinted() {
    assertThat(BrokerAddress.parse("wss://broker.example.org/ws?token=s3cret"))
        .hasToString("wss://broker.example.org:443/ws");
    assertThat(BrokerAddress.parse("ws://localhost:9001")).hasToString("ws://localhost:9001/mqtt");
  }

  // RFC 9110, 7.2.
  @Test
  void aHostIsNamedWithItsPortUnlessThatGoesWithoutSaying() {
    assertThat(BrokerAddress.parse("wss://b.example").authority()).isEqualTo("b.example");
    assertThat(BrokerAddress.parse("ws://[::1]").authority()).isEqualTo("[::1]");
    assertThat(BrokerAddress.parse("wss://b.example:80").authority()).isEqualTo("b.example:80");
    assertThat(BrokerAddress.parse("ws://b.example:443").authority()).isEqualTo("b.example:443");
  }

  // In the log it stands as it would be written into the configuration.
  @Test
  void anAddressIsPrintedWithItsPort() {
    assertThat(BrokerAddress.parse("ssl://broker.example.org"))
        .hasToString("mqtts://broker.example.org:8883");
    assertThat(BrokerAddress.parse("tcp://localhost:1")).hasToString("mqtt://localhost:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "broker",
        "broker:1883",
        "http://broker",
        "mqtt://",
        "mqtt://broker/topic",
        "mqtt://broker?x=1",
        "mqtt://broker#x",
        "wss://broker/ws#x",
        "wss:///mqtt",
        "mqtt://broker:0",
        "mqtt://broker:70000",
        "mqtt:// b"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> BrokerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // It would get into logs and the console.
  @Test
  void aPasswordInTheAddressIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> BrokerAddress.parse("mqtts://user:secret@broker"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("passwordFile")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mqtt://broker.example.org",
        "ws://broker.example.org",
        "tcp://10.0.0.1",
        "mqtt://127.0.0.1.example.org"
      })
  void anotherMachineIsNotSpokenToWithoutTls(String broker) {
    assertThatThrownBy(() -> settings(broker, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowPlaintext");
    assertThat(settings(broker, true).broker().tls()).isFalse(); // the control
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mqtt://localhost", "mqtt://127.0.0.1", "mqtt://[::1]", "mqtts://any.example.org"})
  void thisMachineAndTlsAreFine(String broker) {
    assertThat(settings(broker, false).allowPlaintext()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "' ', PT20S,    PT8S,   PT1S,  PT60S,  100,   client id",
    "g1,  PT0.9S,   PT8S,   PT1S,  PT60S,  100,   keepAlive",
    "g1,  PT65536S, PT8S,   PT1S,  PT60S,  100,   keepAlive",
    "g1,  PT20S,    PT0.9S, PT1S,  PT60S,  100,   connectTimeout",
    "g1,  PT20S,    PT8S,   PT0S,  PT60S,  100,   retryAtFirst",
    "g1,  PT20S,    PT8S,   PT-1S, PT60S,  100,   retryAtFirst",
    "g1,  PT20S,    PT8S,   PT2S,  PT1.9S, 100,   retryAtMost",
    "g1,  PT20S,    PT8S,   PT1S,  PT60S,  0,     inFlight",
    "g1,  PT20S,    PT8S,   PT1S,  PT60S,  65536, inFlight"
  })
  void whatMakesNoSenseIsRefusedByName(
      String clientId,
      Duration keepAlive,
      Duration connectTimeout,
      Duration retryAtFirst,
      Duration retryAtMost,
      int inFlight,
      String name) {
    assertThatThrownBy(
            () ->
                settings(clientId, keepAlive, connectTimeout, retryAtFirst, retryAtMost, inFlight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("destination city")
        .hasMessageContaining(name);
  }

  // The control of the above.
  @ParameterizedTest
  @CsvSource({"PT1S, PT1S, PT2S, PT2S, 1", "PT65535S, PT1H, PT0.001S, PT24H, 65535"})
  void whatJustMakesSenseIsTaken(
      Duration keepAlive,
      Duration connectTimeout,
      Duration retryAtFirst,
      Duration retryAtMost,
      int inFlight) {
    assertThat(settings("g1", keepAlive, connectTimeout, retryAtFirst, retryAtMost, inFlight))
        .extracting(MqttSettings::keepAlive, MqttSettings::inFlight)
        .containsExactly(keepAlive, inFlight);
  }

  @Test
  void certificatesWithoutTlsAreAMistake() {
    assertThatThrownBy(
            () ->
                new MqttSettings(
                    "city",
                    BrokerAddress.parse("mqtt://localhost"),
                    false,
                    new TlsFiles(Path.of("ca.pem"), null, null),
                    Credentials.NONE,
                    "g1",
                    "a",
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mqtts://");
  }

  @Test
  void alpnWithoutATlsHandshakeOfItsOwnIsAMistake() {
    assertThatThrownBy(() -> Setup.to("mqtt://localhost", "g1").alpn("mqtt").settings())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpn")
        .hasMessageContaining("mqtts://");
    assertThatThrownBy(() -> Setup.to("wss://localhost", "g1").alpn("mqtt").settings())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpn is of no use over WebSocket");
    // The control.
    assertThat(Setup.to("mqtts://localhost", "g1").alpn("mqtt").settings().alpn().protocols())
        .containsExactly("mqtt");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 127})
  void aPacketLimitThatHoldsNothingIsAMistake(int bytes) {
    assertThatThrownBy(() -> Setup.to("mqtt://localhost", "g1").maxPacketBytes(bytes).settings())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("destination city")
        .hasMessageContaining("maxPacketBytes");
    assertThat(Setup.to("mqtt://localhost", "g1").maxPacketBytes(128).settings().maxPacketBytes())
        .isEqualTo(128);
  }

  @ParameterizedTest
  @CsvSource({"5, V5", "3.1.1, V3_1_1", "' auto ', AUTO", "AUTO, AUTO"})
  void aVersionIsReadAsPeopleWriteIt(String text, MqttVersion version) {
    assertThat(MqttVersion.parse(text)).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3.1", "4", "5.0.1", "mqtt"})
  void whatIsNoVersionIsRefused(String text) {
    assertThatThrownBy(() -> MqttVersion.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mqttVersion is 5, 3.1.1, auto");
  }

  @Test
  void aPasswordIsNeverPrinted() {
    MqttSettings settings =
        Setup.plain(1883, "g1").credentials(new Credentials("u", "s3cret", null)).settings();
    assertThat(settings.toString()).contains("user u").doesNotContain("s3cret");
  }

  private static MqttSettings settings(
      String clientId,
      Duration keepAlive,
      Duration connectTimeout,
      Duration retryAtFirst,
      Duration retryAtMost,
      int inFlight) {
    return new MqttSettings(
        "city",
        BrokerAddress.parse("mqtt://localhost"),
        false,
        TlsFiles.NONE,
        Credentials.NONE,
        clientId,
        "mycelium/1/g1/city",
        keepAlive,
        connectTimeout,
        retryAtFirst,
        retryAtMost,
        inFlight);
  }

  private static MqttSettings settings(String broker, boolean allowPlaintext) {
    return new MqttSettings(
        "city",
        BrokerAddress.parse(broker),
        allowPlaintext,
        TlsFiles.NONE,
        Credentials.NONE,
        "g1",
        "mycelium/1/g1/city",
        Duration.ofSeconds(20),
        Duration.ofSeconds(8),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        100);
  }
}
