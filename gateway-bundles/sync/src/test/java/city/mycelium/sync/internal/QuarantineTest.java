package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.OffsetRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuarantineTest {

  private final Rig rig = new Rig();

  private static Tally tally(long delivered, long refused) {
    return Tally.delivered(delivered).plus(Tally.refused(refused));
  }

  /** Twenty observations, of which the platform has refused the first ten. */
  private DestinationSync refusedOnce() {
    rig.observe("kit/T", 20);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.refuse(0, "too large");
    rig.deliverAll();
    return sync;
  }

  private static Refusal only(DestinationSync sync) {
    assertThat(sync.quarantine().all()).hasSize(1);
    return sync.quarantine().all().iterator().next();
  }

  @Test
  void cursorGoesOnPastWhatIsRefusedForGood() throws Exception {
    DestinationSync sync = refusedOnce();
    assertThat(rig.position()).isEqualTo(20);
    assertThat(rig.tally()).isEqualTo(tally(10, 10));
    assertThat(only(sync).offsets()).containsExactly(new OffsetRange(1, 10));
    assertThat(only(sync).why()).isEqualTo("too large");
  }

  @Test
  void farEndThatLacksItIsNotSentItAgainAndAgain() {
    refusedOnce();
    int before = rig.platform.sent.size();
    rig.receiver.acknowledge(rig.platform, rig.journal.epoch());
    rig.scheduler.pass(Duration.ofMinutes(10));
    assertThat(rig.platform.sent).hasSize(before);
  }

  @Test
  void retryThatIsProvenMovesItToDelivered() throws Exception {
    DestinationSync sync = refusedOnce();
    rig.ask(sync, asked -> retry(asked));
    assertThat(rig.tally()).isEqualTo(tally(10, 10)); // it is only on its way
    rig.deliverAll();
    assertThat(rig.receiver.stored).hasSize(20);
    assertThat(rig.tally()).isEqualTo(tally(20, 0));
    assertThat(sync.quarantine().all()).isEmpty();
    assertThat(rig.journal.state().scan(Refusal.STATE, "", 10)).isEmpty();
  }

  private static boolean retry(DestinationSync sync) throws CommandException, JournalException {
    sync.wishes().retry(only(sync));
    return true;
  }

  @Test
  void retryThatIsRefusedAgainStaysWithMoreAttempts() throws Exception {
    DestinationSync sync = refusedOnce();
    rig.ask(sync, QuarantineTest::retry);
    rig.refuse(rig.platform.sent.size() - 1, "still too large");
    assertThat(only(sync).attempts()).isEqualTo(2);
    assertThat(only(sync).why()).isEqualTo("still too large");
    assertThat(rig.tally()).isEqualTo(tally(10, 10));
  }

  @Test
  void retryIsJudgedAsConsentStandsNow() throws Exception {
    DestinationSync sync = refusedOnce();
    rig.house.keptBack.add("kit/T");
    assertThatThrownBy(() -> rig.ask(sync, QuarantineTest::retry))
        .hasMessageContaining("consent withholds it");
    rig.house.keptBack.clear(); // control
    assertThat(rig.ask(sync, QuarantineTest::retry)).isTrue();
  }

  /** Otherwise a proof of the rest would be taken for a proof of all of it. */
  @Test
  void whatCannotBeSentAnyMoreLeavesTheEntryBeforeTheRestGoes() throws Exception {
    rig.observe("kit/T", 6);
    rig.observe("kit/H", 4);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.refuse(0, "too large");
    rig.house.keptBack.add("kit/H");
    rig.ask(sync, QuarantineTest::retry);
    assertThat(only(sync).count()).isEqualTo(6);
    rig.deliverAll();
    assertThat(rig.receiver.stored).hasSize(6);
    assertThat(rig.tally()).isEqualTo(tally(6, 4));
    assertThat(sync.quarantine().all()).isEmpty();
  }

  @Test
  void discardForgetsItTellsTheFarEndAndChangesNoTally() throws Exception {
    DestinationSync sync = refusedOnce();
    rig.ask(
        sync,
        asked -> {
          asked.wishes().discard(only(asked));
          return true;
        });
    rig.deliverAll();
    assertThat(sync.quarantine().all()).isEmpty();
    assertThat(rig.tally()).isEqualTo(tally(10, 10));
    assertThat(rig.platform.sent).last().extracting(FakePlatform.Sent::dropped).isEqualTo(10L);
    assertThat(rig.receiver.covered()).containsExactly(new OffsetRange(1, 20));
  }

  @Test
  void entrySurvivesAKill() {
    refusedOnce();
    DestinationSync sync = rig.restart();
    rig.scheduler.runDue();
    assertThat(only(sync).counts().values()).containsExactly(10L);
  }

  @Test
  void whatStaysUnprovenWhileLaterOnesAreProvenIsSetAside() throws Exception {
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    for (int i = 0; i < 8; i++) { // the first message never arrives, all others do
      rig.scheduler.pass(Duration.ofMinutes(3));
      rig.observeNow("kit/T", 10);
      rig.acknowledge(11, rig.journal.lastOffset());
    }
    rig.scheduler.pass(Duration.ofMinutes(6));
    assertThat(rig.tally()).isEqualTo(tally(80, 10));
    assertThat(only(sync).why()).startsWith("no proof after 3 attempts");
  }

  @Test
  void whatStaysUnprovenWithAllOthersIsNot() throws Exception {
    rig.observe("kit/T", 30);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.scheduler.pass(Duration.ofHours(3));
    assertThat(sync.quarantine().all()).isEmpty();
    assertThat(rig.position()).isZero();
  }

  @Test
  void acknowledgementThatComesTooLateIsTrueAllTheSame() throws Exception {
    DestinationSync sync = refusedOnce();
    rig.acknowledge(1, 20);
    assertThat(rig.tally()).isEqualTo(tally(20, 0));
    assertThat(sync.quarantine().all()).isEmpty();
  }

  /** The message said that it covers it, so an acknowledgement of before proves nothing. */
  @Test
  void retryOfOneThatWasCoveredNeedsItsOwnAnswerFirst() throws Exception {
    rig.platform.unspeakable.add(4L);
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.deliverAll();
    assertThat(rig.tally()).isEqualTo(tally(9, 1));
    rig.platform.unspeakable.clear();
    rig.ask(sync, QuarantineTest::retry);
    rig.acknowledge(1, 10);
    assertThat(rig.tally()).isEqualTo(tally(9, 1));
    rig.deliverAll();
    assertThat(rig.tally()).isEqualTo(tally(10, 0));
    assertThat(rig.platform.sent)
        .last()
        .extracting(FakePlatform.Sent::offsets)
        .isEqualTo(List.of(4L));
  }

  @Test
  void platformWithoutReturnPathIsTriedAgainByItsAnswer() throws Exception {
    rig.proof = Proof.ANSWER;
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.refuse(0, "no such table");
    assertThat(rig.tally()).isEqualTo(tally(0, 10));
    rig.ask(sync, QuarantineTest::retry);
    rig.platform.sent.get(1).answer().complete(new Answer.Replied(0, new byte[0]));
    rig.scheduler.runDue();
    assertThat(rig.tally()).isEqualTo(tally(10, 0));
  }

  @Test
  void gapsAreBoundedAndBeyondThatTheFarEndIsToldHowManyItLacks() throws Exception {
    rig.observe("kit/T", 500);
    DestinationSync sync = rig.start();
    rig.connect();
    for (int i = 0; i < rig.platform.sent.size() && i < 45; i++) {
      rig.refuse(i, "no");
    }
    assertThat(sync.quarantine().gaps()).hasSize(Quarantine.MAX_GAPS);
    rig.observeNow("kit/T", 10);
    for (int i = 0; i < 60; i++) {
      for (FakePlatform.Sent message : List.copyOf(rig.platform.sent)) {
        boolean isRefusedAlways = message.covers().first() <= 450 && !message.offsets().isEmpty();
        if (!message.answer().isDone() && isRefusedAlways) {
          message.answer().complete(new Answer.Refused("no", true));
        }
      }
      rig.scheduler.runDue();
      rig.deliverAll();
      rig.scheduler.pass(Duration.ofSeconds(3));
    }
    assertThat(rig.position()).isEqualTo(510);
    assertThat(rig.tally()).isEqualTo(tally(60, 450));
    assertThat(rig.receiver.covered()).containsExactly(new OffsetRange(301, 510));
  }

  private void sayRefused(long first, long last) {
    rig.platform.say("refuse " + rig.journal.epoch() + " " + first + " " + last);
    rig.scheduler.runDue();
  }

  @Test
  void farEndMaySayByItselfThatItRefused() throws Exception {
    rig.observe("kit/T", 20);
    DestinationSync sync = rig.start();
    rig.connect();
    sayRefused(1, 10);
    rig.acknowledge(11, 20);
    assertThat(rig.tally()).isEqualTo(tally(10, 10));
    assertThat(only(sync).why()).isEqualTo("the far end: cannot be read");
  }

  /** It repeats what it refused until it is covered: that says nothing about another attempt. */
  @Test
  void refusalFromBeforeARetryDoesNotEndIt() throws Exception {
    DestinationSync sync = refusedOnce();
    rig.ask(sync, QuarantineTest::retry);
    sayRefused(1, 10);
    assertThat(only(sync).attempts()).isEqualTo(1);
    rig.deliverAll();
    assertThat(rig.tally()).isEqualTo(tally(20, 0));
  }

  /** It was killed between forgetting the entry and telling the far end. */
  @Test
  void gapThatNobodyWillTryAgainIsClosedWhenTheFarEndNamesIt() throws Exception {
    DestinationSync sync = refusedOnce();
    sayRefused(1, 10);
    int before = rig.platform.sent.size(); // control: as long as it is set aside it stays a gap
    rig.ask(
        sync,
        asked -> {
          asked.wishes().discard(only(asked));
          return true;
        });
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(rig.platform.sent).hasSizeGreaterThan(before);
    rig.restart();
    rig.connect();
    assertThat(rig.platform.sent).isEmpty();
    sayRefused(1, 10);
    assertThat(rig.platform.sent).last().extracting(FakePlatform.Sent::dropped).isEqualTo(10L);
    rig.deliverAll();
    assertThat(rig.receiver.covered()).containsExactly(new OffsetRange(1, 20));
  }

  @Test
  void commandsListShowRetryAndDiscard() throws Exception {
    DestinationSync sync = refusedOnce();
    Destinations destinations = new Destinations();
    destinations.add(
        "hub",
        new Destinations.Configured() {
          @Override
          public DestinationSync running() {
            return sync;
          }

          @Override
          public String trouble() {
            return "";
          }
        });
    Map<String, Object> shown = run(destinations, "quarantine show", Map.of("entry", "hub/1"));
    assertThat(shown).containsEntry("covers", "1–10").containsEntry("why", "too large");
    assertThat((List<?>) shown.get("contents")).hasSize(10);
    assertThat(shown.get("contents").toString()).contains("datastream=kit/T");
    assertThat((List<?>) run(destinations, "quarantine list", Map.of()).get("quarantine"))
        .hasSize(1);
    run(destinations, "quarantine discard", Map.of("entry", "hub/1"));
    assertThatThrownBy(() -> run(destinations, "quarantine retry", Map.of("entry", "hub/1")))
        .hasMessage("destination hub has no quarantine entry 1");
  }

  /** Commands wait for the Destination's Scheduler: here another thread steps it meanwhile. */
  private Map<String, Object> run(
      Destinations destinations, String name, Map<String, String> arguments) throws Exception {
    return Stepper.stepping(
        rig.scheduler,
        () ->
            QuarantineCommands.of(destinations).stream()
                .filter(command -> command.name().equals(name))
                .findAny()
                .orElseThrow()
                .run(arguments));
  }
}
