package city.mycelium.driver.i2c.internal.bus;

/**
 * One bus of Linux that is open. For one thread at a time; who may use it when is {@link RootBus}'s
 * business. Addresses are 7 bits, bytes 0 to 255.
 */
public interface Adapter extends AutoCloseable {

  /** What it can do; does not change while it is open. */
  Functions functions();

  /**
   * Asks for an address: I2C_SLAVE.
   *
   * @throws BusFault with EBUSY if a driver of the kernel has it
   */
  void claim(int address) throws BusFault;

  /**
   * Plain messages, I2C_RDWR: writes, then reads after a repeated START; either may be nothing, but
   * not both.
   */
  int[] transfer(int address, int[] written, int count) throws BusFault;

  /** One SMBus call with the address claimed last; what was read. */
  int[] smbus(Smbus call) throws BusFault;

  /** Closing twice does nothing. */
  @Override
  void close();

  /** Opens buses. Safe for use by many threads. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens a bus and asks what it can do.
     *
     * @param path such as {@code /dev/i2c-1}
     */
    Adapter open(String path) throws BusFault;
  }
}
