package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/**
 * Texas Instruments INA226: voltage, current and power of a battery, a panel, a lamp (data sheet
 * SBOS547, chapters 7.5 and 7.6).
 */
@Component
public final class Ina226 implements I2cChip {

  private static final int CONFIG = 0x00;
  private static final int SHUNT_VOLTAGE = 0x01;
  private static final int BUS_VOLTAGE = 0x02;
  private static final int POWER = 0x03;
  private static final int CURRENT = 0x04;
  private static final int CALIBRATION = 0x05;
  private static final int MASK_ENABLE = 0x06;
  private static final int DONE = 0x0008; // CVRF
  private static final int OVERFLOW = 0x0004; // OVF: current and power are meaningless
  private static final int DIE_ID = 0xFF;
  private static final int INA226 = 0x226; // the upper 12 bits of 0x2260

  /** Mean of 16, 1.1 ms each for shunt and bus, once: at most 16 x 2 x 1.21 ms (6.5). */
  private static final int MEASURE_ONCE = 0x4523;

  private static final Duration MEASUREMENT = Duration.ofMillis(40);
  private static final double SHUNT_RANGE_MILLIVOLTS = 81.92;

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("ina226", "Texas Instruments INA226")
        .gives("voltage", Vocabulary.VOLTAGE, Unit.VOLT)
        .gives("current", Vocabulary.CURRENT, Unit.AMPERE)
        .gives("power", Vocabulary.ACTIVE_POWER, Unit.WATT)
        .takes("shuntMilliohms", "", "resistance of the shunt: 0.1 to 10000")
        .takes("maxAmperes", "", "the largest current that is expected: 0.001 to 800");
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(IntStream.rangeClosed(0x40, 0x4F).toArray());
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    double milliohms = settings.number("shuntMilliohms", 0.1, 10_000);
    double amperes = settings.number("maxAmperes", 0.001, 800);
    if (milliohms * amperes > SHUNT_RANGE_MILLIVOLTS) {
      throw DeviceException.config(
          "%.3f A through %.3f mOhm is more than the %.2f mV that it measures: take a smaller shunt"
              .formatted(amperes, milliohms, SHUNT_RANGE_MILLIVOLTS));
    }
    int id = word(bus, DIE_ID);
    if (id >> 4 != INA226) {
      throw DeviceException.config(
          "at this address answers another chip (die id 0x%04X), not an INA226: set its own type, or the address of the right chip"
              .formatted(id));
    }
    double step = amperes / 32_768;
    double calibration = 0.00512 / (step * milliohms / 1_000); // formula (1)
    if (calibration > 32_767) {
      throw DeviceException.config(
          "maxAmperes is too small for this shunt: it has to be at least %.4f"
              .formatted(amperes * calibration / 32_767));
    }
    int rounded = (int) Math.round(calibration);
    double exact = step * calibration / rounded; // what a step is with the calibration rounded
    return results -> read(bus, rounded, exact, results);
  }

  private static void read(I2c bus, int calibration, double step, Results results)
      throws DeviceException {
    bus.write(CALIBRATION, calibration >> 8, calibration & 0xFF); // lost when its supply fails
    bus.write(CONFIG, MEASURE_ONCE >> 8, MEASURE_ONCE & 0xFF);
    bus.pause(MEASUREMENT);
    int flags = word(bus, MASK_ENABLE);
    if ((flags & DONE) == 0) {
      throw DeviceException.stale("it has not done its measurement");
    }
    int shunt = (short) word(bus, SHUNT_VOLTAGE);
    if ((flags & OVERFLOW) != 0 || shunt == Short.MAX_VALUE || shunt == Short.MIN_VALUE) {
      throw DeviceException.corrupt(
          "the current is larger than it can tell: take a smaller shunt and set maxAmperes");
    }
    if (word(bus, CALIBRATION) != calibration) {
      throw DeviceException.corrupt("it has lost its calibration: its supply may be too weak");
    }
    int current = (short) word(bus, CURRENT);
    results.number("voltage", word(bus, BUS_VOLTAGE) * 0.00125);
    results.number("current", current * step);
    results.number("power", word(bus, POWER) * 25 * step * Integer.signum(current));
  }

  private static int word(I2c bus, int register) throws DeviceException {
    return Words.big(bus.writeRead(new int[] {register}, 2), 0);
  }
}
