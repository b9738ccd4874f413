package city.mycelium.connector.http.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break off, hang or talk nonsense: what may have arrived is never called refused. */
class LiarTest {

  private static final Duration SOON = Duration.ofMillis(700);

  // RFC 9112, 8: an incomplete answer is no answer.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "SSH-2.0-OpenSSH_9\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "\u0000\u0001\u0002\u0003\r\n\r\n\r\n"
      })
  void whatBreaksOffOrIsNonsenseIsUnknown(String said) throws Exception {
    try (Liar liar = Liar.thatSaysAndGoes(said);
        Owner owner = Setup.plain(liar.port()).timeout(Duration.ofSeconds(5)).open()) {
      owner.awaitConnected();
      Answer answer = owner.ask("data", "hello");
      assertThat(answer).isInstanceOf(Answer.Unknown.class);
      assertThat(owner.awaitLoss()).contains("127.0.0.1:" + liar.port());
      assertThat(liar.requests).hasValue(1); // nothing repeats it behind sync's back
    }
  }

  // The control: the same port, telling the truth.
  @Test
  void aWholeAnswerIsOne() throws Exception {
    try (Liar liar = Liar.thatSaysAndGoes("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok");
        Owner owner = Setup.plain(liar.port()).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "hello"))
          .isInstanceOfSatisfying(
              Answer.Replied.class,
              replied -> {
                assertThat(replied.status()).isEqualTo(201);
                assertThat(replied.body()).isEqualTo("ok".getBytes(StandardCharsets.UTF_8));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\n"
      })
  void whoHangsIsGivenUpAfterTheTimeOut(String said) throws Exception {
    try (Liar liar = Liar.thatSaysAndStays(said);
        Owner owner = Setup.plain(liar.port()).timeout(SOON).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "hello")).isInstanceOf(Answer.Unknown.class);
      owner.awaitLoss();
    }
  }

  @Test
  void whoHangsIsCalledThat() throws Exception {
    try (Liar liar = Liar.thatSaysAndStays("");
        Owner owner = Setup.plain(liar.port()).timeout(SOON).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "hello"))
          .isInstanceOfSatisfying(
              Answer.Unknown.class,
              unknown -> assertThat(unknown.why()).contains("did not answer"));
    }
  }

  @Test
  void aHeaderWithoutEndIsGivenUp() throws Exception {
    try (Liar liar =
            Liar.thatGoesOnAndOn(
                out -> {
                  out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                  byte[] line =
                      ("X: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                  while (true) {
                    out.write(line); // until the other side hangs up
                  }
                });
        Owner owner = Setup.plain(liar.port()).timeout(SOON).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "hello")).isInstanceOf(Answer.Unknown.class);
    }
  }

  @Test
  void anAnswerWithoutEndIsCutAndSaysSo() throws Exception {
    try (Liar liar =
            Liar.thatGoesOnAndOn(
                out -> {
                  out.write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  byte[] piece = new byte[64 << 10];
                  while (true) {
                    out.write(piece); // until the other side hangs up
                  }
                });
        Owner owner = Setup.plain(liar.port()).open()) {
      owner.awaitConnected();
      assertThat(owner.ask("data", "hello"))
          .isInstanceOfSatisfying(
              Answer.Replied.class,
              replied -> {
                assertThat(replied.status()).isEqualTo(400);
                assertThat(replied.body()).hasSize(JdkExchange.MOST_BODY_BYTES);
                assertThat(replied.headers()).containsEntry(HttpSession.CUT, "1048576");
              });
    }
  }

  @Test
  void nobodyThereIsSaidBeforeAnythingIsSent() throws Exception {
    int free;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = taken.getLocalPort();
    }
    try (Owner owner = Setup.plain(free).open()) {
      assertThat(owner.awaitLoss()).contains("did not reach").contains("nobody listens");
      assertThat(owner.ask("data", "hello")).isInstanceOf(Answer.Unknown.class);
    }
  }

  @Test
  void aNameThatNobodyKnowsIsCalledThat() {
    HttpSettings there = HttpSettings.usual("city", BaseAddress.parse("https://platform.invalid"));
    try (Owner owner = new Owner(there)) {
      assertThat(owner.awaitLoss()).contains("a name that nobody knows");
    }
  }

  // It went away after the knock: nothing was written, so it is certain that it did not arrive.
  @Test
  void whoIsGoneWhenTheMessageComesDidNotGetIt() throws Exception {
    Platform platform = Platform.plain(asked -> new Platform.Says(204));
    try (Owner owner = Setup.plain(platform.port()).open()) {
      owner.awaitConnected();
      platform.close();
      assertThat(owner.ask("data", "hello"))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> {
                assertThat(refused.permanent()).isFalse();
                assertThat(refused.why()).contains("did not reach");
              });
      owner.awaitLoss();
    }
  }

  @Test
  void everyFutureCompletesWhenItIsClosedInTheMiddle() throws Exception {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    try (Liar liar = Liar.thatSaysAndStays("")) {
      Owner owner = Setup.plain(liar.port()).inFlight(4).open();
      owner.awaitConnected();
      for (int i = 0; i < 40; i++) {
        answers.add(owner.send("data", "hello"));
      }
      await("four are under way", () -> liar.requests.get() == 4, Owner.PATIENCE);
      owner.close();
      assertThat(answers).allMatch(CompletableFuture::isDone);
      assertThat(answers).allMatch(answer -> answer.join() instanceof Answer.Unknown);
      assertThat(owner.ask("data", "late")).isInstanceOf(Answer.Unknown.class);
    }
  }

  // JDK 17's client cannot be closed: its selector ends when nobody can reach it any more.
  @Test
  void itsThreadsEndWithIt() throws IOException {
    try (Platform platform = Platform.plain(asked -> new Platform.Says(204))) {
      try (Owner owner = Setup.plain(platform.port()).open()) {
        owner.awaitConnected();
        owner.ask("data", "hello");
        assertThat(threads("http-city")).isNotZero(); // the control
      }
      await("our threads have ended", () -> threads("http-city") == 0, Owner.PATIENCE);
      await(
          "the client's thread has ended",
          () -> {
            System.gc();
            return threads("HttpClient-") == 0;
          },
          Owner.PATIENCE);
    }
  }

  private static long threads(String begin) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(begin) && thread.isAlive())
        .count();
  }
}
