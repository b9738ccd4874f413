package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Connector;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.connector.coap.internal.CoapAddress;
import city.mycelium.connector.coap.internal.CoapConnector;
import city.mycelium.connector.coap.internal.CoapSettings;
import city.mycelium.connector.coap.internal.Pace;
import city.mycelium.connector.coap.internal.Security;
import city.mycelium.connector.file.internal.FileConnector;
import city.mycelium.connector.http.internal.BaseAddress;
import city.mycelium.connector.http.internal.HttpConnector;
import city.mycelium.connector.http.internal.HttpSettings;
import city.mycelium.connector.http.internal.Login;
import city.mycelium.connector.mqtt.internal.BrokerAddress;
import city.mycelium.connector.mqtt.internal.MqttConnector;
import city.mycelium.connector.mqtt.internal.MqttSettings;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The product's connectors, as impatient as they can be set: a cell has seconds. */
final class Connectors {

  private static final String NAME = "bench";
  private static final String HERE = "://127.0.0.1:";
  private static final Duration RETRY_AT_FIRST = Duration.ofMillis(50);
  private static final Duration RETRY_AT_MOST = Duration.ofMillis(400);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(1_500);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);
  private static final int MQTT_IN_FLIGHT = 100;

  /** Shorter than a datagram is late on a wire that delays. */
  private static final Pace PACE =
      new Pace(
          4,
          1_024,
          Duration.ofMillis(100),
          3,
          CONNECT_TIMEOUT,
          Duration.ofSeconds(2),
          Duration.ofMinutes(2));

  private final Schedulers schedulers;
  private final Clock clock;
  private final RandomGenerator random;

  Connectors(Schedulers schedulers, Clock clock, RandomGenerator random) {
    this.schedulers = schedulers;
    this.clock = clock;
    this.random = random;
  }

  Connector mqtt(int port, String clientId, String prefix) {
    return new MqttConnector(
        new MqttSettings(
            NAME,
            BrokerAddress.parse("mqtt" + HERE + port),
            false,
            TlsFiles.NONE,
            Credentials.NONE,
            clientId,
            prefix,
            KEEP_ALIVE,
            CONNECT_TIMEOUT,
            RETRY_AT_FIRST,
            RETRY_AT_MOST,
            MQTT_IN_FLIGHT),
        schedulers,
        random);
  }

  Connector http(int port, int inFlight) {
    return new HttpConnector(
        new HttpSettings(
            NAME,
            BaseAddress.parse("http" + HERE + port),
            false,
            TlsFiles.NONE,
            Login.NONE,
            Map.of(),
            ANSWER_TIMEOUT,
            inFlight,
            HttpSettings.USUAL_GZIP_FROM_BYTES,
            RETRY_AT_FIRST,
            RETRY_AT_MOST),
        schedulers,
        clock,
        random,
        () -> true);
  }

  Connector coap(int port) {
    return new CoapConnector(
        new CoapSettings(
            NAME,
            CoapAddress.parse("coap" + HERE + port),
            false,
            new Security.None(),
            null,
            PACE,
            null,
            RETRY_AT_FIRST,
            RETRY_AT_MOST),
        schedulers,
        random);
  }

  Connector file(Path folder) {
    return new FileConnector(NAME, folder, schedulers, random);
  }
}
