package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import city.mycelium.driver.i2c.internal.bus.BusPath.Hop;
import java.util.List;

/**
 * Asks an address whether anybody is there, as carefully as it can be done.
 *
 * <p>As i2cdetect(8) does without further word: a read of one byte where memories live (0x30 to
 * 0x37, 0x50 to 0x5F), since the address alone followed by STOP is known to spoil one of them
 * (AT24RF08); elsewhere the address alone, since a read makes some chips that only take hold the
 * bus.
 */
public final class Probe {

  /** What became of the question. */
  public enum Answer {
    THERE,
    NOBODY,
    KERNEL,
    HANGS
  }

  private Probe() {}

  /**
   * Asks.
   *
   * @throws BusFault if the bus cannot be opened, or no way leads there
   */
  public static Answer ask(RootBus bus, List<Hop> way, int address) throws BusFault {
    try {
      bus.turn(way, address, adapter -> ask(adapter, address));
      return Answer.THERE;
    } catch (BusFault e) {
      if (e.step() == Step.CLAIM && e.errno() == Errno.EBUSY) {
        return Answer.KERNEL;
      }
      if (e.step() != Step.TRANSFER) {
        throw e;
      }
      return e.errno() == Errno.ETIMEDOUT || e.errno() == Errno.EBUSY
          ? Answer.HANGS
          : Answer.NOBODY;
    }
  }

  /** The fault of a bus on which one address after the other hangs. */
  public static BusFault hanging() {
    return BusFault.of(Step.TRANSFER, Errno.ETIMEDOUT);
  }

  private static int[] ask(Adapter adapter, int address) throws BusFault {
    Functions can = adapter.functions();
    boolean read = isMemory(address) || !can.can(Functions.QUICK);
    if (!read) {
      return adapter.smbus(Smbus.quick());
    }
    if (can.can(Functions.READ_BYTE)) {
      return adapter.smbus(Smbus.readByte());
    }
    if (can.isPlain()) {
      return adapter.transfer(address, new int[0], 1);
    }
    throw BusFault.of(Step.MEANS, "a read of one byte");
  }

  private static boolean isMemory(int address) {
    return (address >= 0x30 && address <= 0x37) || (address >= 0x50 && address <= 0x5F);
  }
}
