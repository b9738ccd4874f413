package city.mycelium.driver.i2c.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real system calls, on files that are no bus: the numbers come back as the kernel gives them. */
@EnabledOnOs(OS.LINUX)
class JnaFilesTest {

  /** FIONREAD (asm-generic/ioctls.h): for a file, how many bytes lie ahead. */
  private static final long FIONREAD = 0x541B;

  private final JnaFiles files = new JnaFiles("a test");
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeAFile() throws IOException {
    file = Files.writeString(folder.resolve("no-bus"), "twelve bytes");
  }

  @Test
  void whatIsNotThereIsSaidByItsNumberAndNotMade() {
    Path missing = folder.resolve("i2c-9");

    assertThatThrownBy(() -> files.open(missing.toString()))
        .isInstanceOfSatisfying(BusFault.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    assertThat(missing).doesNotExist();
  }

  @Test
  void aStructureIsFilledByTheKernel() throws BusFault {
    ByteBuffer structure = direct(64);
    try (DeviceFile open = files.open(file.toString())) {
      assertThat(open.ioctl(FIONREAD, structure)).isZero();
    }
    assertThat(structure.getInt(0)).isEqualTo(12);
  }

  @Test
  void aFileThatIsNoBusRefusesEveryCall() throws BusFault {
    try (DeviceFile open = files.open(file.toString())) {
      assertThat(open.ioctl(LinuxAdapter.I2C_SLAVE, 0x44)).isEqualTo(Errno.ENOTTY);
      assertThat(open.ioctl(LinuxAdapter.I2C_FUNCS, direct(8))).isEqualTo(Errno.ENOTTY);
      assertThat(open.messages(direct(64), 8, 32)).isEqualTo(Errno.ENOTTY);
    }
    assertThatThrownBy(() -> LinuxAdapter.open(files, file.toString()))
        .isInstanceOfSatisfying(BusFault.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTTY));
  }

  @Test
  void pointersLeadIntoTheBufferItself() throws BusFault {
    ByteBuffer messages = direct(64);
    try (DeviceFile open = files.open(file.toString())) {
      assertThat(open.pointerBytes()).isEqualTo(Native.POINTER_SIZE);
      open.messages(messages, 8, 32, 24, 34);
    }
    Pointer base = Native.getDirectBufferPointer(messages);
    assertThat(base.getPointer(8)).isEqualTo(base.share(32));
    assertThat(base.getPointer(24)).isEqualTo(base.share(34));
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
