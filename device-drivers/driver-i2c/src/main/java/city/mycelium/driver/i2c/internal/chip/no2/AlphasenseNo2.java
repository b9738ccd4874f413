package city.mycelium.driver.i2c.internal.chip.no2;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.i2c.internal.chip.Addresses;
import city.mycelium.driver.i2c.internal.chip.SingleShot;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Alphasense NO2-B43F on its board (ISB or AFE), read by an ADS1115. The voltages of both
 * electrodes are results of their own, always; the concentration is another one, while its
 * calibration holds (docs/decisions/0122-calibration.md).
 */
@Component
public final class AlphasenseNo2 implements I2cChip {

  private final Clock clock;
  private final TrustedTime time;

  /** A calibration holds for a time: so the clock has to be asked, and whether it is right. */
  @Activate
  public AlphasenseNo2(@Reference Clock clock, @Reference TrustedTime time) {
    this.clock = clock;
    this.time = time;
  }

  @Override
  public DeviceDescription description() {
    DeviceDescription description =
        DeviceDescription.of("alphasense-no2", "Alphasense NO2-B43F on an ADS1115")
            .gives("WE", Vocabulary.VOLTAGE, Unit.MILLIVOLT)
            .gives("AE", Vocabulary.VOLTAGE, Unit.MILLIVOLT)
            .gives("temperature", Vocabulary.DEVICE_TEMPERATURE, Unit.DEGREE_CELSIUS)
            .gives("NO2-calibrated", Vocabulary.NO2, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("NO2-setup", Vocabulary.MEASURING_SETUP, Unit.ONE)
            .takes("cell", "unknown", "serial number of the cell")
            .takes("inputs", "A0 A1 A2", "working electrode, auxiliary electrode, thermometer")
            .takes("millivoltsAt20Celsius", "700", "of the thermometer: 700 for a TMP36")
            .takes("millivoltsPerKelvin", "10", "of the thermometer: 10 for a TMP36, 1 for an AFE");
    return SingleShot.options(No2Calibration.options(description), "2048");
  }

  @Override
  public Set<Integer> addresses() {
    return Addresses.of(0x48, 0x49, 0x4A, 0x4B);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    return new No2Cell(bus, settings, clock, time);
  }
}
