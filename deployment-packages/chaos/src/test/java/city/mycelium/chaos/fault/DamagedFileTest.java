package city.mycelium.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedFileTest {

  private static final int PAGE = 1_024;

  @TempDir private Path folder;

  @Test
  void onePageBehindTheFirstIsNoiseAndTheRestIsAsItWas() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[4 * PAGE]);

    int at = (int) DamagedFile.overwrite(file, new SplittableRandom(1));

    byte[] after = Files.readAllBytes(file);
    assertThat(after).hasSize(4 * PAGE);
    assertThat(at).isIn(PAGE, 2 * PAGE, 3 * PAGE);
    assertThat(Arrays.copyOfRange(after, at, at + PAGE)).isNotEqualTo(new byte[PAGE]);
    Arrays.fill(after, at, at + PAGE, (byte) 0);
    assertThat(after).isEqualTo(new byte[4 * PAGE]);
  }

  @Test
  void aFileThatIsTooSmallStaysAsItIs() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[PAGE]);

    assertThat(DamagedFile.overwrite(file, new SplittableRandom(1))).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[PAGE]);
  }
}
