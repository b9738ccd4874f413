package city.mycelium.driver.modbus.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

  private static final Question REGISTERS = new Question(3, 0x6B, 3, "holding register 0x006B");

  // The examples of Application Protocol V1.1b3, 6.3 and 6.2.
  @Test
  void theExamplesOfTheStandard() throws Exception {
    assertThat(HexFormat.of().formatHex(REGISTERS.pdu())).isEqualTo("03006b0003");
    assertThat(HexFormat.of().formatHex(REGISTERS.data(bytes("0306022B00000064"))))
        .isEqualTo("022b00000064");
    Question bits = new Question(2, 0xC4, 22, "discrete bit 0x00C4");
    assertThat(HexFormat.of().formatHex(bits.pdu())).isEqualTo("0200c40016");
    assertThat(HexFormat.of().formatHex(bits.data(bytes("0203ACDB35")))).isEqualTo("acdb35");
  }

  @ParameterizedTest
  @CsvSource({
    "01, CONFIG, is it another model?",
    "02, CONFIG, the device has no holding register 0x006B (Modbus exception 2)",
    "03, CONFIG, lower maxRegisters",
    "04, CORRUPT, it is broken",
    "05, UNREACHABLE, busy",
    "06, UNREACHABLE, busy",
    "08, CORRUPT, it is broken",
    "0A, UNREACHABLE, no way to this unit",
    "0B, UNREACHABLE, the device behind it does not answer",
    "55, CORRUPT, refuses to tell",
  })
  void aRefusalIsSaidInWords(String code, DeviceState state, String says) {
    assertThatThrownBy(() -> REGISTERS.data(bytes("83" + code)))
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(says);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
