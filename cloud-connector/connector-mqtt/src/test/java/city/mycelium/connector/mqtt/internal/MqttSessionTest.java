package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import city.mycelium.tls.Credentials;
import city.mycelium.tls.SetupException;
import city.mycelium.tls.TlsFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/**
 * When to connect, what to send, what to believe: time stepped by hand, lines that obey the test.
 */
class MqttSessionTest {

  private static final Line.Limits ROOMY = new Line.Limits(65_535, 1 << 28);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingLogger log = new RecordingLogger();
  private final List<FakeLine> lines = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private @Nullable String setupFault;
  private MqttSession session;

  /** A line that does what it is told, and remembers. */
  private final class FakeLine implements Line {
    final Events events;
    final List<Message> sent = new ArrayList<>();
    final List<Consumer<Answer>> unanswered = new ArrayList<>();
    boolean cut;
    boolean left;

    FakeLine(Events events) {
      this.events = events;
      lines.add(this);
    }

    @Override
    public void open() throws SetupException {
      if (setupFault != null) {
        throw new SetupException(setupFault);
      }
    }

    @Override
    public long packetBytes(Message message) {
      return PacketSize.ofPublish(message.channel(), message.payload());
    }

    @Override
    public void send(Message message, Consumer<Answer> answered) {
      sent.add(message);
      unanswered.add(answered);
    }

    void answer() {
      unanswered.remove(0).accept(new Answer.Replied(0, new byte[0]));
      scheduler.runDue();
    }

    @Override
    public void leave() {
      left = true;
      cut = true;
    }

    @Override
    public void cut() {
      cut = true;
    }
  }

  private final class Listener implements Connector.Listener {
    @Override
    public void connected() {
      told.add("connected");
    }

    @Override
    public void disconnected(String why) {
      told.add("disconnected: " + why);
    }

    @Override
    public void received(Message message) {
      told.add("received");
    }
  }

  @BeforeEach
  void open() {
    MqttSettings settings =
        new MqttSettings(
            "city",
            BrokerAddress.parse("mqtt://localhost"),
            false,
            TlsFiles.NONE,
            Credentials.NONE,
            "g1",
            "mycelium/1/g1/city",
            Duration.ofSeconds(20),
            Duration.ofSeconds(8),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            10);
    session =
        new MqttSession(
            settings,
            new Listener(),
            FakeLine::new,
            scheduler,
            new Backoff(settings.retryAtFirst(), settings.retryAtMost(), new Random(7)),
            new Failure(settings, () -> true),
            log);
    session.start();
    scheduler.runDue();
  }

  @Test
  void itConnectsAtOnceAndSaysSo() {
    assertThat(lines).hasSize(1);
    assertThat(told).isEmpty();
    stand(ROOMY);
    assertThat(told).containsExactly("connected");
  }

  @Test
  void pausesGrowFromOneFailureToTheNextUpToTheLimit() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      lose("no");
      long before = clock.epochMillis();
      int attempts = lines.size();
      while (lines.size() == attempts) {
        scheduler.pass(Duration.ofMillis(10));
      }
      pauses.add(clock.epochMillis() - before);
    }
    for (int i = 0; i < pauses.size(); i++) {
      long limit = Math.min(60_000, 1_000L << i);
      assertThat(pauses.get(i)).isBetween(limit / 2, limit + 10);
    }
  }

  // A broker that takes connections and drops them at once must not be hammered.
  @Test
  void aConnectionThatDidNotStandLongDoesNotShortenThePauses() {
    for (int i = 0; i < 8; i++) {
      stand(ROOMY);
      lose("dropped");
      awaitNextAttempt();
    }
    lose("dropped");
    int attempts = lines.size();
    scheduler.pass(Duration.ofSeconds(20));
    assertThat(lines).hasSize(attempts);
  }

  // The control of the above: one that did stand, does.
  @Test
  void aConnectionThatStoodAWhileMakesThePauseShortAgain() {
    for (int i = 0; i < 8; i++) {
      lose("no");
      awaitNextAttempt();
    }
    stand(ROOMY);
    scheduler.pass(Duration.ofSeconds(31));
    lose("gone");
    int attempts = lines.size();
    scheduler.pass(Duration.ofSeconds(1));
    assertThat(lines).hasSize(attempts + 1);
  }

  @Test
  void anAttemptThatIsNeverAnsweredIsGivenUp() {
    scheduler.pass(Duration.ofSeconds(7));
    assertThat(line().cut).isFalse();
    scheduler.pass(Duration.ofSeconds(1));
    assertThat(lines.get(0).cut).isTrue();
    assertThat(told).singleElement().asString().contains("did not answer within 8 s");
  }

  // Its time-out belongs to the attempt, not to the connection that came of a later one.
  @Test
  void anOldAttemptsTimeOutHarmsNoLaterConnection() {
    lose("no");
    scheduler.pass(Duration.ofSeconds(2));
    stand(ROOMY);
    scheduler.pass(Duration.ofSeconds(10));
    assertThat(line().cut).isFalse();
    assertThat(told).containsExactly("disconnected: no", "connected");
  }

  @Test
  void whatCannotEvenBeTriedIsSaidAndTriedAgain() {
    setupFault = "key.pem cannot be read";
    lose("no");
    awaitNextAttempt();
    assertThat(told).last().isEqualTo("disconnected: key.pem cannot be read");
    setupFault = null;
    awaitNextAttempt();
    stand(ROOMY);
    assertThat(told).last().isEqualTo("connected");
  }

  @Test
  void whatAnEarlierLineStillSaysIsNotHeard() {
    stand(ROOMY);
    FakeLine old = line();
    lose("gone");
    awaitNextAttempt();
    told.clear();
    old.events.connected(ROOMY);
    old.events.received(message("late"));
    old.events.lost("again");
    scheduler.runDue();
    assertThat(told).isEmpty();
    assertThat(line().cut).isFalse();
    stand(ROOMY); // nor after it
    assertThat(told).containsExactly("connected");
  }

  @Test
  void aLineThatSaysTwiceThatItStandsIsHeardOnce() {
    stand(ROOMY);
    stand(ROOMY);
    assertThat(told).containsExactly("connected");
  }

  // MQTT 5, 3.8.4: a broker may send what it kept before it answers SUBSCRIBE.
  @Test
  void whatComesBeforeTheConnectionStandsIsHeardAfterIt() {
    line().events.received(message("kept"));
    scheduler.runDue();
    assertThat(told).isEmpty();
    stand(ROOMY);
    assertThat(told).containsExactly("connected", "received");
  }

  @Test
  void whatCameOverALineThatNeverStoodIsForgotten() {
    line().events.received(message("kept"));
    lose("no");
    awaitNextAttempt();
    stand(ROOMY);
    assertThat(told).containsExactly("disconnected: no", "connected");
  }

  // A broker must not fill the memory of a gateway that it does not let in.
  @Test
  void whatComesBeforeTheConnectionStandsIsBounded() {
    for (int i = 0; i < 1_100; i++) {
      line().events.received(message("kept"));
    }
    stand(ROOMY);
    assertThat(told).filteredOn("received"::equals).hasSize(1_000);
  }

  @Test
  void noMoreIsInFlightThanTheBrokerTakes() {
    stand(new Line.Limits(3, 1 << 28));
    List<CompletableFuture<Answer>> answers = send(8);
    assertThat(line().sent).hasSize(3);
    line().answer();
    assertThat(line().sent).hasSize(4);
    assertThat(answers.get(0)).isCompletedWithValueMatching(Answer.Replied.class::isInstance);
    assertThat(answers.get(1)).isNotDone();
  }

  @Test
  void norMoreThanTheConfigurationSays() {
    stand(ROOMY);
    send(15);
    assertThat(line().sent).hasSize(10);
  }

  // A gateway's data is told in the order in which it was measured.
  @Test
  void whatWaitsForRoomIsSentInItsOrder() {
    stand(new Line.Limits(3, 1 << 28));
    send(8);
    for (int i = 0; i < 5; i++) {
      line().answer();
    }
    assertThat(line().sent)
        .extracting(sent -> new String(sent.payload(), StandardCharsets.UTF_8))
        .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7");
  }

  // Memory has an end, also if somebody sends without waiting.
  @Test
  void whatWaitsForRoomIsBounded() {
    stand(ROOMY);
    List<CompletableFuture<Answer>> answers = send(1_100);
    assertThat(answers.get(1_009)).isNotDone();
    assertThat(answers.get(1_010))
        .isCompletedWithValueMatching(
            answer -> answer instanceof Answer.Refused refused && !refused.permanent());
  }

  @Test
  void whatIsUnansweredWhenTheLineBreaksIsUnknown() {
    stand(ROOMY);
    List<CompletableFuture<Answer>> answers = send(20);
    line().answer();
    lose("gone");
    assertThat(answers.get(0)).isCompletedWithValueMatching(Answer.Replied.class::isInstance);
    assertThat(answers.subList(1, 20))
        .allSatisfy(
            answer ->
                assertThat(answer).isCompletedWithValueMatching(Answer.Unknown.class::isInstance));
  }

  // Its sender has been told Unknown and sends it again itself.
  @Test
  void whatALostLineLeftTakesNoRoomOnTheNextOne() {
    stand(ROOMY);
    send(20);
    lose("gone");
    awaitNextAttempt();
    stand(ROOMY);
    assertThat(line().sent).isEmpty();
    send(15);
    assertThat(line().sent).hasSize(10);
    for (int i = 0; i < 10; i++) {
      line().answer();
    }
    assertThat(line().sent).hasSize(15);
  }

  @Test
  void whatIsSentWithoutAConnectionIsUnknownAndSaysWhy() {
    stand(ROOMY);
    lose("nobody listens");
    CompletableFuture<Answer> answer = session.send(message("x"));
    scheduler.runDue();
    assertThat(answer)
        .isCompletedWithValueMatching(
            a -> a instanceof Answer.Unknown unknown && unknown.why().contains("nobody listens"));
  }

  @Test
  void aMessageLargerThanTheBrokerTakesIsNotSent() {
    stand(new Line.Limits(10, 300));
    CompletableFuture<Answer> answer = session.send(message("x".repeat(300)));
    scheduler.runDue();
    assertThat(answer).isCompletedWithValueMatching(a -> a instanceof Answer.TooLarge);
    assertThat(line().sent).isEmpty();
  }

  // The control of the above, and the limit itself.
  @Test
  void aMessageAsLargeAsTheBrokerTakesIsSent() {
    Message message = message("x".repeat(300));
    long size =
        PacketSize.ofPublish("mycelium/1/g1/city/data", message.mediaType(), message.payload());
    stand(new Line.Limits(10, size));
    session.send(message);
    scheduler.runDue();
    assertThat(line().sent).containsExactly(message);
  }

  // Paho can lose its sending thread without a word; messages would wait for ever.
  @Test
  void aLineOnWhichNoAnswerComesAnyMoreIsGivenUp() {
    stand(ROOMY);
    send(2);
    line().answer();
    scheduler.pass(Duration.ofSeconds(50));
    assertThat(line().cut).isFalse();
    scheduler.pass(Duration.ofSeconds(50));
    assertThat(lines.get(0).cut).isTrue();
    assertThat(told.get(1)).contains("no longer answers");
  }

  // Three times in a row, of its own: what an earlier connection missed is not held against it.
  @Test
  void everyConnectionHasItsWholeTimeToAnswer() {
    stand(ROOMY);
    send(2);
    scheduler.pass(Duration.ofSeconds(50));
    lose("gone");
    awaitNextAttempt();
    stand(ROOMY);
    send(2);
    FakeLine second = line();
    scheduler.pass(Duration.ofSeconds(59));
    assertThat(second.cut).isFalse();
    scheduler.pass(Duration.ofSeconds(1));
    assertThat(second.cut).isTrue();
  }

  @Test
  void whatAnEarlierLineAnswersKeepsNoSilentOneAlive() {
    stand(ROOMY);
    send(3);
    FakeLine old = line();
    lose("gone");
    awaitNextAttempt();
    stand(ROOMY);
    send(2);
    FakeLine second = line();
    for (int i = 0; i < 3; i++) {
      scheduler.pass(Duration.ofSeconds(10));
      old.answer();
      scheduler.pass(Duration.ofSeconds(10));
    }
    assertThat(second.cut).isTrue();
  }

  // A slow broker is no dead one, however much waits for it.
  @Test
  void aLineOnWhichAnswersComeStandsForEver() {
    stand(ROOMY);
    for (int i = 0; i < 1_000; i++) {
      send(1);
      if (i > 0) {
        line().answer(); // the one before: there is always one under way
      }
      scheduler.pass(Duration.ofSeconds(19));
    }
    assertThat(line().cut).isFalse();
    assertThat(told).containsExactly("connected");
  }

  // The control: with nothing to answer, silence is no fault.
  @Test
  void anIdleLineStandsForEver() {
    stand(ROOMY);
    scheduler.pass(Duration.ofDays(2));
    assertThat(line().cut).isFalse();
    assertThat(told).containsExactly("connected");
  }

  @Test
  void theSameFailureIsLoggedOnceUntilSomethingChanges() {
    for (int i = 0; i < 5; i++) {
      lose("nobody listens");
      awaitNextAttempt();
    }
    assertThat(warnings()).isEqualTo(1);
    lose("wrong password");
    awaitNextAttempt();
    assertThat(warnings()).isEqualTo(2);
    stand(ROOMY);
    lose("wrong password");
    assertThat(warnings()).isEqualTo(3);
  }

  // Whoever has read that it is not connected wants to read when it is.
  @Test
  void thatItStandsIsLoggedWithTheBroker() {
    lose("nobody listens");
    awaitNextAttempt();
    stand(ROOMY);
    assertThat(log.messages(Level.INFO))
        .containsExactly("destination city: connected to mqtt://localhost:1883");
  }

  @Test
  void closingSaysFarewellAndAnswersEverything() {
    stand(ROOMY);
    List<CompletableFuture<Answer>> answers = send(12);
    session.close();
    assertThat(line().left).isTrue();
    answers.add(session.send(message("too late")));
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer).isCompletedWithValueMatching(Answer.Unknown.class::isInstance));
    scheduler.pass(Duration.ofHours(1));
    assertThat(lines).hasSize(1);
  }

  private FakeLine line() {
    return lines.get(lines.size() - 1);
  }

  private void stand(Line.Limits limits) {
    line().events.connected(limits);
    scheduler.runDue();
  }

  private void lose(String why) {
    line().events.lost(why);
    scheduler.runDue();
  }

  private void awaitNextAttempt() {
    int attempts = lines.size();
    while (lines.size() == attempts) {
      scheduler.pass(Duration.ofMillis(100));
    }
  }

  private List<CompletableFuture<Answer>> send(int messages) {
    List<CompletableFuture<Answer>> answers =
        new ArrayList<>(
            IntStream.range(0, messages).mapToObj(i -> session.send(message("m" + i))).toList());
    scheduler.runDue();
    return answers;
  }

  private int warnings() {
    return log.messages(Level.WARN).size();
  }

  private static Message message(String payload) {
    return Owner.message("data", payload, false);
  }
}
