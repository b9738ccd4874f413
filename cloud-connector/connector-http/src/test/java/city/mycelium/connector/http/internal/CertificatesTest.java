package city.mycelium.connector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.testkit.Authority;
import city.mycelium.tls.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS against a real server: who is trusted, and what is said of those who are not. */
class CertificatesTest {

  @TempDir static Path keys;
  @TempDir Path directory;
  private static Authority city;

  @BeforeAll
  static void invent() throws Exception {
    city =
        Authority.named(keys, "city")
            .issue("good", "EC", "dns:localhost")
            .issue("elsewhere", "EC", "dns:b.example")
            .issue("gateway", "EC", "")
            .issueExpired("old", "EC", "dns:localhost")
            .issueNotYetValid("early", "EC", "dns:localhost")
            .issueSelfSigned("alone", "EC", "dns:localhost");
  }

  @Test
  void aServerOfATrustedAuthorityAndItsNameIsTalkedTo() throws Exception {
    try (Platform platform = platform("good", false);
        Owner owner = owner(platform, trusting(), true)) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "secret")).isInstanceOf(Answer.Replied.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "old,       true,  has expired",
    "old,       false, ./mycelium clock",
    "early,     true,  only later",
    "early,     false, ./mycelium clock",
    "alone,     true,  or only by itself",
    "elsewhere, true,  for another name than localhost"
  })
  void anyOtherIsNotAndIsToldWhy(String certificate, boolean clockIsTrusted, String words)
      throws Exception {
    try (Platform platform = platform(certificate, false);
        Owner owner = owner(platform, trusting(), clockIsTrusted)) {
      assertThat(owner.awaitLoss())
          .contains(words)
          .contains("https://localhost:" + platform.port());
      assertThat(owner.ask("data", "secret")).isInstanceOf(Answer.Unknown.class);
      assertThat(platform.asked).isEmpty();
    }
  }

  @Test
  void aClientCertificateIsShownToAServerThatAsks() throws Exception {
    TlsFiles ours =
        new TlsFiles(city.caFile(), city.certificateFile("gateway"), city.keyFile("gateway"));
    try (Platform platform = platform("good", true);
        Owner owner = owner(platform, ours, true)) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "secret")).isInstanceOf(Answer.Replied.class);
    }
  }

  // In TLS 1.3 the server says no after the client believes to be through (RFC 8446, 4.4.2.4).
  @Test
  void whoHasNoneIsToldSo() throws Exception {
    try (Platform platform = platform("good", true);
        Owner owner = owner(platform, trusting(), true)) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "secret")).isNotInstanceOf(Answer.Replied.class);
      assertThat(owner.awaitLoss()).contains("client certificate");
      assertThat(platform.asked).isEmpty();
    }
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsNamedAsSuch() throws Exception {
    try (Liar liar = Liar.thatSaysAndGoes("HTTP/1.1 400 Bad Request\r\n\r\n");
        Owner owner =
            new Owner(Setup.to("https://localhost:" + liar.port()).tls(trusting()).settings())) {
      assertThat(owner.awaitLoss()).contains("does not speak TLS");
    }
  }

  // A renewed authority counts at the next attempt: no restart on a roof.
  @Test
  void filesAreReadAnewAtEachAttempt() throws Exception {
    Path ca = directory.resolve("ca.pem");
    try (Platform platform = platform("good", false);
        Owner owner = owner(platform, new TlsFiles(ca, null, null), true)) {
      assertThat(owner.awaitLoss()).contains("cannot be read");
      Files.copy(city.caFile(), ca);
      owner.awaitConnected();
      assertThat(owner.ask("data", "secret")).isInstanceOf(Answer.Replied.class);
    }
  }

  private static Platform platform(String owner, boolean wantsCertificate) throws Exception {
    return Platform.tls(
        new TlsFiles(city.caFile(), city.certificateFile(owner), city.keyFile(owner)),
        wantsCertificate,
        asked -> new Platform.Says(204));
  }

  private static Owner owner(Platform platform, TlsFiles files, boolean clockIsTrusted) {
    return new Owner(
        Setup.to("https://localhost:" + platform.port()).tls(files).settings(), clockIsTrusted);
  }

  private static TlsFiles trusting() {
    return new TlsFiles(city.caFile(), null, null);
  }
}
