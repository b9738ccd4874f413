package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.OffsetRange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private final Rig rig = new Rig();

  @Test
  void newDestinationIsGivenAllOfIt() {
    rig.observe("kit/T", 30);
    rig.start();
    rig.connect();
    assertThat(rig.platform.offsetsSent()).hasSize(30);
  }

  @Test
  void orNoneOfItAndItIsTalliedAsUnselected() throws Exception {
    rig.history = Start.NONE;
    rig.observe("kit/T", 25_000);
    rig.start();
    rig.connect();
    rig.observeNow("kit/T", 10);
    assertThat(rig.platform.offsetsSent()).hasSize(10).startsWith(25_001L);
    rig.deliverAll();
    assertThat(rig.position()).isEqualTo(25_010);
    assertThat(rig.tally()).isEqualTo(Tally.unselected(25_000).plus(Tally.delivered(10)));
  }

  @Test
  void orWhatWasReceivedSinceAnInstant() throws Exception {
    rig.observe("kit/T", 20);
    rig.clock.leap(Duration.ofHours(1));
    rig.observe("kit/T", 20);
    rig.history = Start.of("2026-11-23T13:00:00Z");
    rig.start();
    rig.connect();
    rig.deliverAll();
    assertThat(rig.platform.offsetsSent()).hasSize(20).startsWith(21L);
    assertThat(rig.tally().unselected()).isEqualTo(20);
  }

  @Test
  void whatItDoesNotGetIsCoveredInOneMessageWhenTheFarEndAsks() {
    rig.history = Start.NONE;
    rig.observe("kit/T", 5_000);
    rig.start();
    rig.connect();
    rig.observeNow("kit/T", 10);
    rig.deliverAll();
    assertThat(rig.covers())
        .containsExactly(new OffsetRange(5_001, 5_010), new OffsetRange(1, 5_000));
    assertThat(rig.platform.sent.get(1).offsets()).isEmpty();
    assertThat(rig.platform.sent.get(1).dropped()).isZero();
    assertThat(rig.receiver.covered()).containsExactly(new OffsetRange(1, 5_010));
  }

  @Test
  void whereItBeginsIsDecidedOnce() throws Exception {
    rig.history = Start.NONE;
    rig.observe("kit/T", 30);
    rig.start();
    rig.connect();
    rig.observe("kit/T", 10); // before anybody has looked
    rig.restart();
    rig.connect();
    assertThat(rig.platform.offsetsSent()).hasSize(10).startsWith(31L);
  }

  /** Otherwise a kill could decide it a second time, and differently. */
  @Test
  void nothingGoesBeforeTheBeginningIsOnTheMedium() {
    rig.observe("kit/T", 10);
    rig.journal.setFull(true);
    rig.start();
    rig.connect();
    assertThat(rig.platform.sent).isEmpty();
    rig.journal.setFull(false);
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(rig.platform.offsetsSent()).contains(1L, 10L);
  }

  @Test
  void replaySendsAgainWhatHasBeenPassedAndCountsNothingTwice() throws Exception {
    rig.observe("kit/T", 100);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.deliverAll();
    int before = rig.platform.sent.size();
    OffsetRange range = rig.ask(sync, asked -> asked.wishes().replay(new OffsetRange(31, 500)));
    assertThat(range).isEqualTo(new OffsetRange(31, 100));
    rig.deliverAll();
    assertThat(rig.covers().subList(before, rig.covers().size()))
        .startsWith(new OffsetRange(31, 40))
        .endsWith(new OffsetRange(91, 100))
        .hasSize(7);
    assertThat(rig.tally()).isEqualTo(Tally.delivered(100));
    assertThat(sync.replay().isUnderWay()).isFalse();
  }

  @Test
  void replayIsJudgedAsConsentStandsNow() throws Exception {
    rig.observe("kit/T", 10);
    rig.house.keptBack.add("kit/T");
    DestinationSync sync = rig.start();
    rig.connect();
    rig.deliverAll();
    assertThat(rig.receiver.stored).isEmpty();
    rig.house.keptBack.clear();
    rig.ask(sync, asked -> asked.wishes().replay(new OffsetRange(1, 10)));
    rig.deliverAll();
    assertThat(rig.receiver.stored).hasSize(10);
    assertThat(rig.tally()).isEqualTo(Tally.withheld(10)); // final for the ledger
  }

  @Test
  void replayWaitsWhileLiveDataFillsTheLine() throws Exception {
    rig.observe("kit/T", 20);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.deliverAll();
    rig.observeNow("kit/T", 1_000);
    rig.ask(sync, asked -> asked.wishes().replay(new OffsetRange(1, 20)));
    assertThat(rig.covers().stream().filter(covers -> covers.first() <= 20)).hasSize(2);
    rig.deliverAll();
    assertThat(rig.covers().stream().filter(covers -> covers.first() <= 20)).hasSize(4);
  }

  @Test
  void replayGoesOnAfterAKill() throws Exception {
    rig.observe("kit/T", 100);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.deliverAll();
    rig.ask(sync, asked -> asked.wishes().replay(new OffsetRange(1, 100)));
    rig.scheduler.pass(Duration.ofSeconds(2));
    rig.restart();
    rig.connect();
    rig.scheduler.pass(Duration.ofSeconds(2));
    rig.deliverAll();
    assertThat(rig.platform.offsetsSent()).hasSize(100);
  }

  @Test
  void secondReplayIsRefusedInWordsWhileOneIsUnderWay() throws Exception {
    rig.observe("kit/T", 100);
    DestinationSync sync = rig.start();
    rig.connect();
    rig.deliverAll();
    rig.ask(sync, asked -> asked.wishes().replay(new OffsetRange(1, 100)));
    assertThatThrownBy(() -> rig.ask(sync, asked -> asked.wishes().replay(new OffsetRange(1, 100))))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("1–100 to go");
  }
}
