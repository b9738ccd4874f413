package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sensirion SPS30 with its select pin to ground, so that it speaks I²C: particulate matter by
 * scattered light (data sheet SPS30, version 1.0, chapter 6). At work it gives a result each
 * second.
 */
@Component
public final class Sps30 implements I2cChip {

  private static final int START = 0x0010;
  private static final int FLOATS = 0x0300; // 6.3.1: IEEE 754, big-endian
  static final int STOP = 0x0104;
  private static final Duration MODE_CHANGE = Duration.ofMillis(20); // table 5

  /** In the order in which it gives them (4.3). */
  static final String[] OUTPUTS = {
    "PM1", "PM2.5", "PM4", "PM10", "N0.5", "N1", "N2.5", "N4", "N10"
  };

  private final Clock clock;

  /** The sensor does not say how long it has been at work: that takes a clock. */
  @Activate
  public Sps30(@Reference Clock clock) {
    this.clock = clock;
  }

  @Override
  public DeviceDescription description() {
    DeviceDescription description =
        DeviceDescription.of("sps30", "Sensirion SPS30 (I²C)")
            .gives("PM1", Vocabulary.PM1, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("PM2.5", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("PM4", Vocabulary.PM4, Unit.MICROGRAM_PER_CUBIC_METRE)
            .gives("PM10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE);
    for (int i = 4; i < OUTPUTS.length; i++) {
      description =
          description.gives(OUTPUTS[i], Vocabulary.PARTICLE_NUMBER, Unit.PER_CUBIC_CENTIMETRE);
    }
    return description;
  }

  @Override
  public Set<Integer> addresses() {
    return Set.of(0x69);
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    Sensirion.command(bus, STOP); // it may be at work since before this gateway started
    bus.pause(MODE_CHANGE);
    Sensirion.command(bus, START, FLOATS);
    bus.pause(MODE_CHANGE);
    return new Sps30Results(bus, clock);
  }
}
