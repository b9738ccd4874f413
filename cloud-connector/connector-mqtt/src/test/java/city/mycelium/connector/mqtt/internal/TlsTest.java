package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.testkit.Authority;
import city.mycelium.testkit.MosquittoProcess;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void aBrokerWithACertificateForAnotherNameIsNot() {
    try (MosquittoProcess broker = start("elsewhere");
        Owner owner = owner(broker, trusting(city))) {
      assertThat(owner.awaitLoss()).contains("for another name than localhost");
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
