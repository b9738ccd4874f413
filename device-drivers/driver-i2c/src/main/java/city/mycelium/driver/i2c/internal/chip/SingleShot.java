package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import java.time.Duration;
import java.util.List;

/**
 * Voltages by an ADS1115, one conversion at a time (data sheet SBAS444, chapter 8.6; table numbers
 * of revision D). For one thread.
 */
public final class SingleShot {

  /** What can be measured against ground or against another input, by the bits MUX (table 8-3). */
  private static final List<String> INPUTS =
      List.of("A0-A1", "A0-A3", "A1-A3", "A2-A3", "A0", "A1", "A2", "A3");

  /** Full scale in mV, by the bits PGA. */
  private static final List<String> RANGES = List.of("6144", "4096", "2048", "1024", "512", "256");

  /** Conversions per second, by the bits DR. */
  private static final List<String> RATES =
      List.of("8", "16", "32", "64", "128", "250", "475", "860");

  private static final int CONVERSION = 0x00;
  private static final int CONFIG = 0x01;
  private static final int START_OR_DONE = 0x8000; // OS: 1 written starts, 1 read is done
  private static final int ONCE_WITHOUT_COMPARATOR = 0x0103;

  private final I2c bus;
  private final int settings;
  private final double fullScaleMillivolts;
  private final Duration conversion;

  private SingleShot(I2c bus, int settings, double fullScaleMillivolts, Duration conversion) {
    this.bus = bus;
    this.settings = settings;
    this.fullScaleMillivolts = fullScaleMillivolts;
    this.conversion = conversion;
  }

  /** The description with what may be set of every ADS1115. */
  public static DeviceDescription options(DeviceDescription description, String range) {
    return description
        .takes(
            "rangeMillivolts",
            range,
            "the largest voltage that can be told, of either sign: " + String.join(", ", RANGES))
        .takes("samplesPerSecond", "8", "fewer hum and hiss less: " + String.join(", ", RATES));
  }

  /**
   * Connects the converter.
   *
   * @throws DeviceException CONFIG if range or rate are none
   */
  public static SingleShot connect(I2c bus, DeviceSettings set) throws DeviceException {
    String range = set.choice("rangeMillivolts", RANGES);
    String rate = set.choice("samplesPerSecond", RATES);
    int bits = RANGES.indexOf(range) << 9 | RATES.indexOf(rate) << 5 | ONCE_WITHOUT_COMPARATOR;
    // The oscillator may be 10 % slow (7.5), and it takes 25 us to wake.
    long micros = 1_100_000L / Integer.parseInt(rate) + 1_000;
    return new SingleShot(bus, bits, Double.parseDouble(range), Duration.ofNanos(micros * 1_000));
  }

  /**
   * Which inputs an option names: {@code A0 A2-A3}.
   *
   * @throws DeviceException CONFIG if one is none
   */
  public static List<String> inputs(DeviceSettings set, String option) throws DeviceException {
    List<String> named = List.of(set.text(option).split("[, ]+", -1));
    if (!INPUTS.containsAll(named)) {
      throw DeviceException.config(
          option + " names " + String.join(", ", INPUTS) + ", not '" + set.text(option) + "'");
    }
    return named.stream().distinct().toList();
  }

  /**
   * Measures an input, in mV.
   *
   * @throws DeviceException CORRUPT if the chip does not do as it is told, or the voltage is
   *     outside of the range
   */
  public double millivolts(String input) throws DeviceException {
    int config = settings | INPUTS.indexOf(input) << 12;
    bus.write(CONFIG, (config | START_OR_DONE) >> 8, config & 0xFF);
    bus.pause(conversion);
    int state = Words.big(bus.writeRead(new int[] {CONFIG}, 2), 0);
    if ((state & ~START_OR_DONE) != config) {
      throw DeviceException.corrupt(
          "it says that it is set to 0x%04X, not to 0x%04X: no ADS1115, or a disturbed bus"
              .formatted(state & ~START_OR_DONE, config));
    }
    if ((state & START_OR_DONE) == 0) {
      throw DeviceException.stale("it is still converting " + input);
    }
    int code = Words.bigSigned(bus.writeRead(new int[] {CONVERSION}, 2), 0);
    if (code == Short.MAX_VALUE || code == Short.MIN_VALUE) {
      throw DeviceException.corrupt(
          "%s is outside of %.0f mV: look for a loose wire, or set a larger rangeMillivolts"
              .formatted(input, fullScaleMillivolts));
    }
    return code * fullScaleMillivolts / 32_768.0; // 8.3.3: table 8-1
  }
}
