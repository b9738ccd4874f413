package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.time.Clock;
import java.time.Duration;

/** One SPS30 that has just been started, with what it says of its fan and its laser. */
final class Sps30Results implements Poll {

  private static final int DATA_READY = 0x0202;
  private static final int READ = 0x0300;
  private static final int STATUS = 0xD206; // firmware 2.2 and later
  private static final int FAN_SPEED_IS_WRONG = 1 << 21; // 4.4
  private static final int LASER_FAILS = 1 << 5;
  private static final int FAN_STANDS_STILL = 1 << 4;
  private static final Duration START_UP = Duration.ofSeconds(30); // table 1: in clean air

  private final I2c bus;
  private final Clock clock;
  private final long sinceNanos;

  Sps30Results(I2c bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
    this.sinceNanos = clock.monotonicNanos();
  }

  @Override
  public void read(Results results) throws DeviceException {
    int[] status = answer(STATUS, 2);
    requireWell(status[0] << 16 | status[1]);
    if (clock.monotonicNanos() - sinceNanos < START_UP.toNanos()) {
      throw DeviceException.warmingUp("its fan has to run for 30 s first");
    }
    if (answer(DATA_READY, 1)[0] != 1) {
      throw DeviceException.stale("no new result: it gives one each second, no more often");
    }
    int[] words =
        answer(READ, 2 * Sps30.OUTPUTS.length + 2); // the typical particle size stays unused
    for (int i = 0; i < Sps30.OUTPUTS.length; i++) {
      float value = Float.intBitsToFloat(words[2 * i] << 16 | words[2 * i + 1]);
      if (!(value >= 0) || Float.isInfinite(value)) {
        throw DeviceException.corrupt(Sps30.OUTPUTS[i] + " cannot be " + value);
      }
      results.number(Sps30.OUTPUTS[i], value);
    }
  }

  private int[] answer(int command, int words) throws DeviceException {
    Sensirion.command(bus, command);
    return Sensirion.read(bus, words);
  }

  @Override
  public void close() {
    try {
      Sensirion.command(bus, Sps30.STOP); // spares fan and laser
    } catch (DeviceException e) {
      // It is not there any more, or goes on running: nobody can do anything about it here.
    }
  }

  private static void requireWell(int status) throws DeviceException {
    if ((status & FAN_STANDS_STILL) != 0) {
      throw DeviceException.corrupt("its fan stands still: clean it, or replace the sensor");
    }
    if ((status & LASER_FAILS) != 0) {
      throw DeviceException.corrupt("its laser fails: replace the sensor");
    }
    if ((status & FAN_SPEED_IS_WRONG) != 0) {
      throw DeviceException.corrupt("its fan runs too slowly or too fast: clean its inlet");
    }
  }
}
