package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.testkit.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over DTLS, against Californium's own server: it gives Connection IDs, libcoap's does not. */
class DtlsTest {

  @TempDir static Path keys;
  private static Path psk;
  private static Authority city;
  private static Authority stranger;

  @BeforeAll
  static void invent() throws Exception {
    psk = Files.writeString(keys.resolve("psk"), CityServer.KEY + "\n");
    city =
        Authority.named(keys, "city")
            .issue("server", "EC", "dns:localhost")
            .issue("elsewhere", "EC", "dns:coap.example.org")
            .issue("gateway", "EC", "");
    stranger = Authority.named(keys, "stranger").issue("intruder", "EC", "");
  }

  private static Security psk(String identity) {
    return new Security.SharedKey(identity, psk);
  }

  // RFC 9146: the server knows us by its Connection ID, wherever we come from.
  @Test
  void tenRebindingsDuringABacklogCostNoMessageAndNoHandshake() throws Exception {
    try (CityServer server = CityServer.psk(0);
        LossyLink link = new LossyLink(server.port());
        Owner owner =
            new Owner(Setup.dtls(link.port(), psk(CityServer.IDENTITY)).nstart(4).settings())
                .awaitConnected()) {
      int handshakes = link.clientHellos.get();
      link.rebindEvery(20);
      List<String> texts = IntStream.range(0, 260).mapToObj(i -> "m" + i).toList();
      List<CompletableFuture<Answer>> answers =
          texts.stream().map(text -> owner.send("data", text)).toList();
      answers.forEach(
          answer -> assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class));
      // None is lost. One may be taken twice: when its answer went to the address before, it is
      // sent
      // again from the next one, and servers know repeats by address (RFC 7252, 4.2).
      assertThat(Set.copyOf(server.texts())).containsExactlyInAnyOrderElementsOf(texts);
      assertThat(link.rebindings.get()).isGreaterThanOrEqualTo(10);
      assertThat(server.seen.stream().map(CityServer.Seen::port).distinct().count())
          .isGreaterThanOrEqualTo(10); // the control: the server saw them
      assertThat(link.clientHellos.get()).isEqualTo(handshakes);
      assertThat(handshakes).isBetween(1, 2); // RFC 6347, 4.2.1: once more with a cookie
      assertThat(owner.losses).isEmpty();
    }
  }

  @Test
  void overABadLinkEveryMessageIsTakenOnce() throws Exception {
    try (CityServer server = CityServer.psk(0);
        LossyLink link = new LossyLink(server.port()).fates(LossyLink.BAD, LossyLink.BAD);
        Owner owner =
            new Owner(
                    Setup.dtls(link.port(), psk(CityServer.IDENTITY))
                        .nstart(4)
                        .patient()
                        .ackTimeout(Duration.ofMillis(150))
                        .settings())
                .awaitConnected()) {
      List<String> texts = IntStream.range(0, 80).mapToObj(i -> "m" + i).toList();
      List<CompletableFuture<Answer>> answers =
          texts.stream().map(text -> owner.send("data", text)).toList();
      answers.forEach(
          answer -> assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class));
      assertThat(server.texts()).containsExactlyInAnyOrderElementsOf(texts);
    }
  }

  // AES-CCM is the cheaper one in a gateway; who has none of it has AES-GCM.
  @Test
  void aesCcmWithWholeTagsIsPreferredAndNotInsistedOn() {
    CipherSuite ccm = CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256;
    CipherSuite gcm = CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256;
    assertThat(agreedWith(CipherSuite.TLS_PSK_WITH_AES_128_CCM, gcm, ccm)).isEqualTo(ccm.name());
    assertThat(agreedWith(CipherSuite.TLS_PSK_WITH_AES_128_CCM, gcm)).isEqualTo(gcm.name());
  }

  private static String agreedWith(CipherSuite... known) {
    AtomicReference<String> agreed = new AtomicReference<>();
    try (CityServer server =
            CityServer.dtls(
                0,
                builder ->
                    builder
                        .setAdvancedPskStore(
                            new AdvancedSinglePskStore(
                                CityServer.IDENTITY, CityServer.KEY.getBytes(UTF_8)))
                        .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(known)));
        Owner owner =
            new Owner(Setup.dtls(server.port(), psk(CityServer.IDENTITY)).settings())
                .awaitConnected()) {
      server.next.add(
          exchange -> {
            agreed.set(
                exchange
                    .advanced()
                    .getRequest()
                    .getSourceContext()
                    .get(DtlsEndpointContext.KEY_CIPHER));
            exchange.respond(ResponseCode.CHANGED);
          });
      Owner.awaitAnswer(owner.send("data", "x"));
    }
    return agreed.get();
  }

  @Test
  void anUnknownIdentityIsSaidInWords() {
    try (CityServer server = CityServer.psk(0);
        Owner owner = new Owner(impatient(server.port(), psk("nobody")))) {
      assertThat(owner.awaitLoss()).contains("pskIdentity");
    }
  }

  @Test
  void anotherKeyIsSaidInWords() throws Exception {
    Path other = Files.writeString(keys.resolve("other"), "a guess");
    try (CityServer server = CityServer.psk(0);
        Owner owner =
            new Owner(
                impatient(server.port(), new Security.SharedKey(CityServer.IDENTITY, other)))) {
      assertThat(owner.awaitLoss()).contains("pskFile");
    }
  }

  @Test
  void nobodyThereIsSaidInWords() {
    try (Owner owner = new Owner(impatient(Setup.freePort(), psk("gateway1")))) {
      assertThat(owner.awaitLoss()).contains("does not answer").contains("DTLS");
    }
  }

  // The server forgets us and what we listen to; both are told anew.
  @Test
  void aServerThatIsRestartedIsFoundAgainAndListenedTo() throws Exception {
    CityServer server = CityServer.psk(0);
    int port = server.port();
    try (Owner owner =
        new Owner(impatient(port, psk(CityServer.IDENTITY)), "ack").awaitConnected()) {
      server.close();
      server = CityServer.psk(port);
      CityServer again = server;
      await(
          "a message is taken again",
          () -> Owner.awaitAnswer(owner.send("data", "there again")) instanceof Answer.Replied,
          Owner.PATIENCE);
      await("listened to again", () -> again.ack.registrations.get() > 0, Owner.PATIENCE);
      again.ack.say("hello");
      await("heard", () -> !owner.received.isEmpty(), Owner.PATIENCE);
    } finally {
      server.close();
    }
  }

  // RFC 7252, 9.1.3.2.
  @Test
  void rawPublicKeysOfBothSidesAreTrustedWhereTheyAreKnown() throws Exception {
    KeyPair own = pair();
    KeyPair its = pair();
    KeyPair strange = pair();
    try (CityServer server =
        CityServer.dtls(
            0,
            builder ->
                builder
                    .setCertificateIdentityProvider(
                        new SingleCertificateProvider(its.getPrivate(), its.getPublic()))
                    .setAdvancedCertificateVerifier(
                        StaticNewAdvancedCertificateVerifier.builder()
                            .setTrustedRPKs(new RawPublicKeyIdentity(own.getPublic()))
                            .build()))) {
      try (Owner owner =
          new Owner(Setup.dtls(server.port(), raw(own, its)).settings()).awaitConnected()) {
        assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
      }
      try (Owner owner = new Owner(impatient(server.port(), raw(own, strange)))) {
        assertThat(owner.awaitLoss()).contains("serverKeyFile");
      }
      try (Owner owner = new Owner(impatient(server.port(), raw(strange, its)))) {
        assertThat(owner.awaitLoss()).contains("does not trust");
      }
    }
  }

  // RFC 7252, 9.1.3.3.
  @Test
  void certificatesAreTrustedByAuthorityAndName() throws Exception {
    try (CityServer server = certified("server");
        Owner owner = new Owner(named(server, certificates(city, city, "gateway")))) {
      owner.awaitConnected();
      assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
    }
    try (CityServer server = certified("server");
        Owner owner = new Owner(named(server, certificates(stranger, city, "gateway")))) {
      assertThat(owner.awaitLoss()).contains("caFile");
    }
    try (CityServer server = certified("elsewhere");
        Owner owner = new Owner(named(server, certificates(city, city, "gateway")))) {
      assertThat(owner.awaitLoss()).contains("localhost");
    }
    try (CityServer server = certified("server");
        Owner owner = new Owner(named(server, certificates(city, stranger, "intruder")))) {
      assertThat(owner.awaitLoss()).contains("does not trust");
    }
  }

  private static CityServer certified(String owner) throws Exception {
    X509Certificate[] chain =
        Keys.certificates(city.certificateFile(owner)).toArray(new X509Certificate[0]);
    var own = Keys.privateKey(city.keyFile(owner), chain[0].getPublicKey());
    var trusted = Keys.certificates(city.caFile()).get(0);
    return CityServer.dtls(
        0,
        builder ->
            builder
                .setCertificateIdentityProvider(new SingleCertificateProvider(own, chain))
                .setAdvancedCertificateVerifier(
                    StaticNewAdvancedCertificateVerifier.builder()
                        .setTrustedCertificates(trusted)
                        .build()));
  }

  private static Security certificates(Authority trusted, Authority issuer, String owner) {
    return new Security.Certificates(
        trusted.caFile(), issuer.certificateFile(owner), issuer.keyFile(owner));
  }

  private static CoapSettings named(CityServer server, Security security) {
    return Setup.to("coaps://localhost:" + server.port() + "/city")
        .security(security)
        .ackTimeout(Duration.ofMillis(500))
        .connectTimeout(Duration.ofSeconds(6))
        .settings();
  }

  private static CoapSettings impatient(int port, Security security) {
    return Setup.dtls(port, security)
        .ackTimeout(Duration.ofMillis(200))
        .connectTimeout(Duration.ofSeconds(3))
        .settings();
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Security raw(KeyPair own, KeyPair server) throws Exception {
    return new Security.RawKeys(
        pem("PRIVATE KEY", own.getPrivate().getEncoded()),
        pem("PUBLIC KEY", own.getPublic().getEncoded()),
        pem("PUBLIC KEY", server.getPublic().getEncoded()));
  }

  private static Path pem(String label, byte[] content) throws Exception {
    return Files.writeString(
        Files.createTempFile(keys, "key", ".pem"),
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(content)
            + "\n-----END "
            + label
            + "-----\n");
  }
}
