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
import org.osgi.service.component.annotations.Component;

/**
 * ROHM BH1750FVI: illuminance (Technical Note 2009.04, Rev. B: "Electrical Characteristics",
 * "Instruction Set Architecture", "Measurement sequence example"). The chip has no id, no status
 * and no checksum: whatever acknowledges at its address passes for one.
 */
@Component
public final class Bh1750 implements I2cChip {

  private static final int ONCE_AT_HIGH_RESOLUTION = 0x20; // powers down by itself afterwards
  private static final int SET_TIME_HIGH = 0x40; // 3 bits
  private static final int SET_TIME_LOW = 0x60; // 5 bits
  private static final int USUAL_TIME = 69;
  private static final int SLOWEST_MILLIS = 180; // page 2, tHR: at the usual time
  private static final double COUNTS_PER_LUX = 1.2;
  private static final int SATURATED = 0xFFFF;

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("bh1750", "ROHM BH1750FVI")
        .gives("illuminance", Vocabulary.ILLUMINANCE, Unit.LUX)
        .takes(
            "measurementTime",
            "31",
            "31 to 254: 31 outdoors, up to 121000 lx in steps of 1.9; 69 as from the factory, up to"
                + " 54000 lx in steps of 0.8");
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x23, 0x5C);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    int time = settings.whole("measurementTime", 31, 254);
    return results -> read(bus, time, results);
  }

  private static void read(I2c bus, int time, Results results) throws DeviceException {
    bus.write(SET_TIME_HIGH | time >> 5); // each time: it forgets it when its supply fails
    bus.write(SET_TIME_LOW | (time & 0x1F));
    bus.write(ONCE_AT_HIGH_RESOLUTION);
    bus.pause(Duration.ofMillis(SLOWEST_MILLIS * time / USUAL_TIME + 1));
    int counts = Words.big(bus.read(2), 0);
    if (counts == SATURATED) {
      throw DeviceException.corrupt(
          "it is brighter than it can tell: set measurementTime to 31, or shade it");
    }
    results.number("illuminance", counts / COUNTS_PER_LUX * USUAL_TIME / time);
  }
}
