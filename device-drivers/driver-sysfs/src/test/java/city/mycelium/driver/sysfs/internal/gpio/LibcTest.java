package city.mycelium.driver.sysfs.internal.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real C library, with files that every Linux has. */
class LibcTest {

  private final Kernel libc = new Libc();

  @Test
  void bytesThatAreThereAreRead(@TempDir Path folder) throws IOException, Errno {
    int file = libc.open(Files.writeString(folder.resolve("f"), "abc").toString());
    byte[] into = new byte[8];

    assertThat(libc.readWithoutWaiting(file, into)).isEqualTo(3);
    assertThat(new String(into, 0, 3, StandardCharsets.US_ASCII)).isEqualTo("abc");
    libc.close(file);
  }

  @Test
  void whatTheKernelRefusesComesByItsNumber(@TempDir Path folder) {
    assertThatThrownBy(() -> libc.open(folder.resolve("none").toString()))
        .isInstanceOfSatisfying(Errno.class, e -> assertThat(e.number()).isEqualTo(2)); // ENOENT
  }

  @Test
  void aDescriptorThatIsNoneIsGone() {
    assertThatThrownBy(() -> libc.readWithoutWaiting(1_000_000, new byte[8]))
        .isInstanceOfSatisfying(
            Errno.class, e -> assertThat(e.number()).isEqualTo(Errno.ENODEV)); // POLLNVAL
  }
}
