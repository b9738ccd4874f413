package city.mycelium.connector.mqtt.internal;

import city.mycelium.tls.Alpn;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings for a broker of the test, with short times; each test changes what it is about. */
final class Setup {

  private final String clientId;
  private final String broker;
  private TlsFiles tls = TlsFiles.NONE;
  private Credentials credentials = Credentials.NONE;
  private Duration keepAlive = Duration.ofSeconds(20);
  private Duration connectTimeout = Duration.ofSeconds(8);
  private int inFlight = 100;
  private MqttVersion version = MqttVersion.V5;
  private Alpn alpn = Alpn.NONE;
  private int maxPacketBytes;
  private TopicTemplate topics;

  private Setup(String broker, String clientId) {
    this.broker = broker;
    this.clientId = clientId;
    this.topics = TopicTemplate.below("mycelium/1/" + clientId + "/city", Map.of());
  }

  static Setup plain(int port, String clientId) {
    return new Setup("mqtt://127.0.0.1:" + port, clientId);
  }

  static Setup to(String broker, String clientId) {
    return new Setup(broker, clientId);
  }

  Setup tls(TlsFiles files) {
    tls = files;
    return this;
  }

  Setup credentials(Credentials who) {
    credentials = who;
    return this;
  }

  Setup keepAlive(Duration time) {
    keepAlive = time;
    return this;
  }

  Setup connectTimeout(Duration time) {
    connectTimeout = time;
    return this;
  }

  Setup inFlight(int messages) {
    inFlight = messages;
    return this;
  }

  Setup version(MqttVersion spoken) {
    version = spoken;
    return this;
  }

  Setup alpn(String... protocols) {
    alpn = new Alpn(List.of(protocols));
    return this;
  }

  Setup maxPacketBytes(int bytes) {
    maxPacketBytes = bytes;
    return this;
  }

  Setup topics(String template) {
    topics = TopicTemplate.parse(template, Map.of());
    return this;
  }

  MqttSettings settings() {
    return new MqttSettings(
        "city",
        BrokerAddress.parse(broker),
        false,
        tls,
        credentials,
        clientId,
        topics,
        keepAlive,
        connectTimeout,
        Duration.ofMillis(50),
        Duration.ofMillis(400),
        inFlight,
        version,
        alpn,
        maxPacketBytes);
  }
}
