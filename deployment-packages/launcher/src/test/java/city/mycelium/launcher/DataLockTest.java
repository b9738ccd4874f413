package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {

  @TempDir Path temp;

  @Test
  void dataDirectoryIsMadeForItsOwnerOnly() throws Exception {
    try (DataLock lock = DataLock.take(temp.resolve("data"))) {
      assertThat(lock).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("data"))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void secondGatewayIsKeptOff() throws Exception {
    try (DataLock lock = DataLock.take(temp)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> DataLock.take(temp))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("Another gateway runs on the data directory " + temp);
    }
  }

  /** Control: it is the running gateway that keeps the next one off, not the file it left. */
  @Test
  void nextGatewayMayTakeIt() throws Exception {
    DataLock.take(temp).close();

    try (DataLock next = DataLock.take(temp)) {
      assertThat(next).isNotNull();
    }
  }

  @Test
  void directoryThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Folders.write(temp.resolve("file"), "");

    assertThatThrownBy(() -> DataLock.take(file))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("The data directory " + file + " cannot be written");
  }
}
