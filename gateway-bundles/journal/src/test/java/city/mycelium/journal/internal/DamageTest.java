package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the medium does to the files: what is read is what was written, no identity is given
 * twice, every account balances, and the journal goes on. What is checked is in {@link
 * SmallJournal}.
 */
class DamageTest {

  private static final String DATA = "journal.db";
  private static final String LOG = "journal.db-wal";

  @TempDir(factory = MemoryDirectories.class)
  private Path temp;

  private Path directory(String name) throws Exception {
    return Files.createDirectories(temp.resolve(name));
  }

  /**
   * One byte in so many is changed; all of them with {@code -Dmycelium.damage.stride=1}, which
   * keeps two cores busy for minutes.
   */
  private static final int STRIDE = Integer.getInteger("mycelium.damage.stride", 7);

  /** Every so many bytes of a file changed, one at a time, and what became of the journal. */
  private List<SmallJournal.Outcome> bytes(boolean killed, String name, int stride)
      throws Exception {
    SmallJournal small = new SmallJournal(directory("made"), killed);
    byte[] sound = small.files.get(name);
    // Two at a time: most of it is waiting for the disk.
    int lanes = 2;
    ExecutorService pool = Executors.newFixedThreadPool(lanes);
    try {
      List<Future<List<SmallJournal.Outcome>>> parts = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        int first = lane;
        Path directory = directory("lane" + lane);
        Callable<List<SmallJournal.Outcome>> part =
            () -> {
              List<SmallJournal.Outcome> outcomes = new ArrayList<>();
              for (int at = first; at < sound.length; at += lanes * stride) {
                outcomes.add(changed(small, directory, name, at));
              }
              return outcomes;
            };
        parts.add(pool.submit(part));
      }
      List<SmallJournal.Outcome> all = new ArrayList<>();
      for (Future<List<SmallJournal.Outcome>> part : parts) {
        all.addAll(part.get());
      }
      return all;
    } finally {
      pool.shutdownNow();
    }
  }

  private static SmallJournal.Outcome changed(
      SmallJournal small, Path directory, String name, int at) throws Exception {
    byte[] bytes = small.files.get(name).clone();
    bytes[at] ^= (byte) (1 << at % 8);
    small.lay(directory, Map.of(name, bytes));
    try {
      return small.use(directory);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("byte " + at + " of " + name + ": " + e.getMessage(), e);
    }
  }

  @Test
  void soundFilesLoseNothingAndKeepTheirEpoch() throws Exception {
    for (boolean killed : new boolean[] {false, true}) {
      SmallJournal small = new SmallJournal(directory("made" + killed), killed);
      small.lay(directory("used"), Map.of());
      SmallJournal.Outcome outcome = small.use(directory("used"));
      assertThat(outcome.salvaged()).isFalse();
      assertThat(outcome.lost()).isZero();
      assertThat(outcome.incidents()).isEmpty();
    }
  }

  @Test
  void bytesOfTheDataFile() throws Exception {
    List<SmallJournal.Outcome> outcomes = bytes(false, DATA, STRIDE);
    assertThat(outcomes.stream().filter(SmallJournal.Outcome::salvaged).count())
        .as("control: it does matter")
        .isGreaterThan(outcomes.size() / 4);
    assertThat(outcomes.stream().filter(outcome -> outcome.readable() == 0).count())
        .as("all is lost only where the names or all pages are")
        .isLessThan(outcomes.size() / 10);
  }

  @Test
  void bytesOfTheLog() throws Exception {
    bytes(true, LOG, STRIDE);
  }

  // Most of its pages are in the log as well, and read from there: fewer will do.
  @Test
  void bytesOfTheDataFileUnderALog() throws Exception {
    bytes(true, DATA, 13 * STRIDE);
  }

  @Test
  void truncatedFiles() throws Exception {
    SmallJournal small = new SmallJournal(directory("made"), false);
    byte[] sound = small.files.get(DATA);
    for (int length = 0; length < sound.length; length += 101) {
      small.lay(directory("used"), Map.of(DATA, Arrays.copyOf(sound, length)));
      small.use(directory("used"));
    }
  }

  @Test
  void somethingElseInItsPlaceIsSetAsideAndKept() throws Exception {
    SmallJournal small = new SmallJournal(directory("made"), false);
    byte[] text = "shopping list: milk, bread\n".repeat(200).getBytes(StandardCharsets.UTF_8);
    small.lay(directory("used"), Map.of(DATA, text));

    SmallJournal.Outcome outcome = small.use(directory("used"));

    assertThat(outcome.salvaged()).isTrue();
    Path aside = directory("used").resolve(outcome.incidents().get(0).aside());
    assertThat(Files.readAllBytes(aside)).isEqualTo(text);
  }
}
