package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Devices opened by open(2) and ioctl(2) of the C library, through JNA. */
final class JnaFiles implements DeviceFile.Opener {

  /** O_RDWR | O_CLOEXEC (asm-generic/fcntl.h). */
  private static final int FLAGS = 0x0000_0002 | 0x0008_0000;

  private final String why;
  private final LibC libc;

  /**
   * Loads the library.
   *
   * @throws LinkageError if it does not load here
   */
  JnaFiles(String why) {
    this.why = why;
    libc = Native.load("c", LibC.class);
  }

  /** What is used of the C library. Public, since JNA implements it. */
  public interface LibC extends Library {

    int open(String path, int flags) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, NativeLong value) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, Pointer structure) throws LastErrorException;
  }

  @Override
  public String means() {
    return "JNA (" + why + ")";
  }

  @Override
  public DeviceFile open(String path) throws BusFault {
    try {
      return new Open(libc, libc.open(path, FLAGS));
    } catch (LastErrorException e) {
      throw BusFault.of(Step.OPEN, e.getErrorCode());
    }
  }

  private static final class Open implements DeviceFile {

    /** struct i2c_rdwr_ioctl_data: struct i2c_msg *msgs, u32 nmsgs; padded to 16 at most. */
    private static final int RDWR_BYTES = 16;

    private final LibC libc;
    private final int descriptor;
    private final ByteBuffer rdwr =
        ByteBuffer.allocateDirect(RDWR_BYTES).order(ByteOrder.nativeOrder());
    private boolean closed;

    Open(LibC libc, int descriptor) {
      this.libc = libc;
      this.descriptor = descriptor;
    }

    @Override
    public int pointerBytes() {
      return Native.POINTER_SIZE;
    }

    @Override
    public int ioctl(long request, int value) {
      try {
        libc.ioctl(descriptor, new NativeLong(request), new NativeLong(value));
        return 0;
      } catch (LastErrorException e) {
        return e.getErrorCode();
      }
    }

    @Override
    public int ioctl(long request, ByteBuffer structure, int... pointers) {
      point(structure, pointers);
      return ioctl(request, Native.getDirectBufferPointer(structure));
    }

    @Override
    public int messages(ByteBuffer messages, int... pointers) {
      point(messages, pointers);
      Pointer wrapped = Native.getDirectBufferPointer(rdwr);
      wrapped.setPointer(0, Native.getDirectBufferPointer(messages));
      wrapped.setInt(Native.POINTER_SIZE, pointers.length / 2);
      return ioctl(LinuxAdapter.I2C_RDWR, wrapped);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        try {
          libc.close(descriptor);
        } catch (LastErrorException e) {
          // It is given up either way.
        }
      }
    }

    private int ioctl(long request, Pointer structure) {
      try {
        libc.ioctl(descriptor, new NativeLong(request), structure);
        return 0;
      } catch (LastErrorException e) {
        return e.getErrorCode();
      }
    }

    private static void point(ByteBuffer structure, int... pointers) {
      Pointer base = Native.getDirectBufferPointer(structure);
      for (int i = 0; i < pointers.length; i += 2) {
        base.setPointer(pointers[i], base.share(pointers[i + 1]));
      }
    }
  }
}
