package city.mycelium.driver.sysfs.internal.gpio;

/**
 * The few calls of the kernel that lines need. Each throws {@link Errno} where the C library would
 * set {@code errno}.
 */
interface Kernel {

  /** open(2), for reading and writing. */
  int open(String path) throws Errno;

  /** ioctl(2) with a structure that is read, written or both. */
  void ioctl(int descriptor, long request, byte[] structure) throws Errno;

  /**
   * Bytes that are there, without waiting: poll(2) and read(2).
   *
   * @return how many; 0 if there are none
   */
  int readWithoutWaiting(int descriptor, byte[] into) throws Errno;

  /** close(2); an error is of no use to anybody. */
  void close(int descriptor);
}
