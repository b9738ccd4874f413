package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Check;
import city.mycelium.testkit.Authority;
import city.mycelium.testkit.MosquittoProcess;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of each layer, against a real broker. */
class ProbeTest {

  @TempDir Path directory;

  private static List<Check> probe(MqttSettings settings) {
    return new Probe(settings, Duration.ofSeconds(8), new Failure(settings, () -> true)).run();
  }

  private static MqttSettings to(int port, boolean tls, TlsFiles files) {
    MqttSettings usual =
        MqttSettings.usual("hub", new BrokerAddress(tls, "localhost", port), "g1", "city");
    return new MqttSettings(
        usual.name(),
        usual.broker(),
        false,
        files,
        usual.credentials(),
        usual.clientId(),
        usual.topicPrefix(),
        usual.keepAlive(),
        usual.connectTimeout(),
        usual.retryAtFirst(),
        usual.retryAtMost(),
        usual.inFlight());
  }

  @Test
  void everyLayerOfABrokerThatWorksIsNamed() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      List<Check> checks = probe(to(broker.port(), false, TlsFiles.NONE));
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "login");
      assertThat(checks).allMatch(Check::ok);
    }
  }

  @Test
  void brokerThatIsNotThereEndsItAtTheRoute() {
    int port;
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      port = broker.port();
    }
    List<Check> checks = probe(to(port, false, TlsFiles.NONE));
    assertThat(checks).extracting(Check::layer).containsExactly("name", "route");
    assertThat(checks.get(1).ok()).isFalse();
    assertThat(checks.get(1).sentence()).startsWith("nobody listens at port " + port);
  }

  @Test
  void brokerWithoutTlsEndsItThere() throws Exception {
    Authority city = Authority.named(directory, "city");
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      List<Check> checks = probe(to(broker.port(), true, new TlsFiles(city.caFile(), null, null)));
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "tls");
      assertThat(checks.get(2).ok()).isFalse();
      assertThat(checks.get(2).sentence()).hasSizeGreaterThan(20);
    }
  }
}
