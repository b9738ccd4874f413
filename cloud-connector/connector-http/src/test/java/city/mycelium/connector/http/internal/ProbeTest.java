package city.mycelium.connector.http.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.testkit.Authority;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.TlsFiles;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of each layer, against real sockets. */
@Timeout(120)
class ProbeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** For what never answers. */
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir static Path keys;
  private static Authority city;
  private static Login login;

  @BeforeAll
  static void invent() throws Exception {
    city =
        Authority.named(keys, "city")
            .issue("good", "EC", "dns:localhost")
            .issue("elsewhere", "EC", "dns:b.example")
            .issueExpired("old", "EC", "dns:localhost")
            .issueNotYetValid("early", "EC", "dns:localhost")
            .issueSelfSigned("alone", "EC", "dns:localhost");
    Path password = Files.writeString(keys.resolve("password"), "mushroom\n");
    login = new Login(new Credentials("gateway", null, password), null, Login.USUAL_SCHEME);
  }

  private static HttpConnector connector(HttpSettings settings, boolean clockIsTrusted) {
    return new HttpConnector(
        settings, new ThreadSchedulers(), new SystemClock(), new Random(1), () -> clockIsTrusted);
  }

  private static List<Check> probe(Setup setup, Duration patience) {
    return connector(setup.settings(), true).probe(patience);
  }

  private static List<Check> probe(Setup setup) {
    return probe(setup, PATIENCE);
  }

  /** Of an answer to a GET of the address itself. */
  private static Check login(Login who, Function<Platform.Asked, Platform.Says> mind)
      throws Exception {
    try (Platform platform = Platform.plain(mind)) {
      List<Check> checks = probe(Setup.plain(platform.port()).login(who));
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "login");
      assertThat(platform.asked)
          .allSatisfy(
              asked -> {
                assertThat(asked.verb()).as("nothing but a safe method").isEqualTo("GET");
                assertThat(asked.target()).isEqualTo("/base/");
                assertThat(asked.body()).isEmpty();
              });
      return checks.get(2);
    }
  }

  private static Platform.Says onlyWithLogin(Platform.Asked asked, int status) {
    return new Platform.Says(
        asked.header("Authorization").equals("Basic Z2F0ZXdheTptdXNocm9vbQ==") ? status : 401);
  }

  @Test
  void aNameThatNobodyKnowsEndsItThere() {
    List<Check> checks = probe(Setup.to("https://platform.invalid/"));
    assertThat(checks).extracting(Check::layer).containsExactly("name");
    assertThat(checks.get(0).sentence()).contains("nobody knows the name platform.invalid");
  }

  @Test
  void aPortThatNobodyListensOnEndsItAtTheRoute() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<Check> checks = probe(Setup.plain(port));
    assertThat(checks).extracting(Check::layer).containsExactly("name", "route");
    assertThat(checks.get(1).sentence()).contains("is the port right?");
  }

  @Test
  void everyLayerOfAPlatformThatWorksIsNamed() throws Exception {
    try (Platform platform =
        Platform.tls(files("good"), false, asked -> onlyWithLogin(asked, 200))) {
      List<Check> checks = probe(tls(platform).login(login));
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "tls", "login");
      assertThat(checks).allMatch(check -> check.finding() == Check.Finding.WORKS);
      assertThat(checks.get(2).sentence()).contains("bears its name (TLSv1.3)");
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
  void aCertificateThatIsNotGoodEndsItAtTls(
      String certificate, boolean clockIsTrusted, String words) throws Exception {
    try (Platform platform = Platform.tls(files(certificate), false, asked -> says(200))) {
      List<Check> checks = connector(tls(platform).settings(), clockIsTrusted).probe(PATIENCE);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "tls");
      assertThat(checks.get(2).ok()).isFalse();
      assertThat(checks.get(2).sentence()).contains(words);
      assertThat(platform.asked).as("no login goes to it").isEmpty();
    }
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsNamedAsSuch() throws Exception {
    try (Liar liar = Liar.thatSaysAndGoes("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      List<Check> checks = probe(Setup.to("https://localhost:" + liar.port()).tls(trusting()));
      assertThat(checks.get(2).sentence()).contains("does not speak TLS");
    }
  }

  // It took the connection, which is all that a TCP port of a server that hangs does.
  @Test
  void aHandshakeThatNobodyAnswersEndsInTime() throws Exception {
    try (Liar liar = Liar.thatSaysAndStays("")) {
      List<Check> checks =
          probe(Setup.to("https://localhost:" + liar.port()).tls(trusting()), SHORT);
      assertThat(checks).extracting(Check::layer).containsExactly("name", "route", "tls");
      assertThat(checks.get(2).sentence()).contains("said nothing for 300 ms");
    }
  }

  @Test
  void aWrongPasswordIsALoginSentence() throws Exception {
    Check check = login(login, asked -> says(401));
    assertThat(check.ok()).isFalse();
    assertThat(check.sentence()).contains("does not take this gateway's login (401)");
  }

  @Test
  void aLoginThatMayNotDoItIsOneToo() throws Exception {
    Check check = login(login, asked -> says(403));
    assertThat(check.ok()).isFalse();
    assertThat(check.sentence()).contains("does not let it do this (403)");
  }

  @Test
  void aLoginThatIsLookedAtIsTold() throws Exception {
    Check check = login(login, asked -> onlyWithLogin(asked, 200));
    assertThat(check.ok()).isTrue();
    assertThat(check.sentence()).contains("takes this gateway's login", "200", "401");
  }

  // Many a server answers its root to everybody: that proves nothing of a password.
  @Test
  void aLoginThatIsNotLookedAtIsNotCalledTaken() throws Exception {
    Check check = login(login, asked -> says(200));
    assertThat(check.ok()).isTrue();
    assertThat(check.sentence())
        .contains("with and without this gateway's login")
        .doesNotContain("takes this gateway's login (");
  }

  @Test
  void nothingAtTheAddressItselfIsNoFailureAndSaidAllTheSame() throws Exception {
    Check check = login(Login.NONE, asked -> says(404));
    assertThat(check.ok()).isTrue();
    assertThat(check.sentence()).contains("404", "check the path in url");
  }

  @Test
  void aRedirectOnTheSameServerIsNoFailureOneElsewhereIs() throws Exception {
    assertThat(login(Login.NONE, asked -> new Platform.Says(302, "Location", "/ui/")).ok())
        .isTrue();
    Check captive =
        login(
            Login.NONE,
            asked -> new Platform.Says(302, "Location", "http://hotel.invalid/welcome"));
    assertThat(captive.ok()).isFalse();
    assertThat(captive.sentence()).contains("elsewhere", "hotel.invalid");
  }

  @Test
  void aPlatformUnderMaintenanceIsSaid() throws Exception {
    Check check = login(Login.NONE, asked -> says(503));
    assertThat(check.ok()).isFalse();
    assertThat(check.sentence()).contains("under maintenance (503)");
  }

  @Test
  void aServerThatHangsEndsInTime() throws Exception {
    try (Liar liar = Liar.thatGoesOnAndOn(Liar.NOTHING);
        Liar silent = Liar.thatSaysAndStays("")) {
      Check check = probe(Setup.plain(silent.port()), SHORT).get(2);
      assertThat(check.ok()).isFalse();
      assertThat(check.sentence()).contains("did not answer within 300 ms");
      // The control: one that hangs up is something else.
      assertThat(probe(Setup.plain(liar.port())).get(2).sentence()).contains("closed");
    }
  }

  @Test
  void aTokenFileThatIsMissingIsSaid() throws Exception {
    Login missing = new Login(Credentials.NONE, keys.resolve("no token"), Login.USUAL_SCHEME);
    try (Platform platform = Platform.plain(asked -> says(200))) {
      Check check = probe(Setup.plain(platform.port()).login(missing)).get(2);
      assertThat(check.ok()).isFalse();
      assertThat(check.sentence()).contains("the token file", "cannot be read");
      assertThat(platform.asked).isEmpty();
    }
  }

  // --- asking

  // A 403 to a question would else stop the messages for half a minute and more.
  @Test
  void whatIsSaidToAQuestionShutsNothing() throws Exception {
    try (Platform platform =
        Platform.plain(asked -> says(asked.verb().equals("GET") ? 403 : 204))) {
      HttpSettings settings = Setup.plain(platform.port()).settings();
      try (Owner owner = new Owner(settings).awaitConnected()) {
        assertThat(connector(settings, true).ask(Message.get("one?a=b", "text/plain"), PATIENCE))
            .isInstanceOf(Answer.Refused.class);
        assertThat(owner.ask("data", "a message")).isInstanceOf(Answer.Replied.class);
        assertThat(owner.losses).isEmpty();
      }
      assertThat(platform.asked.get(0).target()).isEqualTo("/base/one?a=b");
    }
  }

  @Test
  void anAnswerComesWithItsBody() throws Exception {
    try (Platform platform =
        Platform.plain(asked -> new Platform.Says(200, java.util.Map.of(), "it is here"))) {
      Answer answer =
          connector(Setup.plain(platform.port()).settings(), true)
              .ask(Message.get("one", "text/plain"), PATIENCE);
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Replied.class,
              replied -> assertThat(new String(replied.body(), UTF_8)).isEqualTo("it is here"));
    }
  }

  @Test
  void aQuestionThatNobodyAnswersEndsInTime() throws Exception {
    try (Liar silent = Liar.thatSaysAndStays("")) {
      assertThat(
              connector(Setup.plain(silent.port()).settings(), true)
                  .ask(Message.get("one", "text/plain"), SHORT))
          .isInstanceOf(Answer.Unknown.class);
    }
  }

  private static Platform.Says says(int status) {
    return new Platform.Says(status);
  }

  private static Setup tls(Platform platform) {
    return Setup.to("https://localhost:" + platform.port()).tls(trusting());
  }

  private static TlsFiles files(String owner) {
    return new TlsFiles(city.caFile(), city.certificateFile(owner), city.keyFile(owner));
  }

  private static TlsFiles trusting() {
    return new TlsFiles(city.caFile(), null, null);
  }
}
