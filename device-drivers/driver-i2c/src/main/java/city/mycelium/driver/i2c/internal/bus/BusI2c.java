package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2c;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The handle of one chip: each call is one turn on its bus, by the best means that the bus has.
 * What passes is shown to the tap as the chip sees it, whatever the means.
 *
 * <p>An SMBus controller can do those plain transfers that are SMBus's own on the wire
 * (Documentation/i2c/smbus-protocol.rst); the others are refused in words.
 */
public final class BusI2c implements I2c {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int[] NOTHING = {};
  private static final int BYTE = 0xFF;
  private static final int REGISTERS = 256;

  /** i2c-dev refuses longer messages (drivers/i2c/i2c-dev.c, i2cdev_ioctl_rdwr). */
  private static final int MOST_BYTES = 8192;

  private final RootBus bus;
  private final BusPath where;
  private final int address;
  private final DeviceId device;
  private final Supplier<FrameTap> taps;
  private final Pause pause;
  private final FaultSentences sentences;

  /**
   * A handle; nothing is said yet.
   *
   * @param where as configured; its root is {@code bus}
   * @param taps who looks on, asked at each call
   */
  public BusI2c(
      RootBus bus,
      BusPath where,
      int address,
      DeviceId device,
      Supplier<FrameTap> taps,
      Pause pause,
      FaultSentences sentences) {
    this.bus = bus;
    this.where = where;
    this.address = address;
    this.device = device;
    this.taps = taps;
    this.pause = pause;
    this.sentences = sentences;
  }

  @Override
  public void write(int... bytes) throws DeviceException {
    requireBytes(bytes, 1);
    exchange(bytes, 0, adapter -> write(adapter, bytes));
  }

  @Override
  public int[] read(int count) throws DeviceException {
    requireCount(count);
    return exchange(NOTHING, count, adapter -> read(adapter, count));
  }

  @Override
  public int[] writeRead(int[] bytes, int count) throws DeviceException {
    requireBytes(bytes, 1);
    requireCount(count);
    return exchange(bytes, count, adapter -> writeRead(adapter, bytes, count));
  }

  @Override
  public int[] readRegisters(int register, int count) throws DeviceException {
    requireBytes(new int[] {register}, 1);
    requireCount(count);
    if (register + count > REGISTERS) {
      throw new IllegalArgumentException("there are registers 0 to 255 only");
    }
    return exchange(new int[] {register}, count, a -> readRegisters(a, register, count));
  }

  @Override
  public void writeRegister(int register, int value) throws DeviceException {
    write(register, value);
  }

  @Override
  public void pause(Duration time) throws DeviceException {
    if (time.isNegative() || time.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException("a pause takes 2 s at most, not " + time);
    }
    try {
      pause.pass(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DeviceException.unreachable("the gateway stops", e);
    }
  }

  private int[] write(Adapter adapter, int[] bytes) throws BusFault {
    Functions can = adapter.functions();
    if (can.isPlain()) {
      return adapter.transfer(address, bytes, 0);
    }
    if (bytes.length == 1 && can.can(Functions.WRITE_BYTE)) {
      return adapter.smbus(Smbus.writeByte(bytes[0]));
    }
    if (bytes.length == 2 && can.can(Functions.WRITE_BYTE_DATA)) {
      return adapter.smbus(Smbus.writeByteData(bytes[0], bytes[1]));
    }
    if (bytes.length == 3 && can.can(Functions.WRITE_WORD_DATA)) {
      return adapter.smbus(Smbus.writeWordData(bytes[0], bytes[1], bytes[2]));
    }
    if (bytes.length >= 2
        && bytes.length <= 1 + Smbus.MOST_BYTES
        && can.can(Functions.WRITE_I2C_BLOCK)) {
      return adapter.smbus(Smbus.writeBlock(bytes[0], Arrays.copyOfRange(bytes, 1, bytes.length)));
    }
    throw BusFault.of(Step.MEANS, "a plain write of " + bytes.length + " bytes");
  }

  private int[] read(Adapter adapter, int count) throws BusFault {
    Functions can = adapter.functions();
    if (can.isPlain()) {
      return adapter.transfer(address, NOTHING, count);
    }
    if (count == 1 && can.can(Functions.READ_BYTE)) {
      return adapter.smbus(Smbus.readByte());
    }
    throw BusFault.of(Step.MEANS, "a plain read of " + count + " bytes");
  }

  private int[] writeRead(Adapter adapter, int[] bytes, int count) throws BusFault {
    Functions can = adapter.functions();
    if (can.isPlain()) {
      return adapter.transfer(address, bytes, count);
    }
    if (bytes.length == 1) {
      if (count == 1 && can.can(Functions.READ_BYTE_DATA)) {
        return adapter.smbus(Smbus.readByteData(bytes[0]));
      }
      if (count == 2 && can.can(Functions.READ_WORD_DATA)) {
        return adapter.smbus(Smbus.readWordData(bytes[0]));
      }
      if (count <= Smbus.MOST_BYTES && can.can(Functions.READ_I2C_BLOCK)) {
        return adapter.smbus(Smbus.readBlock(bytes[0], count));
      }
    }
    throw BusFault.of(
        Step.MEANS,
        "a plain write of " + bytes.length + " bytes with a read of " + count + " behind it");
  }

  private int[] readRegisters(Adapter adapter, int register, int count) throws BusFault {
    Functions can = adapter.functions();
    if (can.isPlain()) {
      return adapter.transfer(address, new int[] {register}, count);
    }
    boolean block = can.can(Functions.READ_I2C_BLOCK);
    if (!block && !can.can(Functions.READ_BYTE_DATA)) {
      throw BusFault.of(Step.MEANS, "a read of registers");
    }
    int[] values = new int[count];
    int step = block ? Smbus.MOST_BYTES : 1;
    for (int i = 0; i < count; i += step) {
      int length = Math.min(step, count - i);
      int[] part =
          adapter.smbus(
              block ? Smbus.readBlock(register + i, length) : Smbus.readByteData(register + i));
      System.arraycopy(part, 0, values, i, length);
    }
    return values;
  }

  private int[] exchange(int[] said, int count, RootBus.Work<int[]> work) throws DeviceException {
    FrameTap tap = taps.get();
    boolean shown = tap.isOpen(device);
    if (shown && said.length > 0) {
      tap.pass(device, Way.SAID, bytes(said));
    }
    try {
      int[] heard = bus.turn(where.way(), address, work);
      if (shown && count > 0) {
        tap.pass(device, Way.HEARD, bytes(heard));
      }
      return heard;
    } catch (BusFault e) {
      DeviceException failed = sentences.of(e, where, address);
      if (shown) {
        tap.pass(
            device,
            Way.FAILED,
            String.valueOf(failed.getMessage()).getBytes(StandardCharsets.UTF_8));
      }
      throw failed;
    }
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void requireBytes(int[] bytes, int atLeast) {
    if (bytes.length < atLeast || bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("a message has 1 to 8192 bytes, not " + bytes.length);
    }
    for (int value : bytes) {
      if (value < 0 || value > BYTE) {
        throw new IllegalArgumentException("a byte is 0 to 255, not " + value);
      }
    }
  }

  private static void requireCount(int count) {
    if (count < 1 || count > MOST_BYTES) {
      throw new IllegalArgumentException("1 to 8192 bytes are read, not " + count);
    }
  }
}
