package city.mycelium.driver.lorawan.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.time.Dating;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import city.mycelium.driver.lorawan.internal.region.Region;
import city.mycelium.driver.lorawan.internal.region.SubBand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The duty cycle over a restart: an hour is an hour, whoever counts. In 868.0 to 868.6 MHz it is 36
 * s (ETSI EN 300 220-2, table B.1), and a bare acknowledgement at SF7 takes 41.216 ms: 873 of them.
 */
class AirTimesTest {

  private static final long ANSWER_NANOS = 41_216_000;
  private static final int FULL = 873;

  private final Desk desk = new Desk();
  private final VirtualDevice device = VirtualDevice.abp(1, 0x01020304);
  private final SubBand narrow =
      Region.named("EU868").subBand(Desk.HZ).orElseThrow(); // the one of RX1

  @BeforeEach
  void register() {
    desk.devices.add(device.registered());
  }

  private void answer(int times) {
    for (int i = 0; i < times; i++) {
      desk.hear(device.confirmed("n"));
    }
  }

  /** Whether RX1 is among the windows of the next answer. */
  private boolean hasRx1() {
    desk.north.downlinks.clear();
    desk.hear(device.confirmed("n"));
    List<Downlink> sent = desk.north.downlinks;
    assertThat(sent).as("RX2 has room in any case").hasSize(1);
    return sent.get(0).windows().size() == 2;
  }

  @Test
  void airThatWasUsedStaysUsedOverARestartForAnHour() {
    answer(FULL);
    desk.restartAtOnce();
    assertThat(hasRx1()).isFalse();
    desk.scheduler.pass(Duration.ofMinutes(59));
    assertThat(hasRx1()).isFalse();
    desk.restartAtOnce();
    assertThat(hasRx1()).as("a second restart forgets no more").isFalse();
    desk.scheduler.pass(Duration.ofMinutes(11));
    assertThat(hasRx1()).as("the hour, and what is left of ten minutes, are over").isTrue();
  }

  /** What one process took, the next but one must know as well. */
  @Test
  void manyRestartsForgetNothing() {
    answer(300);
    desk.restartAtOnce();
    answer(300);
    desk.restartAtOnce();
    desk.north.downlinks.clear();
    answer(FULL);
    assertThat(answersInRx1()).isBetween(FULL - 600L - 2 * 16, FULL - 600L);
  }

  private long answersInRx1() {
    return desk.north.downlinks.stream().filter(sent -> sent.windows().size() == 2).count();
  }

  /** Where nobody vouches for the time, the machine's own counting is as good. */
  @Test
  void hourIsOverWithoutATrustedClockToo() {
    desk.clock.setTrusted(false);
    answer(FULL);
    desk.scheduler.pass(Duration.ofMinutes(30));
    desk.restartAtOnce();
    assertThat(hasRx1()).isFalse();
    desk.scheduler.pass(Duration.ofMinutes(40));
    assertThat(hasRx1()).isTrue();
  }

  /** While its counter is being stored, so is the air for the answer: one wait, not two. */
  @Test
  void answerThatIsAskedForWaitsOnceForTheStore() {
    desk.store.isHeld = true;
    desk.hear(device.confirmed("n"));
    desk.store.sync();
    desk.scheduler.runDue();
    assertThat(desk.north.downlinks).hasSize(1);
  }

  @Test
  void anotherConcentratorHasAirOfItsOwn() {
    answer(FULL);
    desk.restartAtOnce();
    desk.hear(device.confirmed("n"), desk.south, 5);
    assertThat(desk.south.downlinks.get(0).windows()).hasSize(2);
  }

  /** A block is 0.5625 s, and the first one has room for an answer with all options: 61.696 ms. */
  @Test
  void restartCostsABlockAndNoMore() {
    answer(1);
    desk.restartAtOnce();
    desk.north.downlinks.clear();
    answer(FULL);
    assertThat(answersInRx1())
        .isEqualTo((36_000_000_000L - 562_500_000 - 61_696_000) / ANSWER_NANOS);
  }

  @Test
  void whatIsSentIsStoredBefore() {
    long[] sent = {0};
    desk.north.says =
        downlink -> {
          sent[0]++;
          assertThat(storedNanos()).isGreaterThanOrEqualTo(sent[0] * ANSWER_NANOS);
          return new Sent.InWindow(0);
        };
    answer(200);
    desk.scheduler.pass(Duration.ofMinutes(10));
    answer(200);
    assertThat(sent[0]).isEqualTo(400);
  }

  @Test
  void fewWritesAreMadeForIt() {
    answer(400);
    long writes =
        desk.store.writes.stream()
            .filter(changes -> changes.get(0).component().equals("lorawan.air"))
            .count();
    assertThat(writes).isBetween(2L, 100L);
  }

  private long storedNanos() {
    StoredAir stored = new StoredAir();
    try {
      for (StateStore.Entry entry : desk.store.scan("lorawan.air", "", 10)) {
        if (entry.key().equals(desk.north.eui() + "/" + narrow.name())) {
          stored.decode(entry.value());
        }
      }
    } catch (JournalException e) {
      throw new AssertionError(e);
    }
    return stored.usedNanos(desk.clock, desk.clock, desk.clock.monotonicNanos());
  }

  /** Whoever sets the wall clock must not be able to give air away. */
  @Test
  void wallClockThatLeapsFreesNothing() {
    answer(FULL);
    desk.clock.setWall("2026-11-26T18:00:00Z");
    desk.restartAtOnce();
    assertThat(hasRx1()).isFalse();
    desk.clock.setWall("2026-11-20T18:00:00Z");
    desk.restartAtOnce();
    assertThat(hasRx1()).isFalse();
    desk.scheduler.pass(Duration.ofMinutes(70));
    assertThat(hasRx1()).as("nor does it take any").isTrue();
  }

  @Test
  void afterAStartOfTheMachineAllCountsForAnHourWhileTheTimeIsNotTrusted() {
    answer(FULL);
    desk.clock.setTrusted(false);
    desk.clock.setWall("2026-11-26T18:00:00Z");
    desk.clock.reboot("second-boot");
    desk.restartAtOnce();
    desk.scheduler.pass(Duration.ofMinutes(59));
    assertThat(hasRx1()).isFalse();
    desk.scheduler.pass(Duration.ofMinutes(1));
    assertThat(hasRx1()).isTrue();
  }

  @Test
  void afterAStartOfTheMachineATrustedClockTellsWhatIsOver() {
    long began = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
    answer(FULL);
    desk.clock.dateEarlier(
        "first-boot", moment -> new Dating.At(began + moment.monotonicNanos() / 1_000_000));
    desk.clock.setTrusted(false);
    desk.clock.reboot("second-boot");
    desk.clock.setWall("2026-11-26T18:00:00Z");
    desk.restartAtOnce();
    assertThat(hasRx1()).as("nobody vouches for the time").isFalse();
    desk.clock.setWall("2026-11-26T13:09:00Z");
    desk.clock.setTrusted(true);
    assertThat(hasRx1()).as("69 minutes after the beginning of ten").isFalse();
    desk.clock.setWall("2026-11-26T13:11:00Z");
    assertThat(hasRx1()).isTrue();
  }

  /** Of a start whose end is all that is known, that end counts. */
  @Test
  void latestTimeThatItMayHaveBeenCounts() {
    answer(FULL);
    long latest = Instant.parse("2026-11-26T14:00:00Z").toEpochMilli();
    desk.clock.dateEarlier("first-boot", moment -> new Dating.Within(0, latest));
    desk.clock.reboot("second-boot");
    desk.clock.setWall("2026-11-26T14:59:00Z");
    desk.restartAtOnce();
    assertThat(hasRx1()).isFalse();
    desk.clock.setWall("2026-11-26T15:00:00Z");
    assertThat(hasRx1()).isTrue();
  }

  @Test
  void whatCannotBeReadCountsAsAllOfTheHour() {
    desk.store.write(List.of(Memory.air(desk.north.eui(), narrow.name(), new byte[] {9, 9})));
    desk.restartAtOnce();
    assertThat(hasRx1()).isFalse();
    desk.scheduler.pass(Duration.ofHours(1));
    assertThat(hasRx1()).isTrue();
  }

  @Test
  void whatIsOverIsRemoved() throws JournalException {
    answer(1);
    assertThat(desk.store.scan("lorawan.air", "", 10)).hasSize(2);
    desk.restart(); // two hours later
    assertThat(desk.store.scan("lorawan.air", "", 10)).isEmpty();
  }

  /** The status is asked for by us: nothing has stored air for that ahead. */
  @Test
  void storeThatIsSlowLeavesWhatWindowsThereAre() {
    slowBy(Duration.ofMillis(950));
    assertThat(desk.north.downlinks.get(0).windows())
        .extracting(Downlink.Window::delay)
        .containsExactly(Duration.ofSeconds(2));
    assertThat(desk.snapshot().downlinks()).isEqualTo(1);
  }

  @Test
  void storeThatIsTooSlowLeavesNone() {
    slowBy(Duration.ofMillis(1950));
    assertThat(desk.north.downlinks).isEmpty();
    assertThat(desk.snapshot().tooLate()).isEqualTo(1);
    answer(FULL + 1);
    assertThat(answersInRx1()).as("what was taken for it is given back").isEqualTo(FULL);
  }

  private void slowBy(Duration time) {
    desk.with(desk.settings.withAskStatusEvery(Duration.ofHours(24)));
    desk.store.isHeld = true;
    desk.hear(device.unconfirmed("n"));
    desk.store.sync(); // its counter
    desk.scheduler.runDue();
    assertThat(desk.north.downlinks).as("its air is not stored yet").isEmpty();
    desk.scheduler.pass(time);
    desk.store.isHeld = false;
    desk.store.sync();
    desk.scheduler.runDue();
  }

  /** And the next frame is asked for anew. */
  @Test
  void airThatCannotBeStoredIsNotUsed() {
    AirTimes air = new AirTimes(desk.clock, desk.clock, desk.scheduler, new Memory(desk.store));
    Eui by = desk.north.eui();
    desk.store.isBroken = true;
    air.reserve(by, narrow, Duration.ofMillis(50));
    CompletableFuture<Void> kept = air.keep(by, narrow, Duration.ZERO);
    desk.scheduler.runDue();
    assertThat(kept).isCompletedExceptionally();
    desk.store.isBroken = false;
    CompletableFuture<Void> again = air.keep(by, narrow, Duration.ZERO);
    assertThat(again).isNotDone();
    desk.scheduler.runDue();
    assertThat(again).isCompleted();
    assertThat(air.keep(by, narrow, Duration.ZERO)).as("nothing is new").isCompleted();
  }

  /** Where nothing is limited there is nothing to remember. */
  @Test
  void nothingIsStoredWhereAllOfTheHourMayBeUsed() {
    AirTimes air = new AirTimes(desk.clock, desk.clock, desk.scheduler, new Memory(desk.store));
    SubBand free = Region.named("US915").subBand(923_300_000L).orElseThrow();
    int before = desk.store.writes.size();
    assertThat(air.keep(desk.north.eui(), free, Duration.ofSeconds(1))).isCompleted();
    assertThat(desk.store.writes.subList(before, desk.store.writes.size()))
        .isEqualTo(List.<List<StateChange>>of());
  }
}
