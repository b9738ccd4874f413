package city.mycelium.driver.sysfs.internal.gpio;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kernel of this machine, through the C library. Native code is loaded with the first call. */
final class Libc implements Kernel {

  /** Linux, asm-generic/fcntl.h. */
  private static final int O_RDWR = 2;

  private static final int O_CLOEXEC = 0x80000;

  /** Linux, asm-generic/poll.h. */
  private static final short POLLIN = 1;

  /** struct pollfd: int fd, short events, short revents (poll(2)). */
  private static final int POLLFD_BYTES = 8;

  private static final int POLLFD_EVENTS = 4;
  private static final int POLLFD_REVENTS = 6;

  @Override
  public int open(String path) throws Errno {
    try {
      return C.open(path, O_RDWR | O_CLOEXEC);
    } catch (LastErrorException e) {
      throw new Errno(e.getErrorCode());
    }
  }

  @Override
  public void ioctl(int descriptor, long request, byte[] structure) throws Errno {
    try {
      C.ioctl(descriptor, new NativeLong(request, true), structure);
    } catch (LastErrorException e) {
      throw new Errno(e.getErrorCode());
    }
  }

  @Override
  public int readWithoutWaiting(int descriptor, byte[] into) throws Errno {
    ByteBuffer pollfd = ByteBuffer.allocate(POLLFD_BYTES).order(ByteOrder.nativeOrder());
    pollfd.putInt(0, descriptor).putShort(POLLFD_EVENTS, POLLIN);
    try {
      if (C.poll(pollfd.array(), new NativeLong(1), 0) == 0) {
        return 0;
      }
      if ((pollfd.getShort(POLLFD_REVENTS) & POLLIN) == 0) {
        // POLLERR or POLLHUP: the chip has gone.
        throw new Errno(Errno.ENODEV);
      }
      return C.read(descriptor, into, new NativeLong(into.length)).intValue();
    } catch (LastErrorException e) {
      if (e.getErrorCode() == Errno.EINTR) {
        return 0;
      }
      throw new Errno(e.getErrorCode());
    }
  }

  @Override
  public void close(int descriptor) {
    try {
      C.close(descriptor);
    } catch (LastErrorException e) {
      // The descriptor is free all the same (close(2), "Dealing with error returns").
    }
  }

  /** In a class of its own, so that nothing native is loaded before it is needed. */
  private static final class C {

    static {
      Native.register(Platform.C_LIBRARY_NAME);
    }

    private C() {}

    static native int open(String path, int flags) throws LastErrorException;

    static native int ioctl(int descriptor, NativeLong request, byte[] structure)
        throws LastErrorException;

    static native int poll(byte[] descriptors, NativeLong count, int millis)
        throws LastErrorException;

    static native NativeLong read(int descriptor, byte[] into, NativeLong length)
        throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;
  }
}
