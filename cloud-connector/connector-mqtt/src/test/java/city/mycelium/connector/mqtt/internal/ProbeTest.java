package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Reach;
import city.mycelium.testkit.Authority;
import city.mycelium.testkit.MosquittoProcess;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of each layer, against a real broker; of certificates see {@link TlsTest}. */
class ProbeTest {

  @TempDir Path directory;

  static List<Check> probe(MqttSettings settings) {
    return new Probe(settings, Duration.ofSeconds(8), new Failure(settings, () -> true)).run();
  }

  private static MqttSettings to(int port, boolean tls, TlsFiles files) {
    return Setup.to((tls ? "mqtts" : "mqtt") + "://localhost:" + port, "g1").tls(files).settings();
  }

  @Test
  void everyLayerOfABrokerThatWorksIsNamed() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      List<Check> checks = probe(to(broker.port(), false, TlsFiles.NONE));
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "login");
      assertThat(checks).allMatch(Check::ok);
      assertThat(checks.get(2).sentence()).contains("MQTT 5");
    }
  }

  @Test
  void aWrongPasswordEndsItAtTheLogin() throws Exception {
    Path passwords = directory.resolve("passwords");
    MqttConnectorTest.hashed(passwords, "g1", "right");
    try (MosquittoProcess broker =
        MosquittoProcess.start(
            directory, false, "allow_anonymous false", "password_file " + passwords)) {
      for (MqttVersion version : List.of(MqttVersion.V5, MqttVersion.V3_1_1)) {
        Setup setup = Setup.plain(broker.port(), "g1").version(version);
        Check wrong =
            last(probe(setup.credentials(new Credentials("g1", "wrong", null)).settings()));
        Check right =
            last(probe(setup.credentials(new Credentials("g1", "right", null)).settings()));

        assertThat(wrong.layer()).isEqualTo("login");
        assertThat(wrong.ok()).isFalse();
        assertThat(wrong.sentence()).contains("not authorized: check user, passwordFile");
        assertThat(right)
            .isEqualTo( // the control
                new Check("login", true, "the broker lets this gateway in (MQTT " + version + ")"));
      }
    }
  }

  @Test
  void aWebSocketIsALayerOfItsOwn() {
    int port = MosquittoProcess.freePort();
    try (MosquittoProcess broker =
        MosquittoProcess.start(
            directory, false, "listener " + port + " 127.0.0.1", "protocol websockets")) {
      await("it listens there too", () -> listens(port), Owner.PATIENCE);
      List<Check> checks = probe(Setup.to("ws://localhost:" + port, "g1").settings());
      assertThat(checks)
          .extracting(Check::layer)
          .containsExactly("name", "route", "websocket", "login");
      assertThat(checks).allMatch(Check::ok);

      // Where no WebSocket is: Mosquitto takes the first line of HTTP for bad MQTT, and hangs up.
      List<Check> wrong =
          probe(
              Setup.to("ws://localhost:" + broker.port(), "g1")
                  .connectTimeout(Duration.ofSeconds(2))
                  .settings());
      assertThat(wrong).extracting(Check::layer).containsExactly("name", "route", "websocket");
      assertThat(wrong.get(2).ok()).isFalse();
    }
  }

  // The first CONNECT is one of MQTT 5, the second of MQTT 3.1.1: what the gateway would do, too.
  @Test
  void whoMaySpeakEitherSaysWhichItIs() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      CompletableFuture<List<Check>> found =
          CompletableFuture.supplyAsync(
              () -> probe(Setup.plain(broker.port(), "g1").version(MqttVersion.AUTO).settings()));
      broker.accept(); // the route
      broker.accept();
      assertThat(broker.await()[8]).as("MQTT 5, 3.1.2.2").isEqualTo((byte) 5);
      broker.say("20 02 00 01"); // MQTT 3.1.1, 3.2: unacceptable protocol version
      broker.accept();
      assertThat(broker.await()[8]).as("MQTT 3.1.1, 3.1.2.2").isEqualTo((byte) 4);
      broker.say("20 02 00 00");

      await("the probe has ended", found::isDone, Owner.PATIENCE);
      assertThat(last(found.join()))
          .isEqualTo(new Check("login", true, "the broker lets this gateway in (MQTT 3.1.1)"));
    }
  }

  private static Check last(List<Check> checks) {
    return checks.get(checks.size() - 1);
  }

  static boolean listens(int port) {
    return Reach.allOk(Reach.tcp("localhost", port, Duration.ofSeconds(1)));
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
