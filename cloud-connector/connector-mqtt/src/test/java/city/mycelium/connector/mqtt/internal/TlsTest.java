package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Reach;
import city.mycelium.testkit.Authority;
import city.mycelium.testkit.MosquittoProcess;
import city.mycelium.tls.TlsFiles;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS against a real broker: who is trusted, and what is said of those who are not. */
class TlsTest {

  @TempDir static Path keys;
  @TempDir Path directory;
  private static Authority city;
  private static Authority stranger;

  @BeforeAll
  static void invent() throws Exception {
    city =
        Authority.named(keys, "city")
            .issue("broker", "EC", "dns:localhost")
            .issue("elsewhere", "EC", "dns:broker.example.org")
            .issueExpired("old", "EC", "dns:localhost")
            .issueNotYetValid("early", "EC", "dns:localhost")
            .issueSelfSigned("alone", "EC", "dns:localhost")
            .issue("gateway", "RSA", "");
    stranger = Authority.named(keys, "stranger").issue("intruder", "EC", "");
  }

  @Test
  void aBrokerOfATrustedAuthorityAndItsNameIsTalkedTo() {
    try (MosquittoProcess broker = start("broker");
        Owner owner = owner(broker, trusting(city))) {
      owner.awaitConnected();
      assertThat(Owner.awaitAnswer(owner.send("data", "secret")))
          .isInstanceOf(Answer.Replied.class);
    }
  }

  @Test
  void aBrokerOfAnUnknownAuthorityIsNot() {
    try (MosquittoProcess broker = start("broker");
        Owner owner = owner(broker, trusting(stranger))) {
      assertThat(owner.awaitLoss()).contains("not signed by an authority that is trusted");
    }
  }

  // While an authority changes, both are good.
  @Test
  void aCaFileMayHoldSeveralAuthorities() throws Exception {
    String both = Files.readString(city.caFile()) + Files.readString(stranger.caFile());
    try (MosquittoProcess broker = start("broker");
        Owner owner =
            owner(
                broker,
                new TlsFiles(Files.writeString(directory.resolve("both.pem"), both), null, null))) {
      owner.awaitConnected();
    }
  }

  // Without a CA file the Java runtime's own list counts, in which no invented authority is.
  @Test
  void withoutACaFileOnlyTheRuntimesAuthoritiesAreTrusted() {
    try (MosquittoProcess broker = start("broker");
        Owner owner = owner(broker, TlsFiles.NONE)) {
      assertThat(owner.awaitLoss()).contains("not signed by an authority that is trusted");
    }
  }

  // Whichever MQTT is spoken, and over WebSocket, too: it is one way into TLS.
  @ParameterizedTest
  @CsvSource({
    "old,       has expired",
    "early,     only later",
    "alone,     'by an authority that is trusted here, or only by itself'",
    "elsewhere, for another name than localhost",
    "broker,    ''"
  })
  void aCertificateIsJudgedAlikeOnEveryWay(String certificate, String words) {
    int webSocket = MosquittoProcess.freePort();
    try (MosquittoProcess broker =
        start(
            certificate,
            "listener " + webSocket + " 127.0.0.1",
            "protocol websockets",
            "certfile " + city.certificateFile(certificate),
            "keyfile " + city.keyFile(certificate))) {
      await("it listens there too", () -> ProbeTest.listens(webSocket), Owner.PATIENCE);
      List<Setup> ways =
          List.of(
              Setup.to("mqtts://localhost:" + broker.port(), "g1"),
              Setup.to("mqtts://localhost:" + broker.port(), "g2").version(MqttVersion.V3_1_1),
              Setup.to("wss://localhost:" + webSocket, "g3"),
              Setup.to("wss://localhost:" + webSocket, "g4").version(MqttVersion.V3_1_1));
      for (Setup way : ways) {
        try (Owner owner = new Owner(way.tls(trusting(city)).settings())) {
          if (words.isEmpty()) { // the control
            owner.awaitConnected();
          } else {
            assertThat(owner.awaitLoss()).contains(words);
          }
        }
      }
      for (Setup way : ways) {
        List<Check> checks = ProbeTest.probe(way.settings());
        Check tls = checks.get(2);
        assertThat(tls.layer()).isEqualTo("tls");
        assertThat(tls.ok()).isEqualTo(words.isEmpty());
        assertThat(tls.sentence()).contains(words.isEmpty() ? "trusted and bears its name" : words);
        assertThat(Reach.allOk(checks)).isEqualTo(words.isEmpty());
      }
    }
  }

  // RFC 7301, 3.2: the server chooses among what is offered.
  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void protocolsAreOfferedInTheHandshake(MqttVersion version) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker(speaking("http/1.1", "x-amzn-mqtt-ca"));
        Owner owner =
            new Owner(
                Setup.to("mqtts://localhost:" + broker.port(), "g1")
                    .tls(trusting(city))
                    .version(version)
                    .alpn("x-amzn-mqtt-ca", "mqtt")
                    .settings())) {
      Socket taken = broker.accept();
      assertThat(broker.await()[0]).as("CONNECT").isEqualTo((byte) 0x10);
      assertThat(((SSLSocket) taken).getApplicationProtocol()).isEqualTo("x-amzn-mqtt-ca");
      assertThat(owner.losses).isEmpty();
    }
  }

  @Test
  void aServerThatSpeaksNoneOfThemIsNamedAsSuch() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker(speaking("http/1.1"));
        Owner owner =
            new Owner(
                Setup.to("mqtts://localhost:" + broker.port(), "g1")
                    .tls(trusting(city))
                    .alpn("x-amzn-mqtt-ca", "mqtt")
                    .settings())) {
      broker.accept();
      assertThatThrownBy(broker::await).isInstanceOf(SSLException.class);
      assertThat(owner.awaitLoss()).contains("none of the protocols").contains("check alpn");
    }
  }

  @Test
  void aClientCertificateIsShownToABrokerThatAsks() {
    try (MosquittoProcess broker = start("broker", "require_certificate true");
        Owner owner =
            owner(
                broker,
                new TlsFiles(
                    city.caFile(), city.certificateFile("gateway"), city.keyFile("gateway")))) {
      owner.awaitConnected();
    }
  }

  @Test
  void whoHasNoneIsToldSo() {
    try (MosquittoProcess broker = start("broker", "require_certificate true");
        Owner owner = owner(broker, trusting(city))) {
      assertThat(owner.awaitLoss()).contains("client certificate");
    }
  }

  @Test
  void whoHasOneOfAStrangerIsToldSo() {
    try (MosquittoProcess broker = start("broker", "require_certificate true");
        Owner owner =
            owner(
                broker,
                new TlsFiles(
                    city.caFile(),
                    stranger.certificateFile("intruder"),
                    stranger.keyFile("intruder")))) {
      assertThat(owner.awaitLoss()).contains("client certificate");
    }
  }

  @Test
  void aBrokerThatDoesNotSpeakTlsIsNamedAsSuch() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner owner = owner(broker, trusting(city))) {
      assertThat(owner.awaitLoss()).contains("not speak TLS");
    }
  }

  @Test
  void aBrokerThatExpectsTlsAndDoesNotGetItIsNamedAsSuch() {
    try (MosquittoProcess broker = start("broker");
        Owner owner =
            new Owner(
                Setup.plain(broker.port(), "g1")
                    .connectTimeout(Duration.ofSeconds(2))
                    .settings())) {
      assertThat(owner.awaitLoss()).contains("expect TLS");
    }
  }

  // A renewed authority counts at the next attempt: no restart on a roof.
  @Test
  void filesAreReadAnewAtEachAttempt() throws Exception {
    Path ca = directory.resolve("ca.pem");
    try (MosquittoProcess broker = start("broker");
        Owner owner = owner(broker, new TlsFiles(ca, null, null))) {
      assertThat(owner.awaitLoss()).contains("cannot be read");
      Files.copy(city.caFile(), ca);
      owner.awaitConnected();
    }
  }

  private static ServerSocket speaking(String... protocols) throws Exception {
    SSLServerSocket listening =
        (SSLServerSocket)
            TlsFiles.ofServer(city.certificateFile("broker"), city.keyFile("broker"))
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listening.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    listening.setSSLParameters(parameters);
    return listening;
  }

  private MosquittoProcess start(String certificate, String... more) {
    String[] lines = new String[3 + more.length];
    lines[0] = "cafile " + city.caFile();
    lines[1] = "certfile " + city.certificateFile(certificate);
    lines[2] = "keyfile " + city.keyFile(certificate);
    System.arraycopy(more, 0, lines, 3, more.length);
    return MosquittoProcess.start(directory, false, lines);
  }

  private static Owner owner(MosquittoProcess broker, TlsFiles files) {
    return new Owner(Setup.to("mqtts://localhost:" + broker.port(), "g1").tls(files).settings());
  }

  private static TlsFiles trusting(Authority authority) {
    return new TlsFiles(authority.caFile(), null, null);
  }
}
