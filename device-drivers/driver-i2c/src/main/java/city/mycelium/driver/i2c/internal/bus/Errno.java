package city.mycelium.driver.i2c.internal.bus;

import java.util.Map;

/**
 * The error numbers that Linux gives for I²C (Documentation/i2c/fault-codes.rst), as numbered by
 * asm-generic/errno-base.h and asm-generic/errno.h: x86 and ARM, 32 and 64 bit.
 */
public final class Errno {

  static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int ENOTTY = 25;
  static final int EPROTO = 71;
  static final int EBADMSG = 74;
  public static final int EOPNOTSUPP = 95;
  static final int ESHUTDOWN = 108;
  public static final int ETIMEDOUT = 110;
  public static final int EREMOTEIO = 121;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(EPERM, "EPERM"),
          Map.entry(ENOENT, "ENOENT"),
          Map.entry(EIO, "EIO"),
          Map.entry(ENXIO, "ENXIO"),
          Map.entry(EAGAIN, "EAGAIN"),
          Map.entry(EACCES, "EACCES"),
          Map.entry(EBUSY, "EBUSY"),
          Map.entry(ENODEV, "ENODEV"),
          Map.entry(EINVAL, "EINVAL"),
          Map.entry(ENOTTY, "ENOTTY"),
          Map.entry(EPROTO, "EPROTO"),
          Map.entry(EBADMSG, "EBADMSG"),
          Map.entry(EOPNOTSUPP, "EOPNOTSUPP"),
          Map.entry(ESHUTDOWN, "ESHUTDOWN"),
          Map.entry(ETIMEDOUT, "ETIMEDOUT"),
          Map.entry(EREMOTEIO, "EREMOTEIO"));

  private Errno() {}

  /** Its name, such as {@code EIO}; {@code errno 99} if it has none here. */
  static String name(int errno) {
    return NAMES.getOrDefault(errno, "errno " + errno);
  }
}
