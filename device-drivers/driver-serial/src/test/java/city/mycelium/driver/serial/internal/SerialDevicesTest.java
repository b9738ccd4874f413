package city.mycelium.driver.serial.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.serial.internal.device.SerialDevice;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SerialDevicesTest {

  @Test
  void eachKindHasItsOwnInterval() {
    assertThat(make("sds011", "", "FFFF", 0).timetable().cycle()).isEqualTo(Duration.ofMinutes(2));
    assertThat(make("gnss", "", "FFFF", 0).timetable().cycle()).isEqualTo(Duration.ofMinutes(1));
    assertThat(make("gnss", "", "FFFF", 5).timetable().cycle()).isEqualTo(Duration.ofSeconds(5));
  }

  // The laser is spared unless somebody says otherwise.
  @Test
  void anSds011RestsBetweenResultsUnlessToldOtherwise() {
    assertThat(make("sds011", "", "FFFF", 0).timetable().farewell()).hasSize(1);
    assertThat(make("sds011", "duty", "FFFF", 0).timetable().farewell()).hasSize(1);
    assertThat(make("sds011", "active", "FFFF", 0).timetable().farewell()).isEmpty();
    assertThat(make("sds011", "query", "FFFF", 0).timetable().farewell()).isEmpty();
  }

  // The last two data bytes of a command.
  @Test
  void commandsGoToTheChipThatIsConfigured() {
    byte[] command = make("sds011", "", "a160", 0).timetable().opening().get(0).words();

    assertThat(Arrays.copyOfRange(command, 15, 17)).containsExactly(0xA1, 0x60);
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefusedInWords() {
    assertThatThrownBy(() -> make("sds012", "", "FFFF", 0)).hasMessageContaining("sds011 or gnss");
    assertThatThrownBy(() -> make("sds011", "fast", "FFFF", 0))
        .hasMessageContaining("duty, active or query");
    assertThatThrownBy(() -> make("sds011", "", "A16", 0)).hasMessageContaining("such as A160");
    assertThatThrownBy(() -> make("sds011", "", "A16G", 0)).hasMessageContaining("such as A160");
    assertThatThrownBy(() -> make("gnss", "active", "FFFF", 0))
        .hasMessageContaining("leave it empty");
  }

  private static SerialDevice<?> make(String kind, String mode, String chip, int seconds) {
    return SerialDevices.make(
        kind,
        new SerialDevices.Settings(
            new DeviceId("device.1"),
            mode,
            chip,
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(30)));
  }
}
