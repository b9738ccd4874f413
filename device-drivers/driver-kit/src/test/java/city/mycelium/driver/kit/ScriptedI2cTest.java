package city.mycelium.driver.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptedI2cTest {

  /** A chip such as an I/O expander, or a hygrometer with a status, is read without a command. */
  @Test
  void saysUntoldWhatItHasToSayWheneverNoAnswerIsDue() throws Exception {
    ScriptedI2c chip =
        new ScriptedI2c().untold("1C").answers("AC", Duration.ofMillis(80), "1C 80 4E");

    assertThat(chip.read(1)).containsExactly(0x1C);
    chip.write(0xAC);
    assertThat(chip.read(3)).as("too early").containsExactly(0x1C, 0xFF, 0xFF);
    chip.pause(Duration.ofMillis(80));
    assertThat(chip.read(3)).containsExactly(0x1C, 0x80, 0x4E);
    assertThat(chip.read(1)).as("once more").containsExactly(0x1C);
    assertThat(chip.transfers()).extracting(Transfer::said).containsExactly("", "AC", "", "AC", "");
  }

  /** The control: without it, a read too early or once more is not acknowledged. */
  @Test
  void saysNothingUntoldOtherwise() throws Exception {
    ScriptedI2c chip = new ScriptedI2c().answers("AC", Duration.ofMillis(80), "1C");

    chip.write(0xAC);
    assertThatThrownBy(() -> chip.read(1)).isInstanceOf(DeviceException.class);
    chip.pause(Duration.ofMillis(80));
    assertThat(chip.read(1)).containsExactly(0x1C);
    assertThatThrownBy(() -> chip.read(1)).isInstanceOf(DeviceException.class);
  }

  @Test
  void aReadThatTheScriptHasNoAnswerForSaysHowToGiveOne() {
    assertThatThrownBy(() -> new ScriptedI2c().read(1)).hasMessageContaining("untold(");
  }
}
