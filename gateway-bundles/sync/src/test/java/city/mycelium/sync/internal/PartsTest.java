package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A platform that answers row by row, or finds a message too large. */
class PartsTest {

  private final Rig rig = new Rig();

  @BeforeEach
  void answerIsTheProof() {
    rig.proof = Proof.ANSWER;
  }

  private DestinationSync tenAreOut() {
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    return sync;
  }

  private static Tally tally(long delivered, long refused) {
    return Tally.delivered(delivered).plus(Tally.refused(refused));
  }

  private static List<Long> offsets(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private FakePlatform.Sent sent(int message) {
    return rig.platform.sent.get(message);
  }

  private FakePlatform.Sent last() {
    return sent(rig.platform.sent.size() - 1);
  }

  @Test
  void onlyWhatIsStillOpenGoesAgain() throws Exception {
    tenAreOut();
    rig.answer(0, "took 1 4;again 5 10");
    assertThat(rig.position()).isZero(); // the rest is open
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(last().covers()).isEqualTo(new OffsetRange(1, 10));
    assertThat(last().offsets()).isEqualTo(offsets(5, 10));
    rig.take(1);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  @Test
  void partsThatTogetherAreAllOfItLandIt() throws Exception {
    tenAreOut();
    rig.answer(0, "took 1 4;took 5 10");
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
    rig.scheduler.pass(Duration.ofMinutes(5));
    assertThat(rig.platform.sent).hasSize(1);
  }

  @Test
  void rowsThatAreRefusedAreSetAsideAndTheOthersAreDelivered() throws Exception {
    DestinationSync sync = tenAreOut();
    rig.answer(0, "took 1 3;refuse 4 4;took 5 8;refuse 9 9;took 10 10");
    assertThat(rig.tally()).isEqualTo(tally(8, 2));
    Refusal refusal = sync.quarantine().all().iterator().next();
    assertThat(refusal.offsets()).containsExactly(new OffsetRange(4, 4), new OffsetRange(9, 9));
    assertThat(refusal.why()).isEqualTo("row refused");
  }

  @Test
  void refusedRowsDoNotGoAgainWithTheRest() throws Exception {
    tenAreOut();
    rig.answer(0, "refuse 4 4;again 1 3;again 5 10");
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(last().offsets()).doesNotContain(4L).hasSize(9);
    rig.take(1);
    assertThat(rig.tally()).isEqualTo(tally(9, 1));
  }

  /** What is there can not be refused, whatever a later answer says of all of it. */
  @Test
  void refusalOfTheRestLeavesWhatWasTaken() throws Exception {
    DestinationSync sync = tenAreOut();
    rig.answer(0, "took 1 4;again 5 10");
    rig.scheduler.pass(Duration.ofSeconds(2));
    rig.refuse(1, "no");
    assertThat(rig.tally()).isEqualTo(tally(4, 6));
    assertThat(sync.quarantine().all().iterator().next().offsets())
        .containsExactly(new OffsetRange(5, 10));
  }

  @Test
  void aMessageOfWhichMoreArrivesEachTimeIsNotHopeless() throws Exception {
    DestinationSync sync = tenAreOut();
    for (int i = 1; i <= 8; i++) {
      rig.answer(rig.platform.sent.size() - 1, "took " + i + " " + i);
      rig.observeNow("kit/T", 10);
      int later = rig.platform.sent.size() - 1;
      assertThat(sent(later).covers().first()).isGreaterThan(10);
      rig.take(later);
      while (rig.platform.sent.size() == later + 1) { // until its time-out
        rig.scheduler.pass(Duration.ofSeconds(1));
      }
      assertThat(last().covers().first()).isEqualTo(1);
    }
    assertThat(sync.quarantine().all()).isEmpty();
    rig.take(rig.platform.sent.size() - 1);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(90));
  }

  /**
   * Late data corrects a window many times; a platform that takes one correction after the other
   * would otherwise get ten of them in an hour.
   */
  @Test
  void aMessageThatIsTakenRowByRowDoesNotWaitLongerEachTime() throws Exception {
    tenAreOut();
    for (int i = 1; i <= 9; i++) {
      StringBuilder rows = new StringBuilder("took " + i + " " + i);
      for (int j = i + 1; j <= 10; j++) {
        rows.append(";again ").append(j).append(' ').append(j);
      }
      rig.answer(i - 1, rows.toString());
      rig.scheduler.pass(Duration.ofSeconds(2));
      assertThat(rig.platform.sent).hasSize(i + 1);
      assertThat(last().offsets()).isEqualTo(offsets(i + 1, 10));
    }
    rig.take(9);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  /** What waits for a thing that went wrong is a consequence, and a person wants the cause. */
  @Test
  void whatADialectHoldsBackDoesNotHideWhatWentWrong() {
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.platform.disconnect();
    rig.platform.heldBack.add(3L);
    rig.connect();
    assertThat(sync.lastError()).isEqualTo("no answer");
    rig.scheduler.pass(Duration.ofMinutes(10));
    assertThat(sync.lastError()).isEqualTo("it waits");
  }

  @Test
  void killedInTheMiddleItSendsAllOfItAgainAndCountsItOnce() throws Exception {
    tenAreOut();
    rig.answer(0, "took 1 4;again 5 10");
    rig.restart();
    rig.connect();
    assertThat(last().offsets()).isEqualTo(offsets(1, 10));
    rig.take(0);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  @Test
  void consentThatIsWithdrawnBetweenTwoPartsHoldsBackTheRest() throws Exception {
    tenAreOut();
    rig.answer(0, "took 1 4;again 5 10");
    rig.house.keptBack.add("kit/T");
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(rig.platform.sent).hasSize(1);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(4).plus(Tally.withheld(6)));
  }

  /** Otherwise it would be counted as delivered and as given up. */
  @Test
  void whatIsThereAlreadyIsNotGivenUpWhenRetentionTakesIt() throws Exception {
    rig.observe("kit/T", 10);
    rig.start();
    rig.connect();
    rig.answer(0, "took 2 4;again 1 1;again 5 10");
    rig.journal.crowdOut(new OffsetRange(3, 6));
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(last().offsets()).isEqualTo(List.of(1L, 7L, 8L, 9L, 10L));
    rig.take(1);
    assertThat(rig.position()).isEqualTo(10);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(8).plus(Tally.crowdedOut(2)));
  }

  // --- too large

  @Test
  void whatIsTooLargeGoesInHalvesUntilItIsTaken() throws Exception {
    rig.observe("kit/T", 10);
    rig.house.keptBack.add("kit/secret");
    rig.start();
    rig.connect();
    rig.tooLarge(0);
    assertThat(rig.covers().subList(1, 3))
        .containsExactly(new OffsetRange(1, 5), new OffsetRange(6, 10));
    rig.take(1);
    assertThat(rig.position()).isEqualTo(5);
    rig.take(2);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  @Test
  void theOneThatIsTooLargeByItselfIsSetAside() throws Exception {
    DestinationSync sync = tenAreOut();
    for (int i = 0; i < rig.platform.sent.size(); i++) {
      if (sent(i).offsets().contains(7L)) {
        rig.tooLarge(i);
      } else {
        rig.take(i);
      }
    }
    assertThat(rig.tally()).isEqualTo(tally(9, 1));
    Refusal refusal = sync.quarantine().all().iterator().next();
    assertThat(refusal.offsets()).containsExactly(new OffsetRange(7, 7));
    assertThat(refusal.why()).isEqualTo("more than 1 kB");
  }

  @Test
  void laterMessagesAreSmallerAndAfterAWhileLargerAgain() throws Exception {
    tenAreOut();
    rig.tooLarge(0);
    rig.take(1);
    rig.take(2);
    rig.observeNow("kit/T", 200);
    int next = 3;
    assertThat(sent(next).offsets()).hasSize(5);
    for (int i = next; i < rig.platform.sent.size(); i++) {
      rig.take(i);
    }
    assertThat(rig.platform.sent.stream().map(sent -> sent.offsets().size())).contains(10);
    assertThat(rig.platform.sent.subList(next, 30))
        .allSatisfy(sent -> assertThat(sent.offsets()).hasSize(5));
    assertThat(last().offsets()).hasSize(10);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(210));
  }

  /** Of a part that has not gone out nobody knows yet what of its range stays here. */
  @Test
  void lateProofOfTheWholeIsBelievedAndWhatStaysIsStillCounted() throws Exception {
    rig.house.keptBack.add("kit/secret");
    rig.observe("kit/T", 5);
    rig.observe("kit/secret", 3);
    rig.observe("kit/T", 5);
    rig.start();
    rig.connect();
    rig.scheduler.pass(Duration.ofSeconds(31)); // a second attempt of the same
    sent(0).answer().complete(new Answer.TooLarge("more than 1 kB"));
    sent(1).answer().complete(new Answer.Replied(200, new byte[0]));
    rig.scheduler.runDue();
    assertThat(rig.position()).isEqualTo(13);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10).plus(Tally.withheld(3)));
    assertThat(rig.platform.sent).hasSize(2);
  }

  @Test
  void howeverSmallThePartsTheyShareTheWindow() throws Exception {
    rig.observe("kit/T", 100);
    rig.start();
    rig.connect();
    for (int i = 0; i < rig.platform.sent.size(); i++) {
      long open = rig.platform.sent.stream().filter(sent -> !sent.answer().isDone()).count();
      assertThat(open).isLessThanOrEqualTo(rig.inFlight);
      if (sent(i).offsets().size() > 1) {
        rig.tooLarge(i);
      } else {
        rig.take(i);
      }
    }
    assertThat(rig.tally()).isEqualTo(Tally.delivered(100));
  }

  @Test
  void consentThatIsWithdrawnWhenItIsCutHoldsBackBothHalves() throws Exception {
    tenAreOut();
    rig.house.keptBack.add("kit/T");
    rig.tooLarge(0);
    assertThat(rig.platform.sent).hasSize(1);
    assertThat(rig.tally()).isEqualTo(Tally.withheld(10));
  }

  /** It was a quarter when the gateway died: it is counted once, whatever arrives twice. */
  @Test
  void killedWhileItIsCutItGoesOnWithWhatHasNotLanded() throws Exception {
    tenAreOut();
    rig.tooLarge(0);
    rig.take(1);
    rig.restart();
    rig.connect();
    rig.scheduler.pass(Duration.ofSeconds(1));
    assertThat(rig.platform.offsetsSent()).isEqualTo(offsets(6, 10));
    rig.take(0);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  @Test
  void retryThatIsTakenInPartLeavesTheRestInQuarantine() throws Exception {
    DestinationSync sync = tenAreOut();
    rig.refuse(0, "no such table");
    rig.ask(
        sync,
        asked -> {
          asked.wishes().retry(asked.quarantine().all().iterator().next());
          return true;
        });
    rig.answer(1, "took 1 6;again 7 10");
    rig.scheduler.pass(Duration.ofSeconds(2));
    rig.refuse(2, "still no");
    assertThat(rig.tally()).isEqualTo(tally(6, 4));
    assertThat(sync.quarantine().all().iterator().next().offsets())
        .containsExactly(new OffsetRange(7, 10));
  }

  @Test
  void replayOfWhichRowsAreRefusedSaysHowMany() throws Exception {
    DestinationSync sync = tenAreOut();
    rig.take(0);
    rig.ask(sync, asked -> asked.wishes().replay(new OffsetRange(1, 10)));
    rig.answer(1, "took 1 7;refuse 8 10");
    assertThat(sync.replay().isUnderWay()).isFalse();
    assertThat(sync.replay().describe()).isEqualTo("3 refused");
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  // --- several messages for one Send

  @Test
  void severalMessagesForOneSendLandItWhenAllAreAnswered() throws Exception {
    rig.platform.mostPerMessage = 4;
    tenAreOut();
    assertThat(rig.covers())
        .containsExactly(new OffsetRange(1, 4), new OffsetRange(5, 8), new OffsetRange(9, 10));
    rig.take(2);
    rig.take(0);
    assertThat(rig.position()).isZero();
    rig.take(1);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  @Test
  void theOneOfSeveralThatGotLostGoesAgainAlone() throws Exception {
    rig.platform.mostPerMessage = 4;
    tenAreOut();
    rig.take(0);
    sent(1).answer().complete(new Answer.Unknown("the line went dead"));
    rig.take(2);
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(rig.platform.sent).hasSize(4);
    assertThat(last().offsets()).isEqualTo(offsets(5, 8));
    rig.take(3);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
  }

  @Test
  void twoOfSeveralThatAreTooLargeCutItOnce() throws Exception {
    rig.platform.mostPerMessage = 5;
    tenAreOut();
    sent(0).answer().complete(new Answer.TooLarge("more than 1 kB"));
    sent(1).answer().complete(new Answer.TooLarge("more than 1 kB"));
    rig.scheduler.runDue();
    for (int i = 2; i < rig.platform.sent.size(); i++) {
      rig.take(i);
    }
    assertThat(rig.tally()).isEqualTo(Tally.delivered(10));
    assertThat(rig.platform.sent).hasSize(4);
  }

  // --- what else a dialect may say

  @Test
  void answerToAQuestionOfItsOwnComesBackWithItsTag() {
    rig.platform.asks = "who-are-you";
    tenAreOut();
    assertThat(rig.platform.answers)
        .singleElement()
        .asString()
        .startsWith("who-are-you Replied[status=0");
  }

  @Test
  void farewellFollowsTheStateAlsoAfterARestart() {
    rig.platform.hangsUpAfter = 100;
    tenAreOut();
    assertThat(farewell()).isEqualTo("\1");
    rig.take(0);
    rig.observeNow("kit/T", 10);
    assertThat(farewell()).isEqualTo("\2");
    rig.scheduler.pass(Duration.ofSeconds(2)); // kept within a second
    rig.restart();
    rig.scheduler.runDue();
    assertThat(farewell()).isEqualTo("\2");
  }

  private String farewell() {
    return new String(
        rig.platform.farewell.get().orElseThrow().payload(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void dialectMayHangUp() {
    rig.platform.hangsUpAfter = 2;
    tenAreOut();
    assertThat(rig.platform.hangUps).isZero();
    rig.take(0);
    rig.observeNow("kit/T", 10);
    assertThat(rig.platform.hangUps).isEqualTo(1);
  }
}
