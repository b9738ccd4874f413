package city.mycelium.driver.sysfs.internal.gpio;

import java.io.Serial;

/** The kernel said no, by a number (Linux, asm-generic/errno-base.h and errno.h). */
final class Errno extends Exception {

  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int ENOTTY = 25;
  static final int EPERM = 1;

  @Serial private static final long serialVersionUID = 1L;

  private final int number;

  Errno(int number) {
    super("errno " + number);
    this.number = number;
  }

  int number() {
    return number;
  }
}
