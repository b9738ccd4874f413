package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Crc8Test {

  /** Data sheet SHT3x-DIS, table 20: CRC (0xBEEF) = 0x92. */
  @Test
  void isThatOfSensirionsChips() {
    assertThat(Crc8.of(new int[] {0xBE, 0xEF}, 0, 2)).isEqualTo(0x92);
  }

  /** What an AHT20 was seen to answer: github.com/bilbobg/aht20, README.md, sample output. */
  @Test
  void isThatOfOthersToo() {
    int[] answer = {0x1C, 0x3B, 0x5E, 0x86, 0x88, 0xB2, 0xD2};

    assertThat(Crc8.of(answer, 0, 6)).isEqualTo(answer[6]);
    assertThat(Crc8.of(answer, 1, 6)).as("control").isNotEqualTo(answer[6]);
  }
}
