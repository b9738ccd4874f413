package city.mycelium.driver.i2c.internal.bus;

import java.nio.ByteBuffer;

/**
 * A device of Linux that is open for ioctl(2): all that a native library is needed for. For one
 * thread at a time.
 *
 * <p>Structures lie in direct buffers of native byte order. {@code pointers} are pairs: where in
 * the structure a pointer stands, and the place in the buffer that it is to point to.
 */
interface DeviceFile extends AutoCloseable {

  /** Bytes of a pointer: 4 or 8. */
  int pointerBytes();

  /** Gives a number; returns the error number of Linux, 0 if there was no error. */
  int ioctl(long request, int value);

  /** Gives a structure; returns likewise. */
  int ioctl(long request, ByteBuffer structure, int... pointers);

  /**
   * I2C_RDWR: {@code messages} begins with as many {@code struct i2c_msg} as there are pairs of
   * pointers; returns likewise.
   */
  int messages(ByteBuffer messages, int... pointers);

  @Override
  void close();

  /** Opens devices by one native library. Safe for use by many threads. */
  interface Opener {

    /** What makes the system calls, and why this and no other; for a person. */
    String means();

    /**
     * Opens for reading and writing.
     *
     * @throws BusFault at step OPEN with Linux's error number, or at step NATIVE
     */
    DeviceFile open(String path) throws BusFault;
  }
}
