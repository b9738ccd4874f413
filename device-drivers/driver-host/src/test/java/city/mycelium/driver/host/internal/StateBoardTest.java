package city.mycelium.driver.host.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceState;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class StateBoardTest {

  private static final DeviceId ROOF = new DeviceId("chip.roof");

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final RecordingLogger log = new RecordingLogger();
  private final StateBoard board = new StateBoard(clock, log);
  private final DeviceBoard.Entry roof = board.enter(ROOF, "/dev/i2c-1 0x44");

  @Test
  void troubleIsLoggedWhenItBeginsAndWhenItEnds() {
    roof.report(DeviceState.UNREACHABLE, "nothing answers");
    roof.report(DeviceState.UNREACHABLE, "nothing answers");
    roof.report(DeviceState.OK, "it gives results");
    roof.report(DeviceState.OK, "it gives results");

    assertThat(log.messages(Level.WARN))
        .containsExactly("chip.roof at /dev/i2c-1 0x44: nothing answers");
    assertThat(log.messages(Level.INFO))
        .containsExactly("chip.roof at /dev/i2c-1 0x44: it gives results");
  }

  // Whoever reads the list wants to know how long it has been so, not when it was last said.
  @Test
  void aStateKeepsTheTimeOfItsBeginning() {
    roof.report(DeviceState.UNREACHABLE, "nothing answers");
    clock.leap(Duration.ofHours(1));
    roof.report(DeviceState.UNREACHABLE, "still nothing");

    assertThat(row())
        .containsEntry("status", "UNREACHABLE")
        .containsEntry("reason", "still nothing")
        .containsEntry("since", "2026-11-23T12:00:00Z");
  }

  @Test
  void aDevicesOwnTroubleStandsBeforeThatOfHandingOver() {
    roof.report(DeviceState.OK, "it gives results");
    roof.handedOver(DeviceState.STUCK, "the disk is full");
    assertThat(row()).containsEntry("status", "STUCK");

    roof.report(DeviceState.CORRUPT, "the CRC is wrong");
    assertThat(row()).containsEntry("status", "CORRUPT");

    roof.report(DeviceState.OK, "it gives results");
    roof.handedOver(DeviceState.OK, "taken again");
    assertThat(row()).containsEntry("status", "OK");
  }

  @Test
  void healthTellsWhoNeedsSomebody() {
    roof.report(DeviceState.WARMING_UP, "it warms up");
    assertThat(new HealthCommand(board).run(Map.of()))
        .containsEntry("healthy", true)
        .containsEntry("devices", 1L);

    roof.report(DeviceState.CONFIG, "this is another chip");
    Map<String, Object> answer = new HealthCommand(board).run(Map.of());
    assertThat(answer).containsEntry("healthy", false);
    assertThat(answer.get("unwell"))
        .isEqualTo(
            List.of(
                Map.of(
                    "device", "chip.roof",
                    "at", "/dev/i2c-1 0x44",
                    "status", "CONFIG",
                    "since", "2026-11-23T12:00:00Z",
                    "reason", "this is another chip")));
  }

  @Test
  void twoConfigurationsForOneDeviceAreRefusedInWords() {
    assertThatThrownBy(() -> board.enter(ROOF, "/dev/ttyUSB0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/dev/i2c-1 0x44")
        .hasMessageContaining("/dev/ttyUSB0");
  }

  @Test
  void aDeviceThatLeftMayComeBack() {
    roof.close();
    assertThat(board.devices()).isEmpty();

    DeviceBoard.Entry again = board.enter(ROOF, "/dev/i2c-2 0x44");
    roof.close(); // twice, and not the new one's place
    assertThat(board.devices()).containsKey(ROOF);
    again.close();
    assertThat(board.devices()).isEmpty();
  }

  private Map<String, Object> row() {
    return board.devices().getOrDefault(ROOF, Map.of());
  }
}
