package city.mycelium.connector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.testkit.Await;
import city.mycelium.tls.Credentials;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server: what goes out, and what its answers are taken for. */
class PlatformTest {

  private static final String LONG = "air ".repeat(1000);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Verb.class)
  void everyVerbGoesBelowTheBaseAddressWithWhatBelongsToIt(Verb verb) throws Exception {
    try (Platform platform =
            Platform.plain(a -> new Platform.Says(200, Map.of("Location", "/Things(7)"), "well"));
        Owner owner =
            Setup.plain(platform.port()).headers(Map.of("NGSILD-Tenant", "city")).open()) {
      owner.awaitConnected();
      boolean asks = verb == Verb.GET || verb == Verb.DELETE;
      Message message =
          asks
              ? Message.get("Things(1)/Obs?$top=1&x=%20", "application/json").by(verb)
              : Owner.message("Things(1)/Obs?$top=1&x=%20", "hello")
                  .by(verb)
                  .with(Map.of("Link", "<a>; rel=b"));
      Answer answer = Owner.awaitAnswer(owner.session.send(message));

      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Replied.class,
              replied -> {
                assertThat(replied.status()).isEqualTo(200);
                assertThat(replied.headers()).containsEntry("location", "/Things(7)");
                assertThat(new String(replied.body(), StandardCharsets.UTF_8)).isEqualTo("well");
              });
      Platform.Asked asked = platform.asked.get(0);
      assertThat(asked.verb()).isEqualTo(verb.name());
      assertThat(asked.target()).isEqualTo("/base/Things(1)/Obs?$top=1&x=%20");
      assertThat(asked.header("NGSILD-Tenant")).isEqualTo("city");
      assertThat(asked.header("Content-Type")).isEqualTo(asks ? "none" : "text/plain");
      assertThat(asked.header(asks ? "Accept" : "Link"))
          .isEqualTo(asks ? "application/json" : "<a>; rel=b");
      assertThat(asked.text()).isEqualTo(asks ? "" : "hello");
    }
  }

  // A status that is not of the transport is the dialect's to judge, also a bad one.
  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 207, 304, 400, 404, 405, 409, 410, 415, 422, 500, 501})
  void whatThePlatformItselfSaysIsHandedOn(int status) throws Exception {
    try (Platform platform = Platform.plain(a -> new Platform.Says(status));
        Owner owner = Setup.plain(platform.port()).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "x"))
          .isInstanceOfSatisfying(
              Answer.Replied.class, r -> assertThat(r.status()).isEqualTo(status));
      assertThat(owner.ask("data", "y")).isInstanceOf(Answer.Replied.class); // still connected
      assertThat(owner.losses).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, user and passwordFile, true",
    "403, its operator has to allow it, true",
    "407, proxy, true",
    "408, cannot take it now, false",
    "425, cannot take it now, false",
    "429, fewer messages, true",
    "502, cannot take it now, false",
    "503, maintenance, true",
    "504, cannot take it now, false"
  })
  void whatTheTransportsSideSaysIsRefusedForNow(int status, String words, boolean shuts)
      throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (Platform platform =
            Platform.plain(a -> new Platform.Says(count.getAndIncrement() == 0 ? status : 204));
        Owner owner = Setup.plain(platform.port()).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "x"))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> {
                assertThat(refused.permanent()).isFalse();
                assertThat(refused.why()).contains(words).contains(String.valueOf(status));
              });
      if (shuts) {
        assertThat(owner.awaitLoss()).contains(words);
        owner.awaitConnections(2);
      }
      assertThat(owner.ask("data", "x")).isInstanceOf(Answer.Replied.class);
      assertThat(owner.losses).hasSize(shuts ? 1 : 0);
    }
  }

  /** It would be called connected and lost again with each attempt. */
  @Test
  void withoutItsTokenItIsNotCalledConnectedAndWithItItIs() throws Exception {
    Path token = directory.resolve("token");
    try (Platform platform = Platform.plain(a -> new Platform.Says(204));
        Owner owner =
            Setup.plain(platform.port())
                .login(new Login(Credentials.NONE, token, Login.USUAL_SCHEME))
                .open()) {
      assertThat(owner.awaitLoss()).contains(token.toString(), "cannot be read");
      Await.await("another attempt", () -> owner.losses.size() > 1, Owner.PATIENCE);
      Files.writeString(token, "abc");
      owner.awaitConnected();
      assertThat(owner.ask("data", "x")).isInstanceOf(Answer.Replied.class);
      assertThat(owner.connections()).isEqualTo(1);
    }
  }

  @Test
  void aMessageThatIsTooLargeIsCalledThat() throws Exception {
    try (Platform platform = Platform.plain(a -> new Platform.Says(413));
        Owner owner = Setup.plain(platform.port()).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "x")).isInstanceOf(Answer.TooLarge.class);
      assertThat(owner.losses).isEmpty();
    }
  }

  // A login of ours must not go to wherever a redirect points, nor a secret of theirs into a log.
  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void aRedirectIsNotFollowedAndSaysWhereItPoints(int status) throws Exception {
    try (Platform other = Platform.plain(a -> new Platform.Says(204))) {
      String to = "http://user:s3cret@127.0.0.1:" + other.port() + "/new?token=s3cret";
      try (Platform platform = Platform.plain(a -> new Platform.Says(status, "Location", to));
          Owner owner = Setup.plain(platform.port()).open()) {
        owner.awaitConnected();
        assertThat(owner.ask("data?token=s3cret", "x"))
            .isInstanceOfSatisfying(
                Answer.Refused.class,
                refused -> {
                  assertThat(refused.permanent()).isFalse();
                  assertThat(refused.why())
                      .contains("http://127.0.0.1:" + other.port() + "/new")
                      .contains("/base/data")
                      .doesNotContain("s3cret");
                });
        owner.awaitLoss();
      }
      assertThat(other.asked).isEmpty();
    }
  }

  @Test
  void aUserAndAPasswordAreShownUnasked() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "open sesame\n");
    Login login = new Login(new Credentials("Aladdin", null, file), null, "Bearer");
    // RFC 7617, 2: the example.
    assertThat(authorization(login)).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @Test
  void aTokenIsShownUnderItsSchemeAndReadAnewEachTime() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "abc==\n");
    assertThat(authorization(new Login(Credentials.NONE, file, "Token"))).isEqualTo("Token abc==");
    assertThat(authorization(new Login(Credentials.NONE, file, "Bearer")))
        .isEqualTo("Bearer abc==");
    assertThat(authorization(Login.NONE)).isEqualTo("none");
  }

  // A token with a line break would be a header of its own.
  @Test
  void aTokenFileThatHoldsMoreIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "abc\r\nX-Admin: yes\n");
    try (Platform platform = Platform.plain(a -> new Platform.Says(204));
        Owner owner =
            Setup.plain(platform.port())
                .login(new Login(Credentials.NONE, file, "Bearer"))
                .open()) {
      assertThat(owner.awaitLoss()).contains(file.toString()).contains("one line");
      assertThat(platform.asked).isEmpty();
    }
  }

  private static String authorization(Login login) throws Exception {
    try (Platform platform = Platform.plain(a -> new Platform.Says(204));
        Owner owner = Setup.plain(platform.port()).login(login).open()) {
      owner.awaitConnected();
      owner.ask("data", "x");
      return platform.asked.get(0).header("Authorization");
    }
  }

  @Test
  void aLongMessageGoesCompressedAndAShortOneAsItIs() throws Exception {
    try (Platform platform = Platform.plain(a -> new Platform.Says(204));
        Owner owner = Setup.plain(platform.port()).gzipFromBytes(1000).open()) {
      owner.awaitConnected();
      owner.ask("data", LONG);
      owner.ask("data", "short");
      Platform.Asked zipped = platform.asked.get(0);
      assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(zipped.body()).hasSizeLessThan(200);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
          .isEqualTo(LONG.getBytes(StandardCharsets.UTF_8));
      assertThat(platform.asked.get(1).header("Content-Encoding")).isEqualTo("none");
      assertThat(platform.asked.get(1).text()).isEqualTo("short");
    }
  }

  // RFC 9110, 15.5.16 says 415; others take it for a broken document, or break.
  @ParameterizedTest
  @ValueSource(ints = {415, 400, 422, 500, 501})
  void aServerThatDoesNotTakeItGetsItOnceMoreAsItIsAndNeverAgain(int status) throws Exception {
    try (Platform platform =
            Platform.plain(
                a ->
                    new Platform.Says(a.header("Content-Encoding").equals("gzip") ? status : 204));
        Owner owner = Setup.plain(platform.port()).gzipFromBytes(1000).open()) {
      owner.awaitConnected();
      for (int i = 0; i < 2; i++) {
        assertThat(owner.ask("data", LONG))
            .isInstanceOfSatisfying(
                Answer.Replied.class, r -> assertThat(r.status()).isEqualTo(204));
      }
      assertThat(platform.asked).hasSize(3);
      assertThat(platform.asked.get(2).text()).isEqualTo(LONG);
    }
  }

  // Once it took one, a 400 is about the message.
  @Test
  void aServerThatTookItIsNotSuspectedOfNotTakingIt() throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (Platform platform =
            Platform.plain(a -> new Platform.Says(count.getAndIncrement() == 0 ? 204 : 400));
        Owner owner = Setup.plain(platform.port()).gzipFromBytes(1000).open()) {
      owner.awaitConnected();
      owner.ask("data", LONG);
      owner.ask("data", LONG);
      assertThat(platform.asked).hasSize(2);
    }
  }

  @Test
  void manyAtOnceAllGetTheirOwnAnswer() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Platform platform =
            Platform.plain(
                a -> {
                  most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                  atOnce.decrementAndGet();
                  return new Platform.Says(200, Map.of(), a.text());
                });
        Owner owner = Setup.plain(platform.port()).inFlight(4).open()) {
      owner.awaitConnected();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(owner.send("data", "number " + i));
      }
      for (int i = 0; i < 500; i++) {
        Answer answer = Owner.awaitAnswer(answers.get(i));
        assertThat(answer).isInstanceOf(Answer.Replied.class);
        assertThat(new String(((Answer.Replied) answer).body(), StandardCharsets.UTF_8))
            .isEqualTo("number " + i);
      }
      assertThat(most.get()).isLessThanOrEqualTo(4);
      assertThat(owner.losses).isEmpty();
    }
  }

  // Whatever a dialect or a mapping file says: nothing gets between the lines, nothing gets out.
  @Test
  void whatWouldChangeTheRequestItselfIsRefused() throws Exception {
    try (Platform platform = Platform.plain(a -> new Platform.Says(204));
        Owner owner = Setup.plain(platform.port()).open()) {
      owner.awaitConnected();
      Message good = Owner.message("data", "x");
      List<Message> bad =
          List.of(
              good.with(Map.of("X", "a\r\nY: b")),
              good.with(Map.of("X\r\nY", "b")),
              good.with(Map.of("Authorization", "Basic x")),
              good.with(Map.of("Host", "elsewhere.example")),
              good.with(Map.of("content-length", "3")),
              Message.post("data", "text/plain\r\nX: y", new byte[] {1}),
              Owner.message("../admin", "x"),
              Owner.message("a/%2e%2e/admin", "x"),
              Owner.message("a%zz", "x"));
      for (Message message : bad) {
        assertThat(Owner.awaitAnswer(owner.session.send(message)))
            .as("%s %s", message.channel(), message.headers())
            .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.permanent()).isTrue());
      }
      assertThat(platform.asked).isEmpty();
      assertThat(Owner.awaitAnswer(owner.session.send(good))).isInstanceOf(Answer.Replied.class);
      // Also what looks like another host stays below the address.
      owner.ask("//elsewhere.example/x", "x");
      assertThat(platform.asked.get(1).target()).isEqualTo("/base/" + "/elsewhere.example/x");
    }
  }
}
