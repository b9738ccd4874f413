package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private static final int STOP = 0x0104;
  private static final int DATA_READY = 0x0202;
  private static final int READ = 0x0300;
  private static final int STATUS = 0xD206; // firmware 2.2 and later
  private static final Duration MODE_CHANGE = Duration.ofMillis(20); // table 5
  private static final Duration START_UP = Duration.ofSeconds(30); // table 1: in clean air

  /** By the bits of the status register (4.4), the gravest first. */
  private static final Map<Integer, String> TROUBLE =
      new TreeMap<>(
          Map.of(
              1 << 4, "its fan stands still: clean it, or replace the sensor",
              1 << 5, "its laser fails: replace the sensor",
              1 << 21, "its fan runs too slowly or too fast: clean its inlet"));

  /** In the order in which it gives them (4.3). */
  private static final String[] OUTPUTS = {
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
    DeviceDescription description = DeviceDescription.of("sps30", "Sensirion SPS30 (I²C)");
    for (String output : OUTPUTS) { // what is no mass is a number of particles
      ObservedProperty property = Vocabulary.named(output).orElse(Vocabulary.PARTICLE_NUMBER);
      description = description.gives(output, property, property.unit());
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
    long started = clock.monotonicNanos();
    return new Poll() {
      @Override
      public void read(Results results) throws DeviceException {
        Sps30.this.read(bus, started, results);
      }

      /** Spares fan and laser. */
      @Override
      public void close() {
        try {
          Sensirion.command(bus, STOP);
        } catch (DeviceException e) {
          // It is not there any more, or goes on running: nobody can do anything about it here.
        }
      }
    };
  }

  private void read(I2c bus, long started, Results results) throws DeviceException {
    int[] status = Sensirion.answer(bus, STATUS, 2);
    for (Map.Entry<Integer, String> trouble : TROUBLE.entrySet()) {
      if (((status[0] << 16 | status[1]) & trouble.getKey()) != 0) {
        throw DeviceException.corrupt(trouble.getValue());
      }
    }
    if (clock.monotonicNanos() - started < START_UP.toNanos()) {
      throw DeviceException.warmingUp("its fan has to run for 30 s first");
    }
    if (Sensirion.answer(bus, DATA_READY, 1)[0] != 1) {
      throw DeviceException.stale("no new result: it gives one each second, no more often");
    }
    int[] words =
        Sensirion.answer(bus, READ, 2 * OUTPUTS.length + 2); // the typical size stays unused
    for (int i = 0; i < OUTPUTS.length; i++) {
      float value = Float.intBitsToFloat(words[2 * i] << 16 | words[2 * i + 1]);
      if (!(value >= 0) || Float.isInfinite(value)) {
        throw DeviceException.corrupt(OUTPUTS[i] + " cannot be " + value);
      }
      results.number(OUTPUTS[i], value);
    }
  }
}
