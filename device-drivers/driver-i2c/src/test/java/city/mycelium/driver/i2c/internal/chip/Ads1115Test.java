package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Configuration by the fields of data sheet SBAS444, 8.6.3: OS 1, MUX 100 (A0), PGA 001 (4.096 V),
 * MODE 1, DR 000 (8/s), COMP_QUE 11: 1 100 001 1 000 00011 = 0xC303. A code is worth full scale /
 * 2^15 (8.3.3): 0x4000 is 2048 mV at 4.096 V.
 */
class Ads1115Test implements I2cChipContract {

  @Override
  public I2cChip kind() {
    return new Ads1115();
  }

  @Override
  public ScriptedI2c healthy() {
    ScriptedI2c chip = new ScriptedI2c();
    converts(chip, "C3 03", "40 00");
    converts(chip, "D3 03", "00 01");
    converts(chip, "E3 03", "FF F8");
    converts(chip, "F3 03", "1F 40");
    return chip;
  }

  /** A converter that, so configured, gives a code. */
  public static void converts(ScriptedI2c chip, String config, String code) {
    chip.mayTake("01 " + config, () -> chip.mayAnswer("01", config).mayAnswer("00", code));
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("A0", 2048, 0)
        .number("A1", 0.125, 0)
        .number("A2", -1, 0)
        .number("A3", 1000, 0);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except("the configuration is read back; data has no checksum", "00");
  }

  @Override
  public Set<String> outputsNotGiven() {
    return Set.of("A0-A1", "A0-A3", "A1-A3", "A2-A3");
  }

  /** 8.6.3: the register after a reset is 0x8583: A0-A1, 2.048 V, 128/s. */
  @ParameterizedTest
  @CsvSource({
    "A0-A1, 2048, 128, 85 83, 4000, 1024",
    "A2-A3, 6144, 8, B1 03, 4000, 3072",
    "A3, 256, 860, FB E3, C000, -128",
    "A1-A3, 512, 250, A9 A3, 0001, 0.015625",
  })
  void measuresWhatItIsToldTo(
      String input, String range, String rate, String config, String code, double millivolts)
      throws DeviceException {
    ScriptedI2c chip = new ScriptedI2c();
    converts(chip, config, code);
    Map<String, Result> results =
        Readout.of(
            kind(),
            chip,
            Map.of("inputs", input, "rangeMillivolts", range, "samplesPerSecond", rate));
    assertThat(results).isEqualTo(Map.of(input, new Result.Measurement(millivolts)));
  }

  /** 8.3.3: beyond full scale the code stays at its end. */
  @ParameterizedTest
  @CsvSource({"7F FF", "80 00"})
  void doesNotTakeTheEndOfTheRangeForAVoltage(String code) {
    ScriptedI2c chip = healthy();
    converts(chip, "D3 03", code);
    DeviceException failure = Readout.failure(kind(), chip, Map.of());
    assertThat(failure.state()).isEqualTo(DeviceState.CORRUPT);
    assertThat(failure).hasMessageContaining("A1 is outside of 4096 mV");
  }

  @Test
  void isStaleWhileItConverts() {
    ScriptedI2c chip = healthy();
    chip.mayTake("01 C3 03", () -> chip.mayAnswer("01", "43 03"));
    assertThat(Readout.state(kind(), chip)).isEqualTo(DeviceState.STALE);
  }

  @Test
  void noticesAConfigurationThatWasNotTaken() {
    ScriptedI2c chip = healthy();
    chip.mayTake("01 C3 03", () -> chip.mayAnswer("01", "85 83"));
    assertThat(Readout.failure(kind(), chip, Map.of()))
        .hasMessageContaining("set to 0x0583, not to 0x4303");
  }

  @Test
  void waitsLongEnoughForASlowOscillator() throws DeviceException {
    ScriptedI2c chip = healthy();
    Readout.of(kind(), chip, Map.of());
    assertThat(chip.paused().toMillis()).isGreaterThanOrEqualTo(4 * 138); // 1/8 s + 10 %
  }
}
