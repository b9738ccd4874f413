package city.mycelium.driver.i2c.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.internal.PollingHost;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the real native library of this machine, on a bus that no machine has. */
class I2cDriverComponentTest {

  private static final DeviceId FRONT = new DeviceId("air.front");

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingBoard board = new RecordingBoard();
  private final I2cBuses buses = new I2cBuses();

  @Test
  void aConfiguredChipIsServedUntilItIsConfiguredNoMore() {
    ChipCatalogue catalogue = new ChipCatalogue();
    catalogue.addChip(new TestChip("thermo", 0x48));
    I2cDriverComponent component =
        new I2cDriverComponent(
            new Configured(),
            Map.of("bus", "/dev/i2c-987", "type", "thermo", "service.pid", "x", "offset", "1"),
            catalogue,
            buses,
            new PollingHost(
                new RecordingIntake(), clock, scheduler, Runnable::run, board, FrameTap.NOBODY),
            board,
            clock,
            scheduler);
    assertThat(buses.means()).as("no library is loaded by a configuration").startsWith("none yet");

    scheduler.pass(Duration.ofSeconds(10));

    assertThat(board.state(FRONT)).isEqualTo(DeviceState.UNREACHABLE);
    assertThat(board.lines(FRONT).get(0)).contains("the bus /dev/i2c-987 is not there");
    component.deactivate();
    assertThat(board.isServed(FRONT)).isFalse();
  }

  /** What OSGi makes of a configuration. */
  private record Configured() implements I2cDriverComponent.Config {

    @Override
    public String bus() {
      return "/dev/i2c-987";
    }

    @Override
    public String address() {
      return "";
    }

    @Override
    public String type() {
      return "thermo";
    }

    @Override
    public String deviceId() {
      return "air.front";
    }

    @Override
    public int intervalSeconds() {
      return 0;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return I2cDriverComponent.Config.class;
    }
  }
}
