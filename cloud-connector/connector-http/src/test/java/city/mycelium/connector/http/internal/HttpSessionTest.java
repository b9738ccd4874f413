package city.mycelium.connector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** When the line is open, when it is shut, and for how long: by hand, without a network. */
class HttpSessionTest {

  private static final HttpSettings SETTINGS =
      HttpSettings.usual("city", BaseAddress.parse("http://127.0.0.1:8080"));

  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingLogger log = new RecordingLogger();
  private final List<String> told = new ArrayList<>();
  private final FakeExchange exchange = new FakeExchange();
  private HttpSession session;

  /** Nobody answers but the test. */
  private static final class FakeExchange implements Exchange {
    int knocks;
    boolean isThere = true;
    boolean closed;
    final List<CompletableFuture<Response>> sent = new ArrayList<>();

    @Override
    public CompletableFuture<Boolean> knock() {
      knocks++;
      return isThere
          ? CompletableFuture.completedFuture(true)
          : CompletableFuture.failedFuture(new ConnectException("Connection refused"));
    }

    @Override
    public CompletableFuture<Response> send(Request request) {
      CompletableFuture<Response> answer = new CompletableFuture<>();
      sent.add(answer);
      return answer;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @BeforeEach
  void open() {
    Random random = new Random(7);
    session =
        new HttpSession(
            SETTINGS,
            new Connector.Listener() {
              @Override
              public void connected() {
                told.add("connected");
              }

              @Override
              public void disconnected(String why) {
                told.add(why);
              }

              @Override
              public void received(Message message) {
                throw new AssertionError();
              }
            },
            exchange,
            scheduler,
            clock,
            new Backoff(SETTINGS.retryAtFirst(), SETTINGS.retryAtMost(), random),
            new Backoff(HttpSession.LONG_PAUSE, Duration.ofMinutes(10), random),
            new Trouble.Words(SETTINGS, () -> true),
            log);
    session.start();
  }

  @Test
  void itSaysConnectedWhenTheHostWasReached() {
    assertThat(told).isEmpty();
    scheduler.runDue();
    assertThat(told).containsExactly("connected");
  }

  // One attempt a minute at the most, one line in the log: not one each time.
  @Test
  void pausesGrowWhileNobodyIsThereAndTheLogStaysShort() {
    exchange.isThere = false;
    scheduler.runDue();
    scheduler.pass(Duration.ofHours(1));
    assertThat(exchange.knocks).isBetween(60, 130);
    assertThat(log.messages(Level.WARN)).hasSize(1);
    assertThat(told).allMatch(why -> why.contains("nobody listens"));
    exchange.isThere = true;
    scheduler.pass(Duration.ofMinutes(1));
    assertThat(told).endsWith("connected");
  }

  @Test
  void whatIsSentWhileItIsShutIsAnsweredAtOnceAndNotSent() {
    exchange.isThere = false;
    scheduler.runDue();
    CompletableFuture<Answer> answer = send();
    assertThat(answer).isCompletedWithValueMatching(a -> a instanceof Answer.Unknown);
    assertThat(exchange.sent).isEmpty();
  }

  @Test
  void retryAfterHoldsTheLineShutForThatLong() {
    scheduler.runDue();
    send();
    answer(0, 429, Map.of("retry-after", "120"));
    assertThat(told).hasSize(2);
    scheduler.pass(Duration.ofSeconds(119));
    assertThat(told).hasSize(2);
    assertThat(exchange.knocks).isEqualTo(1);
    scheduler.pass(Duration.ofSeconds(2));
    assertThat(told).last().isEqualTo("connected");
  }

  // It says "at once" again and again: our own pauses grow all the same.
  @Test
  void aStormOfRefusalsIsNotAnsweredByAStormOfAttempts() {
    scheduler.runDue();
    for (int second = 0; second < 3600; second++) {
      if (told.get(told.size() - 1).equals("connected")) {
        send();
        answer(exchange.sent.size() - 1, 429, Map.of("retry-after", "0"));
      }
      scheduler.pass(Duration.ofSeconds(1));
    }
    assertThat(exchange.sent.size()).isBetween(60, 130);
    assertThat(log.messages(Level.WARN)).hasSize(1);
  }

  @Test
  void aWrongLoginIsTriedSlowly() {
    scheduler.runDue();
    send();
    answer(0, 401, Map.of());
    scheduler.pass(Duration.ofSeconds(14));
    assertThat(told).hasSize(2);
    scheduler.pass(Duration.ofSeconds(16));
    assertThat(told).last().isEqualTo("connected");
  }

  // What waits is not sent into a line that is shut, and nothing is sent twice: first all is heard.
  @Test
  void theLineIsShutWhenWhatIsUnderWayHasEnded() {
    scheduler.runDue();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(send());
    }
    assertThat(exchange.sent).hasSize(4);
    answer(0, 503, Map.of());
    answer(1, 204, Map.of());
    answer(2, 204, Map.of());
    assertThat(told).containsExactly("connected");
    assertThat(answers.get(4)).isNotDone();
    answer(3, 204, Map.of());
    assertThat(exchange.sent).hasSize(4);
    assertThat(told).hasSize(2);
    assertThat(answers.get(4)).isCompletedWithValueMatching(a -> a instanceof Answer.Unknown);
    assertThat(answers.get(3)).isCompletedWithValueMatching(a -> a instanceof Answer.Replied);
  }

  // One message over which a platform breaks must not stop all others.
  @Test
  void aMessageWithoutAnAnswerWhileOthersHaveOneDoesNotShutTheLine() {
    scheduler.runDue();
    CompletableFuture<Answer> poison = send();
    send();
    answer(1, 204, Map.of());
    exchange.sent.get(0).completeExceptionally(new IOException("EOF reached while reading"));
    scheduler.runDue();
    assertThat(poison).isCompletedWithValueMatching(a -> a instanceof Answer.Unknown);
    assertThat(told).containsExactly("connected");
    // The control: alone, it is the line.
    send();
    exchange.sent.get(2).completeExceptionally(new IOException("EOF reached while reading"));
    scheduler.runDue();
    assertThat(told).hasSize(2);
  }

  @Test
  void whatIsForbiddenForOneMessageDoesNotStopTheOthers() {
    scheduler.runDue();
    send();
    send();
    answer(1, 204, Map.of());
    answer(0, 403, Map.of());
    assertThat(told).containsExactly("connected");
    send();
    answer(2, 403, Map.of());
    assertThat(told).hasSize(2);
  }

  @Test
  void whoIsSilentIsGivenUpInTimeAndNotHeardAfterwards() {
    scheduler.runDue();
    CompletableFuture<Answer> answer = send();
    scheduler.pass(Duration.ofSeconds(29));
    assertThat(answer).isNotDone();
    scheduler.pass(Duration.ofSeconds(2));
    assertThat(answer)
        .isCompletedWithValueMatching(
            a -> a instanceof Answer.Unknown unknown && unknown.why().contains("within 30 s"));
    assertThat(exchange.sent.get(0)).isCancelled();
    assertThat(told.get(1)).contains("did not answer");
  }

  @Test
  void hangingUpShutsItAndOpensItAgain() {
    scheduler.runDue();
    session.hangUp();
    scheduler.runDue();
    assertThat(told).hasSize(2);
    scheduler.pass(Duration.ofSeconds(2));
    assertThat(told).last().isEqualTo("connected");
  }

  @Test
  void closingAnswersEverything() {
    scheduler.runDue();
    CompletableFuture<Answer> underWay = send();
    CompletableFuture<Answer> unheard = session.send(message());
    session.close();
    assertThat(exchange.closed).isTrue();
    assertThat(underWay).isCompletedWithValueMatching(a -> a instanceof Answer.Unknown);
    assertThat(unheard).isCompletedWithValueMatching(a -> a instanceof Answer.Unknown);
    assertThat(session.send(message()))
        .isCompletedWithValueMatching(a -> a instanceof Answer.Unknown);
  }

  private static Message message() {
    return Message.post("data", "text/plain", new byte[] {1});
  }

  private CompletableFuture<Answer> send() {
    CompletableFuture<Answer> answer = session.send(message());
    scheduler.runDue();
    return answer;
  }

  private void answer(int which, int status, Map<String, String> headers) {
    exchange.sent.get(which).complete(new Exchange.Response(status, headers, new byte[0], false));
    scheduler.runDue();
  }
}
