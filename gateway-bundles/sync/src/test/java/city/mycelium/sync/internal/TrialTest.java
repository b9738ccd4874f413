package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.OffsetRange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What was delivered is told again, and nothing else, and it changes nothing. */
class TrialTest {

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Rig rig = new Rig();

  private DestinationSync delivered(Proof proof) {
    rig.proof = proof;
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    if (proof == Proof.ANSWER) {
      rig.take(0);
    } else {
      rig.deliverAll();
    }
    return sync;
  }

  private CompletableFuture<Trial> begin(DestinationSync sync, boolean evenIfKeptTwice) {
    CompletableFuture<Trial> end = sync.tryAgain(evenIfKeptTwice, PATIENCE);
    rig.scheduler.runDue();
    return end;
  }

  private FakePlatform.Sent last() {
    return rig.platform.sent.get(rig.platform.sent.size() - 1);
  }

  private static void assertNotTried(CompletableFuture<Trial> end, String why) {
    assertThat(end).isCompleted();
    assertThat(end.join().publish().finding()).isEqualTo(Check.Finding.UNTRIED);
    assertThat(end.join().publish().sentence()).contains(why);
    assertThat(end.join().inquiry()).isEmpty();
  }

  @Test
  void theLastThatWasDeliveredGoesOnceMoreAndChangesNoFigure() throws Exception {
    DestinationSync sync = delivered(Proof.ANSWER);
    Tally before = rig.tally();
    CompletableFuture<Trial> end = begin(sync, false);
    assertThat(last().covers()).isEqualTo(new OffsetRange(10, 10));
    assertThat(last().offsets()).containsExactly(10L);
    assertThat(end).isNotDone();
    rig.take(1);
    Trial trial = end.join();
    assertThat(trial.publish().finding()).isEqualTo(Check.Finding.WORKS);
    assertThat(trial.publish().sentence())
        .startsWith("published 1 observation again (kit/T of 2026-11-23T12:00:00Z, offset 10)")
        .contains("the far end answered that it has it; it is kept once");
    assertThat(trial.inquiry().orElseThrow().question().channel()).isEqualTo("held/10");
    assertThat(rig.tally()).isEqualTo(before);
    assertThat(rig.position()).isEqualTo(10);
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(rig.platform.sent).as("once, and never again").hasSize(2);
    assertThat(sync.status()).containsEntry("inFlight", 0L).containsEntry("quarantine", 0L);
  }

  // An acknowledgement of what was covered before proves nothing until this attempt was answered.
  @Test
  void toOurReceiverItIsProvenByAnAcknowledgementThatComesAfterIt() {
    DestinationSync sync = delivered(Proof.RECEIVER);
    CompletableFuture<Trial> end = begin(sync, false);
    rig.acknowledge(1, 10);
    assertThat(end).as("that was of the first time").isNotDone();
    last().answer().complete(new Answer.Replied(0, new byte[0]));
    rig.scheduler.runDue();
    rig.acknowledge(1, 10);
    assertThat(end.join().publish().sentence()).contains("acknowledged it, after its own commit");
    assertThat(end.join().isStored()).isTrue();
  }

  @Test
  void whatMayNoLongerLeaveIsNotToldAgain() {
    DestinationSync sync = delivered(Proof.ANSWER);
    rig.house.keptBack.add("kit/T");
    assertNotTried(begin(sync, true), "nothing may leave any more");
    assertThat(rig.platform.sent).hasSize(1);
  }

  // Of two, one was withdrawn: the other is told.
  @Test
  void theLatestOfThoseThatMayLeaveIsToldAgain() {
    DestinationSync sync = delivered(Proof.ANSWER);
    rig.observeNow("kit/other", 10);
    rig.scheduler.pass(Rig.MINUTE);
    rig.take(1);
    rig.house.keptBack.add("kit/other");
    begin(sync, false);
    assertThat(last().offsets()).containsExactly(10L);
  }

  // It was withheld when its turn came; a test is no backfill.
  @Test
  void whatWasWithheldIsNotToldByATest() {
    rig.proof = Proof.ANSWER;
    rig.house.keptBack.add("kit/T");
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.scheduler.pass(Rig.MINUTE);
    rig.house.keptBack.clear();
    assertNotTried(begin(sync, true), "nothing has been delivered since this gateway started");
    assertThat(rig.platform.offsetsSent()).isEmpty();
  }

  // A test is no second attempt either.
  @Test
  void whatWasRefusedIsNotToldAgain() {
    rig.proof = Proof.ANSWER;
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.answer(0, "took 1 9;refuse 10 10");
    begin(sync, false);
    assertThat(last().offsets()).containsExactly(9L);
  }

  @Test
  void whereItMayBeKeptTwiceItIsToldOnlyIfThatIsAskedFor() {
    DestinationSync sync = delivered(Proof.ANSWER);
    rig.platform.keepsOnce = false;
    assertNotTried(begin(sync, false), "--publish");
    assertThat(rig.platform.sent).hasSize(1);
    CompletableFuture<Trial> end = begin(sync, true);
    rig.take(1);
    assertThat(end.join().publish().sentence()).contains("may now keep it twice");
  }

  @Test
  void whatWasOnlyAskedForIsNotCalledPublished() {
    DestinationSync sync = delivered(Proof.ANSWER);
    rig.platform.looksFirst = true;
    CompletableFuture<Trial> end = begin(sync, false);
    rig.take(1);
    assertThat(end.join().publish().ok()).isTrue();
    assertThat(end.join().publish().sentence())
        .startsWith("asked first, and did not have to publish");
  }

  @Test
  void aPlatformThatNowRefusesItIsToldAndNothingIsSetAside() throws Exception {
    DestinationSync sync = delivered(Proof.ANSWER);
    Tally before = rig.tally();
    CompletableFuture<Trial> end = begin(sync, false);
    rig.refuse(1, "another schema");
    assertThat(end.join().publish().ok()).isFalse();
    assertThat(end.join().publish().sentence())
        .contains("did not take", "took it before", "another schema");
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(sync.status()).containsEntry("quarantine", 0L).containsEntry("inFlight", 0L);
    assertThat(rig.tally()).isEqualTo(before);
  }

  @Test
  void whatTheDialectHasNoWordsForNowIsSaid() {
    DestinationSync sync = delivered(Proof.RECEIVER);
    rig.platform.unspeakable.add(10L);
    CompletableFuture<Trial> end = begin(sync, false);
    last().answer().complete(new Answer.Replied(0, new byte[0]));
    rig.scheduler.runDue();
    rig.acknowledge(1, 10);
    assertThat(end.join().publish().ok()).isFalse();
    assertThat(end.join().publish().sentence()).contains("no words");
  }

  @Test
  void onThatNobodyAnswersIsGivenUpInTimeAndNotTriedForEver() {
    DestinationSync sync = delivered(Proof.ANSWER);
    CompletableFuture<Trial> end = begin(sync, false);
    rig.scheduler.pass(PATIENCE.plusSeconds(1));
    assertThat(end.join().publish().ok()).isFalse();
    assertThat(end.join().publish().sentence()).contains("nothing proved in time");
    int sent = rig.platform.sent.size();
    rig.scheduler.pass(Duration.ofMinutes(20));
    assertThat(rig.platform.sent).hasSize(sent);
    last()
        .answer()
        .complete(new Answer.Replied(200, new byte[0])); // too late, and believed by none
    rig.scheduler.runDue();
    assertThat(sync.status()).containsEntry("inFlight", 0L);
  }

  @Test
  void twoAtOnceAreOne() {
    DestinationSync sync = delivered(Proof.ANSWER);
    CompletableFuture<Trial> first = begin(sync, false);
    assertNotTried(begin(sync, false), "somebody else");
    rig.take(1);
    assertThat(first.join().publish().ok()).isTrue();
    begin(sync, false);
    assertThat(rig.platform.sent).as("and then again").hasSize(3);
  }

  @Test
  void whatIsNotConnectedOrPausedOrUsedUpIsNotTried() throws Exception {
    rig.limits = new Limits(1, 0, 10);
    DestinationSync sync = delivered(Proof.ANSWER);
    assertNotTried(begin(sync, false), "the byte budget is used up");
    rig.platform.disconnect();
    rig.scheduler.runDue();
    assertNotTried(begin(sync, false), "it is not connected");
    rig.ask(
        sync,
        of -> {
          of.pause();
          return "";
        });
    assertNotTried(begin(sync, false), "it is paused");
  }

  // The trial lands beside a flight that is out, and neither takes the other's place.
  @Test
  void whatIsOutIsLeftAlone() throws Exception {
    DestinationSync sync = delivered(Proof.ANSWER);
    rig.observeNow("kit/T", 10);
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(rig.covers()).last().isEqualTo(new OffsetRange(11, 20));
    CompletableFuture<Trial> end = begin(sync, false);
    rig.take(2);
    assertThat(end.join().publish().ok()).isTrue();
    assertThat(rig.position()).isEqualTo(10);
    rig.take(1);
    assertThat(rig.position()).isEqualTo(20);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(20));
    assertThat(rig.covers()).isEqualTo(List.of(r(1, 10), r(11, 20), r(10, 10)));
  }

  private static OffsetRange r(long first, long last) {
    return new OffsetRange(first, last);
  }
}
