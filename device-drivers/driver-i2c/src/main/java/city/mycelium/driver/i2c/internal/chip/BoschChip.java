package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import java.time.Duration;
import java.util.Map;

/**
 * One connected BME280 or BMP280, measuring once per reading in forced mode with oversampling ×1,
 * which its maker recommends for weather (data sheet BST-BME280-DS002, 3.5.1; registers 5.3 and
 * 5.4; BST-BMP280-DS001, 3.4 and 4.3).
 */
final class BoschChip implements Poll {

  static final int BMP280 = 0x58;
  static final int BME280 = 0x60;

  private static final Map<Integer, String> NAMES =
      Map.of(BMP280, "a BMP280", BME280, "a BME280", 0x61, "a BME680 or BME688", 0x55, "a BMP180");

  private static final int CHIP_ID = 0xD0;
  private static final int CTRL_HUM = 0xF2;
  private static final int STATUS = 0xF3;
  private static final int CTRL_MEAS = 0xF4;
  private static final int DATA = 0xF7;
  private static final int MEASURING = 0x08;
  private static final int COPYING_CALIBRATION = 0x01;
  private static final int ONCE = 0x01;

  /** Temperature and pressure ×1; with the mode bits 00 it is asleep again. */
  private static final int TIMES_ONE = 0x24;

  /** At most 9.3 ms with all three ×1 (BST-BME280-DS002, Appendix B). */
  private static final Duration MEASUREMENT = Duration.ofMillis(10);

  private static final int SKIPPED = 0x80000;
  private static final int HUMIDITY_SKIPPED = 0x8000;

  private final I2c bus;
  private final boolean humidity;
  private final BoschCalibration calibration;

  private BoschChip(I2c bus, boolean humidity, BoschCalibration calibration) {
    this.bus = bus;
    this.humidity = humidity;
    this.calibration = calibration;
  }

  static BoschChip connect(I2c bus, int wanted) throws DeviceException {
    int id = bus.readRegisters(CHIP_ID, 1)[0];
    if (id != wanted) {
      throw DeviceException.config(
          "at this address answers "
              + NAMES.getOrDefault(id, "another chip")
              + " (chip id 0x%02X), not ".formatted(id)
              + NAMES.get(wanted)
              + ": set its own type, or the address of the right chip");
    }
    if ((bus.readRegisters(STATUS, 1)[0] & COPYING_CALIBRATION) != 0) {
      throw DeviceException.warmingUp("it is still copying its calibration after its start");
    }
    boolean humidity = wanted == BME280;
    return new BoschChip(bus, humidity, new BoschCalibration(bus, humidity));
  }

  @Override
  public void read(Results results) throws DeviceException {
    if (humidity) {
      bus.writeRegister(CTRL_HUM, ONCE); // takes effect with the write that follows (5.4.3)
    }
    bus.writeRegister(CTRL_MEAS, TIMES_ONE | ONCE);
    bus.pause(MEASUREMENT);
    int[] state = bus.readRegisters(STATUS, 2);
    if ((state[0] & MEASURING) != 0 || state[1] != TIMES_ONE) {
      throw DeviceException.stale("it has not done its measurement");
    }
    int[] b = bus.readRegisters(DATA, humidity ? 8 : 6);
    int pressure = b[0] << 12 | b[1] << 4 | b[2] >> 4;
    int temperature = b[3] << 12 | b[4] << 4 | b[5] >> 4;
    if (pressure == SKIPPED || temperature == SKIPPED) {
      throw DeviceException.stale("it has measured nothing: its supply may be too weak");
    }
    double fine = calibration.fine(temperature);
    put(results, "temperature", calibration.celsius(fine), -40, 85);
    put(results, "pressure", calibration.hectopascal(pressure, fine), 300, 1_100);
    if (humidity) {
      if (Words.big(b, 6) == HUMIDITY_SKIPPED) {
        throw DeviceException.stale("it has not measured humidity: its supply may be too weak");
      }
      results.number("humidity", calibration.percent(Words.big(b, 6), fine));
    }
  }

  /** What its maker says it can measure is the only check that its results have. */
  private static void put(Results results, String output, double value, double min, double max)
      throws DeviceException {
    if (!(value >= min && value <= max)) {
      throw DeviceException.corrupt(
          "a %s of %.1f is beyond what it can measure (%.0f to %.0f): a disturbed bus or a damaged chip"
              .formatted(output, value, min, max));
    }
    results.number(output, value);
  }
}
