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
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * QST QMC5883L: magnetic field of ±800 uT along three axes (data sheet 13-52-04, revision 1.0,
 * chapter 9). Often sold as an HMC5883L, which has another address and other registers.
 */
@Component
public final class Qmc5883l implements I2cChip {

  private static final int DATA = 0x00;
  private static final int STATUS = 0x06;
  private static final int READY = 0x01;
  private static final int OVERFLOW = 0x02;
  private static final int CONTROL_1 = 0x09;
  private static final int SET_RESET_PERIOD = 0x0B;
  private static final int CHIP_ID = 0x0D;

  /** Mean of 512, ±8 G, 10 times a second, continuously (9.2.4). */
  private static final int MEASURE = 0x11;

  private static final double COUNTS_PER_MICROTESLA = 30; // 3000 per gauss at ±8 G (table 2)

  @Override
  public DeviceDescription description() {
    return field(DeviceDescription.of("qmc5883l", "QST QMC5883L"));
  }

  /** The description with the outputs of a magnetometer. */
  static DeviceDescription field(DeviceDescription description) {
    return description
        .gives("field-x", Vocabulary.MAGNETIC_FLUX_DENSITY, Unit.MICROTESLA)
        .gives("field-y", Vocabulary.MAGNETIC_FLUX_DENSITY, Unit.MICROTESLA)
        .gives("field-z", Vocabulary.MAGNETIC_FLUX_DENSITY, Unit.MICROTESLA);
  }

  @Override
  public Set<Integer> addresses() {
    return Set.of(0x0D);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    int id = bus.readRegisters(CHIP_ID, 1)[0];
    bus.writeRegister(SET_RESET_PERIOD, 0x01); // as 9.2.6 recommends
    bus.writeRegister(CONTROL_1, MEASURE);
    // Its id is what an empty bus says too: so it has to keep what it was told as well.
    if (id != 0xFF || bus.readRegisters(CONTROL_1, 1)[0] != MEASURE) {
      throw DeviceException.config(
          "at this address answers another chip, not a QMC5883L: set its own type, or the address"
              + " of the right chip");
    }
    return results -> read(bus, results);
  }

  private static void read(I2c bus, Results results) throws DeviceException {
    int[] state = bus.readRegisters(STATUS, 4); // to control register 1
    if (state[3] != MEASURE) {
      throw DeviceException.corrupt("it has lost its settings: its supply may be too weak");
    }
    // That results were skipped is no trouble: it measures more often than it is asked.
    if ((state[0] & READY) == 0) {
      throw DeviceException.stale("no new result: it gives one each 0.1 s, no more often");
    }
    int[] b = bus.readRegisters(DATA, 6);
    if ((state[0] & OVERFLOW) != 0) {
      throw DeviceException.corrupt("the field is beyond 800 uT: there is a magnet beside it");
    }
    results.number("field-x", Words.littleSigned(b, 0) / COUNTS_PER_MICROTESLA);
    results.number("field-y", Words.littleSigned(b, 2) / COUNTS_PER_MICROTESLA);
    results.number("field-z", Words.littleSigned(b, 4) / COUNTS_PER_MICROTESLA);
  }
}
