package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import com.pi4j.library.linuxfs.LinuxFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Devices opened by the native library under Pi4J's linuxfs provider. Why not by the provider
 * itself: docs/decisions/0121-i2c-bus.md.
 */
final class Pi4jFiles implements DeviceFile.Opener {

  private final String why;

  /**
   * Loads the library.
   *
   * @throws LinkageError if it does not load here
   */
  Pi4jFiles(String why) {
    this.why = why;
    try {
      Class.forName(LinuxFile.class.getName(), true, LinuxFile.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError("Pi4J's linuxfs library is not among the bundles", e);
    }
  }

  @Override
  public String means() {
    return "Pi4J linuxfs (" + why + ")";
  }

  @Override
  public DeviceFile open(String path) throws BusFault {
    Path file = Path.of(path);
    if (!Files.exists(file)) { // RandomAccessFile would make a file of it
      throw BusFault.of(Step.OPEN, Errno.ENOENT);
    }
    if (!Files.isReadable(file) || !Files.isWritable(file)) {
      throw BusFault.of(Step.OPEN, Errno.EACCES);
    }
    try {
      return new Open(new LinuxFile(path, "rw"));
    } catch (IOException e) { // Java does not tell the error number; the two likely ones are above
      throw BusFault.of(Step.OPEN, Errno.EIO);
    }
  }

  private static final class Open implements DeviceFile {

    private final LinuxFile file;

    Open(LinuxFile file) {
      this.file = file;
    }

    @Override
    public int pointerBytes() {
      return LinuxFile.wordSize;
    }

    @Override
    public int ioctl(long request, int value) {
      try {
        file.ioctl(request, value);
        return 0;
      } catch (IOException e) {
        return errno(e);
      }
    }

    @Override
    public int ioctl(long request, ByteBuffer structure, int... pointers) {
      IntBuffer pairs =
          ByteBuffer.allocateDirect((pointers.length + 1) * Integer.BYTES)
              .order(ByteOrder.nativeOrder())
              .asIntBuffer();
      pairs.put(pointers).flip();
      try {
        file.ioctl(request, structure, pairs);
        return 0;
      } catch (IOException e) {
        return errno(e);
      }
    }

    /** The library wraps messages into struct i2c_rdwr_ioctl_data by itself. */
    @Override
    public int messages(ByteBuffer messages, int... pointers) {
      return ioctl(LinuxAdapter.I2C_RDWR, messages, pointers);
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        // It is given up either way.
      }
    }

    private static int errno(IOException e) {
      return e instanceof LinuxFile.LinuxFileException linux ? linux.getCode() : Errno.EIO;
    }
  }
}
