package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2cChip;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.I2cChipContract;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Temperature and pressure: the example of data sheet BST-BMP280-DS001, 3.12 (the same formulas),
 * as in {@link Bmp280Test}.
 *
 * <p>Humidity: the data sheets have no example. Calculated apart from our code by the other formula
 * that BST-BME280-DS002 gives, in integers (4.2.3), with H1 75, H2 370, H3 0, H4 313, H5 50, H6 30,
 * t_fine 128422 and the raw value 0x7530: {@code v_x1 = 128422 - 76800 = 51622}, and from there to
 * 57552 / 1024 = 56.203 %.
 */
class Bme280Test implements I2cChipContract {

  static final String CALIBRATION =
      "70 6B 43 67 18 FC 7D 8E 43 D6 D0 0B 27 0B 8C 00 F9 FF 8C 3C F8 C6 70 17";

  @Override
  public I2cChip kind() {
    return new Bme280();
  }

  @Override
  public ScriptedI2c healthy() {
    ScriptedI2c chip = new ScriptedI2c();
    return chip.registers(0xD0, "60")
        .registers(0x88, CALIBRATION)
        .registers(0xA1, "4B")
        .registers(0xE1, "72 01 00 13 29 03 1E")
        .registers(0xF2, "00 00 00")
        .registers(0xF7, "65 5A C0 7E ED 00 75 30")
        .takes("F2 01")
        .mayTake("F4 25", () -> chip.registers(0xF4, "24")); // and sleeps again, 3.3.3
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("temperature", 25.08, 0.005)
        .number("pressure", 1006.5327, 0.0005)
        .number("humidity", 56.203, 0.005);
  }

  @Override
  public Integrity integrity() {
    return Integrity.except(
        "chip id, status and mode are compared; calibration and data have no checksum",
        "88",
        "A1",
        "E1",
        "F7");
  }

  @Test
  void saysWhichChipIsThereInstead() {
    DeviceException failure = Readout.failure(kind(), healthy().registers(0xD0, "58"), Map.of());
    assertThat(failure.state()).isEqualTo(DeviceState.CONFIG);
    assertThat(failure)
        .hasMessage(
            "at this address answers a BMP280 (chip id 0x58), not a BME280: set its own type, or"
                + " the address of the right chip");
  }

  /**
   * -15.81 °C, 920.507 hPa, 2.360 %: the same formulas in integers, from 0x5F370, 0x68FB0, 0x4E20.
   */
  @Test
  void knowsFrost() throws DeviceException {
    ScriptedI2c cold = healthy().registers(0xF7, "68 FB 00 5F 37 00 4E 20");
    assertThat(Readout.number(kind(), cold, "temperature")).isCloseTo(-15.81, within(0.005));
    assertThat(Readout.number(kind(), cold, "pressure")).isCloseTo(920.507, within(0.005));
    assertThat(Readout.number(kind(), cold, "humidity")).isCloseTo(2.360, within(0.005));
  }

  /** 0x9C40 is beyond 100 % with this calibration, 0x4E20 below 0: 4.2.3 cuts both. */
  @Test
  void cutsHumidityAsItsMakerDoes() throws DeviceException {
    assertThat(Readout.number(kind(), healthy().registers(0xFD, "9C 40"), "humidity"))
        .isEqualTo(100);
    assertThat(Readout.number(kind(), healthy().registers(0xFD, "4E 20"), "humidity")).isZero();
  }

  /** 5.4.7: what the registers hold after a reset, when nothing was measured yet. */
  @Test
  void takesNothingFromAMeasurementThatWasNotDone() {
    assertThat(Readout.state(kind(), healthy().registers(0xF7, "80 00 00")))
        .isEqualTo(DeviceState.STALE);
    assertThat(Readout.state(kind(), healthy().registers(0xFA, "80 00 00")))
        .isEqualTo(DeviceState.STALE);
    assertThat(Readout.state(kind(), healthy().registers(0xFD, "80 00")))
        .isEqualTo(DeviceState.STALE);
    assertThat(Readout.state(kind(), healthy().mayTake("F4 25"))).isEqualTo(DeviceState.STALE);
  }

  @Test
  void saysThatItMeasuresStill() {
    ScriptedI2c slow = healthy();
    slow.mayTake("F4 25", () -> slow.registers(0xF3, "08 24"));
    assertThat(Readout.state(kind(), slow)).isEqualTo(DeviceState.STALE);
  }

  @Test
  void waitsUntilItsCalibrationIsCopied() {
    assertThat(Readout.state(kind(), healthy().registers(0xF3, "01")))
        .isEqualTo(DeviceState.WARMING_UP);
  }

  @Test
  void refusesAnEmptyCalibration() {
    assertThat(Readout.state(kind(), healthy().registers(0x88, "00 00")))
        .isEqualTo(DeviceState.CORRUPT);
    assertThat(Readout.state(kind(), healthy().registers(0x8E, "00 00")))
        .isEqualTo(DeviceState.CORRUPT);
    assertThat(Readout.state(kind(), healthy().registers(0xE1, "00 00")))
        .isEqualTo(DeviceState.CORRUPT);
  }

  /** Data sheet, table 1: -40 to 85 °C, 300 to 1100 hPa. */
  @Test
  void refusesWhatItCannotMeasure() {
    assertThat(Readout.state(kind(), healthy().registers(0xFA, "FF FF F0")))
        .isEqualTo(DeviceState.CORRUPT);
    assertThat(Readout.state(kind(), healthy().registers(0xF7, "00 00 00")))
        .isEqualTo(DeviceState.CORRUPT);
  }
}
