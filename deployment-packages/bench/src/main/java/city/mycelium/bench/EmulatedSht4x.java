package city.mycelium.bench;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2c;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * An SHT4x that answers at once what the formulas of its data sheet make 25.00 °C and 56.5 % (data
 * sheet SHT4x, version 6, 4.6), on a bus of its own; a pause is really waited for. For one thread
 * at a time.
 */
final class EmulatedSht4x implements I2c {

  private static final int MEASURE = 0xFD;
  private static final int[] SERIAL = {0x0F, 0x1E, 0x44, 0x2D, 0x3C, 0xA5};
  private static final int[] MEASURED = {0x66, 0x66, 0x93, 0x80, 0x00, 0xA2};

  private final LongConsumer starts;
  private int[] answer = {};

  /**
   * A sensor.
   *
   * @param starts told when a measurement is asked for, by {@link System#nanoTime}
   */
  EmulatedSht4x(LongConsumer starts) {
    this.starts = starts;
  }

  @Override
  public void write(int... bytes) {
    boolean measures = bytes[0] == MEASURE;
    if (measures) {
      starts.accept(System.nanoTime());
    }
    answer = measures ? MEASURED : SERIAL;
  }

  @Override
  public int[] read(int count) throws DeviceException {
    if (count != answer.length) {
      throw DeviceException.unreachable("an emulated SHT4x says " + answer.length + " bytes");
    }
    return answer.clone();
  }

  @Override
  public int[] writeRead(int[] bytes, int count) throws DeviceException {
    throw DeviceException.config("an SHT4x knows no repeated start");
  }

  @Override
  public int[] readRegisters(int register, int count) throws DeviceException {
    throw DeviceException.config("an SHT4x has no registers");
  }

  @Override
  public void writeRegister(int register, int value) throws DeviceException {
    throw DeviceException.config("an SHT4x has no registers");
  }

  @Override
  public void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
