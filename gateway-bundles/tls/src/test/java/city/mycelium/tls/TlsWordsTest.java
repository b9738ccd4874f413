package city.mycelium.tls;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.Authority;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JDK really throws in real handshakes, and what is made of it. */
class TlsWordsTest {

  private static final String HERE = "dns:localhost";

  @TempDir static Path keys;
  private static Authority city;
  private static Authority stranger;

  @BeforeAll
  static void invent() throws Exception {
    city =
        Authority.named(keys, "city")
            .issue("good", "EC", HERE)
            .issue("elsewhere", "EC", "dns:b.example")
            .issue("gateway", "RSA", "")
            .issueExpired("old", "EC", HERE)
            .issueNotYetValid("early", "EC", HERE)
            .issueSelfSigned("alone", "EC", HERE);
    stranger = Authority.named(keys, "stranger").issue("intruder", "EC", "");
  }

  @Test
  void whatIsAsItMustBeHasNoWords() throws Exception {
    assertThat(Handshake.between(server("good"), trusting(city), false)).isNull();
    assertThat(Handshake.between(server("good"), ours("gateway"), true)).isNull();
  }

  @Test
  void anExpiredCertificateIsCalledThat() throws Exception {
    assertThat(words(server("old"), true))
        .startsWith("the certificate of the platform b has expired")
        .contains("NotAfter")
        .contains("renew it")
        .doesNotContain("clock");
  }

  // A certificate of yesterday is as good as any while it is 1 January 1970 here, and bad in 2038.
  @Test
  void asLongAsNobodyVouchesForOurClockItIsTheFirstSuspect() throws Exception {
    assertThat(words(server("old"), false))
        .contains("looks expired")
        .contains("./mycelium clock")
        .contains("NotAfter");
    assertThat(words(server("early"), false))
        .contains("looks not yet valid")
        .contains("./mycelium clock")
        .contains("NotBefore");
  }

  @Test
  void aCertificateOfTomorrowIsCalledThat() throws Exception {
    assertThat(words(server("early"), true))
        .contains("only later")
        .contains("NotBefore")
        .contains("installed too early")
        .doesNotContain("./mycelium clock");
  }

  @Test
  void aCertificateOfNobodyKnownIsCalledThat() throws Exception {
    assertThat(words(server("alone"), true)).contains("or only by itself").contains("caFile");
    assertThat(said(Handshake.between(server("good"), trusting(stranger), false), true))
        .contains("not signed by an authority that is trusted here");
    assertThat(said(Handshake.between(server("good"), TlsFiles.NONE, false), true))
        .contains("not signed by an authority that is trusted here");
    // The control: who is put into caFile is known.
    assertThat(
            Handshake.between(
                server("alone"), new TlsFiles(city.certificateFile("alone"), null, null), false))
        .isNull();
  }

  @Test
  void aCertificateForAnotherNameIsCalledThat() throws Exception {
    assertThat(words(server("elsewhere"), true)).contains("for another name than localhost");
  }

  @Test
  void whoShouldHaveShownACertificateIsToldSo() throws Exception {
    TlsFiles asking =
        new TlsFiles(city.caFile(), city.certificateFile("good"), city.keyFile("good"));
    Exception none = Handshake.between(asking, trusting(city), true);
    Exception strange =
        Handshake.between(
            asking,
            new TlsFiles(
                city.caFile(), stranger.certificateFile("intruder"), stranger.keyFile("intruder")),
            true);
    assertThat(TlsWords.isOfOurCertificate(thrown(none))).isTrue();
    assertThat(TlsWords.isOfOurCertificate(thrown(strange))).isTrue();
    assertThat(said(none, true)).contains("client certificate").contains("certificateFile");
    assertThat(said(strange, true)).contains("client certificate").contains("certificateFile");
  }

  // RFC 7301, 3.2: a server that speaks none of them sends the alert no_application_protocol.
  @Test
  void aServerThatSpeaksNoneOfTheProtocolsIsCalledThat() throws Exception {
    Alpn offered = new Alpn(List.of("x-amzn-mqtt-ca", "mqtt"));
    assertThat(
            said(
                Handshake.between(
                    server("good"), List.of("http/1.1"), trusting(city), offered, false),
                true))
        .contains("none of the protocols that it was offered")
        .contains("check alpn");
    // The controls: one that speaks one of them, and one that knows nothing of ALPN.
    assertThat(
            Handshake.between(
                server("good"), List.of("http/1.1", "mqtt"), trusting(city), offered, false))
        .isNull();
    assertThat(Handshake.between(server("good"), List.of(), trusting(city), offered, false))
        .isNull();
  }

  // RFC 8446, 6.2; the JDK writes their names in lower case.
  @ParameterizedTest
  @CsvSource({
    "certificate_expired,   has expired: renew certificateFile",
    "certificate_revoked,   was revoked",
    "unsupported_certificate, kind of client certificate",
    "unknown_ca,            does not know the authority",
    "access_denied,         does not let it in",
    "protocol_version,      TLS 1.2 or 1.3",
    "handshake_failure,     TLS 1.2 or 1.3",
    "unrecognized_name,     by the name localhost",
    "internal_error,        failed: Received fatal alert: internal_error"
  })
  void whatTheFarEndSaysIsSaidInWords(String alert, String words) {
    Exception failure =
        new IOException(new SSLHandshakeException("Received fatal alert: " + alert));
    assertThat(said(failure, true)).contains("the platform b").contains(words);
  }

  @Test
  void whatElseACertificateCanLackIsSaidInWords() {
    assertThat(said(because(BasicReason.REVOKED), true)).contains("revoked");
    assertThat(said(because(BasicReason.ALGORITHM_CONSTRAINED), true)).contains("no longer safe");
    assertThat(said(because(BasicReason.EXPIRED), true)).contains("has expired");
    assertThat(said(because(BasicReason.NOT_YET_VALID), true)).contains("only later");
    assertThat(said(because(BasicReason.UNSPECIFIED), true)).contains("caFile");
  }

  @Test
  void whatIsNotOfTlsIsKnownToBeElsewhere() {
    assertThat(TlsWords.isTls(new IOException("Connection reset"))).isFalse();
    assertThat(TlsWords.isTls(new IOException(new SSLException("x")))).isTrue();
    assertThat(TlsWords.isOfOurCertificate(new SSLException("bad_certificate"))).isFalse();
  }

  private static Exception because(BasicReason reason) {
    return new IOException(new CertPathValidatorException("no", null, null, -1, reason));
  }

  private static String words(TlsFiles server, boolean clockIsTrusted) throws Exception {
    return said(Handshake.between(server, trusting(city), false), clockIsTrusted);
  }

  private static String said(@Nullable Exception failure, boolean clockIsTrusted) {
    return new TlsWords("the platform b", "localhost", () -> clockIsTrusted).of(thrown(failure));
  }

  private static Exception thrown(@Nullable Exception failure) {
    return Objects.requireNonNull(failure, "nothing was thrown");
  }

  private static TlsFiles server(String owner) {
    return new TlsFiles(city.caFile(), city.certificateFile(owner), city.keyFile(owner));
  }

  private static TlsFiles ours(String owner) {
    return server(owner);
  }

  private static TlsFiles trusting(Authority authority) {
    return new TlsFiles(authority.caFile(), null, null);
  }
}
