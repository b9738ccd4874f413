package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import java.util.Arrays;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * ST LIS3MDL: magnetic field of ±400 uT along three axes (data sheet DocID024204, revision 6,
 * chapter 7).
 */
@Component
public final class Lis3mdl implements I2cChip {

  private static final int WHO_AM_I = 0x0F;
  private static final int LIS3MDL = 0x3D;
  private static final int CTRL_REG1 = 0x20;
  private static final int CTRL_REG5 = 0x24;
  private static final int[] SETTINGS = {
    0x70, // x and y at ultra-high performance, 10 times a second
    0x00, // ±4 G
    0x00, // continuously
    0x0C, // z at ultra-high performance, low byte first
    0x40, // the bytes of a result are of one measurement
  };
  private static final int STATUS = 0x27;
  private static final int READY = 0x08; // ZYXDA
  private static final int DATA = 0x28;
  private static final int NEXT_TOO = 0x80; // 5.1.1: reads on to the next register
  private static final double COUNTS_PER_MICROTESLA = 68.42; // 6842 per gauss at ±4 G (table 3)

  @Override
  public DeviceDescription description() {
    return Qmc5883l.field(DeviceDescription.of("lis3mdl", "ST LIS3MDL"));
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x1C, 0x1E);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    int id = bus.readRegisters(WHO_AM_I, 1)[0];
    if (id != LIS3MDL) {
      throw DeviceException.config(
          "at this address answers another chip (id 0x%02X), not a LIS3MDL: set its own type, or the address of the right chip"
              .formatted(id));
    }
    for (int register = CTRL_REG5; register >= CTRL_REG1; register--) {
      bus.writeRegister(register, SETTINGS[register - CTRL_REG1]);
    }
    return results -> read(bus, results);
  }

  private static void read(I2c bus, Results results) throws DeviceException {
    int[] settings = bus.readRegisters(CTRL_REG1 | NEXT_TOO, SETTINGS.length);
    if (!Arrays.equals(settings, SETTINGS)) {
      throw DeviceException.corrupt("it has lost its settings: its supply may be too weak");
    }
    // That it overran (ZYXOR) is no trouble: it measures more often than it is asked.
    if ((bus.readRegisters(STATUS, 1)[0] & READY) == 0) {
      throw DeviceException.stale("no new result: it gives one each 0.1 s, no more often");
    }
    int[] b = bus.readRegisters(DATA | NEXT_TOO, 6);
    put(results, "field-x", Words.littleSigned(b, 0));
    put(results, "field-y", Words.littleSigned(b, 2));
    put(results, "field-z", Words.littleSigned(b, 4));
  }

  private static void put(Results results, String output, int counts) throws DeviceException {
    if (Math.abs(counts) >= Short.MAX_VALUE) {
      throw DeviceException.corrupt("the field is beyond 400 uT: there is a magnet beside it");
    }
    results.number(output, counts / COUNTS_PER_MICROTESLA);
  }
}
