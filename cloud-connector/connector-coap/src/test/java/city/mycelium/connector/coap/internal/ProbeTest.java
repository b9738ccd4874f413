package city.mycelium.connector.coap.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.clock.internal.ThreadSchedulers;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of each layer, against real servers. */
@Timeout(180)
class ProbeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** For what never answers. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir static Path keys;
  @TempDir Path directory;
  private static Path psk;

  @BeforeAll
  static void invent() throws Exception {
    psk = Files.writeString(keys.resolve("psk"), CityServer.KEY + "\n");
  }

  private static CoapConnector connector(CoapSettings settings) {
    return new CoapConnector(settings, new ThreadSchedulers(), new Random(5));
  }

  private static List<Check> probe(Setup setup, Duration patience) {
    return connector(setup.settings()).probe(patience);
  }

  private static Security psk(String identity) {
    return new Security.SharedKey(identity, psk);
  }

  /** An address that answers as the test wants. */
  private static Setup town(CityServer server) {
    return Setup.to("coap://127.0.0.1:" + server.port() + "/town");
  }

  @Test
  void everyLayerOfAServerThatWorksIsNamed() {
    try (CityServer server = CityServer.udp()) {
      server.next.add(exchange -> exchange.respond(ResponseCode.CONTENT));
      List<Check> checks = probe(town(server), PATIENCE);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "login");
      assertThat(checks).allMatch(check -> check.finding() == Check.Finding.WORKS);
      assertThat(checks.get(2).sentence()).contains("2.05");
      assertThat(server.seen)
          .extracting(seen -> seen.code() + " " + seen.path())
          .as("a safe method, and nothing else")
          .containsExactly("GET town");
    }
  }

  @Test
  void aNameThatNobodyKnowsEndsItThere() {
    List<Check> checks =
        probe(Setup.to("coaps://coap.invalid/city").security(psk("gateway1")), PATIENCE);
    assertThat(checks).extracting(Check::layer).containsExactly("name");
    assertThat(checks.get(0).ok()).isFalse();
  }

  @Test
  void whereNobodyAnswersItEndsAtTheRouteInTime() throws Exception {
    try (DatagramSocket mute =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      List<Check> checks = probe(Setup.udp(mute.getLocalPort()), SHORT);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route");
      assertThat(checks.get(1).ok()).isFalse();
      assertThat(checks.get(1).sentence()).contains("does not answer within 3 s", "firewall");
      List<Check> secure = probe(Setup.dtls(mute.getLocalPort(), psk("gateway1")), SHORT);
      assertThat(secure).extracting(Check::layer).containsExactly("name", "route");
      assertThat(secure.get(1).sentence()).contains("does it speak DTLS there?");
    }
  }

  @Test
  void aHandshakeThatWorksIsALayer() {
    try (CityServer server = CityServer.psk(0)) {
      List<Check> checks = probe(Setup.dtls(server.port(), psk(CityServer.IDENTITY)), PATIENCE);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "dtls", "login");
      assertThat(checks).allMatch(Check::ok);
    }
  }

  @Test
  void anotherKeyEndsItAtTheHandshake() throws Exception {
    Path other = Files.writeString(directory.resolve("other"), "a guess");
    try (CityServer server = CityServer.psk(0)) {
      List<Check> checks =
          probe(
              Setup.dtls(server.port(), new Security.SharedKey(CityServer.IDENTITY, other))
                  .ackTimeout(Duration.ofMillis(100)),
              Duration.ofSeconds(4));
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "dtls");
      assertThat(checks.get(1).ok()).isTrue();
      assertThat(checks.get(2).ok()).isFalse();
      assertThat(checks.get(2).sentence()).contains("pskFile");
    }
  }

  @Test
  void aKeyFileThatIsMissingIsSaid() {
    try (CityServer server = CityServer.psk(0)) {
      List<Check> checks =
          probe(
              Setup.dtls(
                  server.port(), new Security.SharedKey("gateway1", directory.resolve("none"))),
              PATIENCE);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "dtls");
      assertThat(checks.get(1).sentence()).contains("cannot be read");
    }
  }

  @Test
  void whoMayNotAskIsTold() {
    try (CityServer server = CityServer.udp()) {
      server.next.add(exchange -> exchange.respond(ResponseCode.FORBIDDEN));
      Check check = probe(town(server), PATIENCE).get(2);
      assertThat(check.ok()).isFalse();
      assertThat(check.sentence()).contains("4.03", "access rules");
    }
  }

  @Test
  void nothingAtTheAddressItselfIsNoFailureAndSaidAllTheSame() {
    try (CityServer server = CityServer.udp()) {
      server.next.add(exchange -> exchange.respond(ResponseCode.NOT_FOUND));
      Check check = probe(town(server), PATIENCE).get(2);
      assertThat(check.ok()).isTrue();
      assertThat(check.sentence()).contains("4.04", "check the path in uri");
    }
  }

  // A gateway that is only tried must not make itself known.
  @Test
  void nothingIsRegisteredInADirectory() {
    try (CityServer server = CityServer.udp()) {
      List<Check> checks =
          probe(
              Setup.udp(server.port()).directory("coap://127.0.0.1:" + server.port() + "/rd"),
              PATIENCE);
      assertThat(checks).allMatch(Check::ok);
      assertThat(server.seen).extracting(CityServer.Seen::path).doesNotContain("rd");
    }
  }

  @Test
  void overTcpTheServersOwnWordsAreALayer() {
    try (LibcoapServer server = LibcoapServer.start(directory)) {
      List<Check> checks =
          probe(Setup.to("coap+tcp://127.0.0.1:" + server.port() + "/city"), PATIENCE);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "coap", "login");
      assertThat(checks).allMatch(Check::ok);
    }
  }

  @Test
  void aQuestionIsAnsweredBesideWhatIsOpen() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      server.next.add(exchange -> exchange.respond(ResponseCode.CONTENT, "it is here"));
      Answer answer =
          connector(Setup.udp(server.port()).settings())
              .ask(Message.get("one", "text/plain"), PATIENCE);
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(205));
      assertThat(server.seen.get(0).path()).isEqualTo("city/one");
      assertThat(owner.losses).isEmpty();
    }
  }
}
