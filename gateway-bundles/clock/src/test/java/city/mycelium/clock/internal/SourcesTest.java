package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.LeapingClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd-timesyncd and devices; chrony has a test of its own. */
class SourcesTest {

  private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();

  private final LeapingClock machine = LeapingClock.at("2026-11-23T12:00:00Z");

  // --- timesyncd

  @Test
  void timesyncdThatHasSynchronisedVouchesForTheWallClock(@TempDir Path run) throws Exception {
    Timesyncd timesyncd = new Timesyncd(machine, touched(run, NOON - 60_000));

    TimeSource.Vouches vouches = (TimeSource.Vouches) timesyncd.ask();
    assertThat(vouches.epochMillis()).isEqualTo(NOON);
    assertThat(vouches.uncertaintyMillis()).isEqualTo(5_400);
  }

  @Test
  void timesyncdThatHasNotSynchronisedSinceTheStartVouchesForNothing(@TempDir Path run) {
    assertThat(new Timesyncd(machine, run.resolve("synchronized")).ask())
        .isInstanceOf(TimeSource.Silent.class);
  }

  // Two of its longest intervals, 2 x 2048 s.
  @Test
  void whatIsOlderThanTwoIntervalsSaysNothing(@TempDir Path run) throws Exception {
    assertThat(new Timesyncd(machine, touched(run, NOON - 4_096_001)).ask())
        .isInstanceOf(TimeSource.Silent.class);
    assertThat(new Timesyncd(machine, touched(run, NOON - 4_096_000)).ask())
        .isInstanceOf(TimeSource.Vouches.class);
  }

  @Test
  void aSynchronisationInTheFutureSaysNothing(@TempDir Path run) throws Exception {
    assertThat(new Timesyncd(machine, touched(run, NOON + 1_101)).ask())
        .isInstanceOf(TimeSource.Silent.class);
  }

  // Somebody says `date --set`: the file is still there, and still young.
  @Test
  void whatWasSynchronisedBeforeTheClockWasSetSaysNothingUntilItIsAgain(@TempDir Path run)
      throws Exception {
    Timesyncd timesyncd = new Timesyncd(machine, touched(run, NOON - 60_000));
    assertThat(timesyncd.ask()).isInstanceOf(TimeSource.Vouches.class);
    machine.setWall("2026-11-23T12:10:00Z");
    assertThat(timesyncd.ask()).isInstanceOf(TimeSource.Silent.class);
    machine.leap(Duration.ofMinutes(10));
    assertThat(timesyncd.ask()).isInstanceOf(TimeSource.Silent.class);

    machine.setWall("2026-11-23T12:10:00Z"); // by timesyncd, which touches its file then
    touched(run, machine.epochMillis());

    assertThat(timesyncd.ask()).isInstanceOf(TimeSource.Vouches.class);
  }

  private static Path touched(Path run, long at) throws Exception {
    Path file = run.resolve("synchronized");
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    return Files.setLastModifiedTime(file, FileTime.fromMillis(at));
  }

  // --- devices

  @Test
  void aDeviceIsBelievedWhenItHasToldTheTimeTwice() {
    Signals signals = new Signals(machine, () -> Boots.EARLIEST);
    assertThat(signals.ask()).isInstanceOf(TimeSource.Silent.class);
    tell(signals, NOON + 500_000);
    assertThat(signals.ask()).isInstanceOf(TimeSource.Silent.class);
    machine.leap(Duration.ofSeconds(1));
    tell(signals, NOON + 501_000);
    machine.leap(Duration.ofSeconds(2));

    TimeSource.Vouches vouches = (TimeSource.Vouches) signals.ask();
    assertThat(vouches.epochMillis()).isEqualTo(NOON + 503_000);
    assertThat(vouches.uncertaintyMillis()).isBetween(551L, 553L);
    assertThat(signals.name()).isEqualTo("gnss");
  }

  @Test
  void aDeviceThatContradictsItselfIsNotBelieved() {
    Signals signals = new Signals(machine, () -> Boots.EARLIEST);
    tell(signals, NOON);
    machine.leap(Duration.ofSeconds(1));
    tell(signals, NOON + 1_000);
    machine.leap(Duration.ofSeconds(1));
    tell(signals, NOON - 86_400_000);
    assertThat(signals.ask()).isInstanceOf(TimeSource.Silent.class);
    machine.leap(Duration.ofSeconds(1));
    tell(signals, NOON + 3_000);
    assertThat(signals.ask()).isInstanceOf(TimeSource.Silent.class);
    machine.leap(Duration.ofSeconds(1));
    tell(signals, NOON + 4_000);
    assertThat(signals.ask()).isInstanceOf(TimeSource.Vouches.class);
  }

  @Test
  void aDeviceThatIsGoneSaysNothing() {
    Signals signals = new Signals(machine, () -> Boots.EARLIEST);
    tell(signals, NOON);
    tell(signals, NOON);
    machine.leap(Duration.ofMinutes(5));
    assertThat(signals.ask()).isInstanceOf(TimeSource.Vouches.class);
    machine.leap(Duration.ofSeconds(1));
    assertThat(signals.ask()).isInstanceOf(TimeSource.Silent.class);
  }

  // The week counter of old firmware goes round after 1024 weeks.
  @Test
  void aDeviceThatTellsATimeThatHasBeenIsNotBelieved() {
    Signals signals = new Signals(machine, () -> NOON);
    tell(signals, NOON - 1024L * 7 * 86_400_000);
    tell(signals, NOON - 1024L * 7 * 86_400_000);

    assertThat(((TimeSource.Silent) signals.ask()).why()).contains("firmware may be too old");
  }

  private void tell(Signals signals, long epochMillis) {
    signals.heard("gnss", epochMillis, 550, machine.monotonicNanos());
  }
}
