package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.OffsetRange;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final Rig rig = new Rig();

  @Test
  void alarmOvertakesABacklogAndIsNotSentAgainWithIt() throws Exception {
    rig.urgent = List.of("*/alarm");
    rig.observe("kit/T", 200);
    rig.start();
    rig.connect();
    rig.observeNow("kit/alarm", 1);
    assertThat(rig.covers()).hasSize(6).endsWith(new OffsetRange(201, 201));
    rig.deliverAll();
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(rig.position()).isEqualTo(201);
    assertThat(rig.platform.offsetsSent()).doesNotHaveDuplicates().hasSize(201);
  }

  @Test
  void withoutABacklogAnAlarmTakesAlongWhatWaitsBeforeIt() {
    rig.urgent = List.of("*/alarm");
    rig.start();
    rig.connect();
    rig.observeNow("kit/T", 3);
    assertThat(rig.covers()).isEmpty(); // it lingers
    rig.observeNow("kit/alarm", 1);
    assertThat(rig.covers()).containsExactly(new OffsetRange(1, 4));
  }

  @Test
  void whatIsNotUrgentWaitsItsTurn() {
    rig.urgent = List.of("*/alarm");
    rig.observe("kit/T", 200);
    rig.start();
    rig.connect();
    rig.observeNow("kit/T", 1);
    assertThat(rig.covers()).hasSize(5);
  }

  @Test
  void alarmIsWithheldLikeAnythingElse() {
    rig.urgent = List.of("*/alarm");
    rig.house.keptBack.add("kit/alarm");
    rig.observe("kit/T", 200);
    rig.start();
    rig.connect();
    rig.observeNow("kit/alarm", 1);
    rig.deliverAll();
    assertThat(rig.platform.offsetsSent()).contains(200L).doesNotContain(201L);
  }

  @Test
  void newestFirstBeginsWithWhatIsHappeningNow() throws Exception {
    rig.order = Order.NEWEST_FIRST;
    rig.observe("kit/T", 100);
    rig.start();
    rig.connect();
    assertThat(rig.covers().subList(0, 2))
        .containsExactly(new OffsetRange(91, 100), new OffsetRange(81, 90));
    rig.observeNow("kit/T", 10);
    rig.acknowledge(91, 100);
    assertThat(rig.covers()).endsWith(new OffsetRange(101, 110));
    rig.deliverAll();
    assertThat(rig.position()).isEqualTo(110);
    assertThat(rig.platform.offsetsSent()).doesNotHaveDuplicates();
  }

  @Test
  void whatLandedAheadIsNotSentAgainAfterAKill() throws Exception {
    rig.order = Order.NEWEST_FIRST;
    rig.observe("kit/T", 100);
    rig.start();
    rig.connect();
    rig.acknowledge(71, 100);
    rig.scheduler.pass(Duration.ofSeconds(2)); // written down by then
    assertThat(rig.position()).isZero();
    rig.restart();
    rig.connect();
    assertThat(rig.platform.offsetsSent()).isNotEmpty().allMatch(offset -> offset <= 70);
    rig.deliverAll();
    assertThat(rig.position()).isEqualTo(100);
    assertThat(rig.tally().delivered()).isEqualTo(100); // with the sheets of before the kill
    assertThat(rig.journal.state().scan(Landed.STATE, "", 10)).isEmpty();
  }

  @Test
  void piecesThatTouchAreKeptAsOne() throws Exception {
    rig.order = Order.NEWEST_FIRST;
    rig.observe("kit/T", 100);
    rig.start();
    rig.connect();
    rig.acknowledge(91, 100);
    rig.scheduler.pass(Duration.ofSeconds(2));
    rig.acknowledge(81, 90);
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(rig.journal.state().scan(Landed.STATE, "", 10)).hasSize(1);
    DestinationSync sync = rig.restart();
    rig.scheduler.runDue();
    assertThat(sync.progress().ahead()).containsExactly(new OffsetRange(81, 100));
  }

  /** An acknowledgement tells 100 ranges: alarms in a long backlog must not use them up. */
  @Test
  void manyAlarmsInABacklogGoAtOnceButLeaveABoundedNumberOfPieces() throws Exception {
    rig.urgent = List.of("*/alarm");
    rig.observe("kit/T", 100);
    DestinationSync sync = rig.start();
    rig.connect();
    for (int i = 0; i < 60; i++) {
      rig.observe("kit/T", 30);
      rig.observeNow("kit/alarm", 1);
      long alarm = rig.journal.lastOffset();
      assertThat(rig.platform.offsetsSent()).contains(alarm);
      rig.acknowledge(alarm, alarm);
    }
    assertThat(sync.progress().ahead()).hasSize(Sending.MAX_ISLANDS);
    rig.deliverAll();
    rig.scheduler.pass(Rig.MINUTE); // the last batch is not full
    rig.deliverAll();
    assertThat(rig.position()).isEqualTo(rig.journal.lastOffset());
    assertThat(rig.tally().delivered()).isEqualTo(rig.journal.lastOffset());
  }

  @Test
  void alarmsWithoutProofAreFew() {
    rig.urgent = List.of("*/alarm");
    rig.observe("kit/T", 100);
    rig.start();
    rig.connect();
    for (int i = 0; i < 20; i++) {
      rig.observe("kit/T", 30);
      rig.observeNow("kit/alarm", 1);
    }
    assertThat(rig.covers()).hasSize(5 + 8);
    rig.acknowledge(131, 131); // one is proven, and the next goes
    assertThat(rig.covers()).hasSize(5 + 9);
  }

  @Test
  void backlogOfAnySizeIsHeldInAWindow() {
    rig.observe("kit/T", 50_000);
    DestinationSync sync = rig.start();
    rig.connect();
    assertThat(sync.flights().all()).hasSize(5);
    assertThat(sync.flights().all().stream().mapToInt(Flight::outgoing).sum()).isEqualTo(50);
  }

  @Test
  void urgentDataThatCannotGoIsRememberedUpToALimit() {
    rig.urgent = List.of("*/alarm");
    DestinationSync sync = rig.start();
    rig.scheduler.runDue();
    rig.observeNow("kit/alarm", 3_000);
    assertThat(sync.urgent().waiting()).isEqualTo(Urgent.MOST_WAITING);
    rig.connect();
    rig.deliverAll(); // the others went in their turn
    assertThat(rig.platform.offsetsSent())
        .containsAll(LongStream.rangeClosed(1, 3_000).boxed().toList());
  }
}
