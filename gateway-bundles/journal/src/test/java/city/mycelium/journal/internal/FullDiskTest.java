package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue 3: full disk at every write. */
class FullDiskTest {

  private static final JournalOptions WIDE = JournalOptions.DEFAULT.withReserveBytes(0);

  @TempDir private Path temp;

  // SQLite's own limit: fails where the file would get another page.
  @Test
  void aFileThatMayNotGrowAtAnyPageLosesNothingAndGoesOn() throws Exception {
    int lives = 0;
    int refused = 1;
    for (int pages = 1; refused > 0; pages++) {
      Path directory = temp.resolve("pages" + pages);
      ScriptedLife life = new ScriptedLife(directory);
      life.live(WIDE.withMaxFileBytes(pages * 1_024L));
      refused = life.refusals();
      try (SqliteJournal again = SqliteJournal.open(directory, WIDE)) {
        if (refused == 0) {
          life.assertKept(again);
        }
        life.go(again);
        life.assertKept(again);
      }
      lives++;
    }
    assertThat(lives).isGreaterThan(15);
  }

  // The system's limit: fails at any write to any of the files, also in the middle of one.
  @Test
  void aDiskThatIsFullAtAnyWriteLosesNothingAndGoesOn() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dtinylog.level=off",
                "-cp",
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = reader.readLine();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(line).as("how many lives and refusals").matches("\\d{2,} \\d{3,}");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
