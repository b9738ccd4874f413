package city.mycelium.journal.internal;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of {@link FullDiskTest}: lives {@link ScriptedLife} again and again, each time with
 * files that may grow a little more (setrlimit(2), RLIMIT_FSIZE), until one is lived without a
 * refusal. Prints how many lives and refusals it took.
 */
final class FullDisk {

  /** linux/include/uapi/asm-generic/resource.h */
  private static final int RLIMIT_FSIZE = 1;

  /** Half a page of the file: every write fails once as a whole, and once in its middle. */
  private static final int STEP_BYTES = 512;

  private static final JournalOptions OPTIONS = JournalOptions.DEFAULT.withReserveBytes(0);

  interface Libc extends Library {
    int setrlimit(int resource, long[] softAndHard);
  }

  private FullDisk() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Libc libc = Native.load("c", Libc.class);
    // Once without a limit: the driver unpacks its native part.
    SqliteJournal.open(root.resolve("warm"), OPTIONS).close();
    int lives = 0;
    long refusals = 0;
    for (long limit = 0; ; limit += STEP_BYTES) {
      Path directory = Files.createDirectory(root.resolve("life" + limit));
      ScriptedLife life = new ScriptedLife(directory);
      limit(libc, limit);
      life.live(OPTIONS);
      int refused = life.refusals();
      goOnWithoutOpeningAgain(libc, limit, directory, life);
      try (SqliteJournal again = SqliteJournal.open(directory, OPTIONS)) {
        life.assertKept(again);
        life.go(again);
        life.assertKept(again);
      }
      lives++;
      refusals += refused;
      if (refused == 0) {
        System.out.println(lives + " " + refusals);
        return;
      }
    }
  }

  /** The same journal, first while the disk is full and then when there is room. */
  private static void goOnWithoutOpeningAgain(
      Libc libc, long limit, Path directory, ScriptedLife life) throws Exception {
    limit(libc, -1);
    try (SqliteJournal journal = SqliteJournal.open(directory, OPTIONS)) {
      limit(libc, limit);
      life.go(journal);
      limit(libc, -1);
      int before = life.refusals();
      life.go(journal);
      if (life.refusals() != before) {
        throw new AssertionError("there is room again, and it still refuses");
      }
      life.assertKept(journal);
    }
  }

  private static void limit(Libc libc, long bytes) {
    if (libc.setrlimit(RLIMIT_FSIZE, new long[] {bytes, -1}) != 0) {
      throw new IllegalStateException("setrlimit failed: " + Native.getLastError());
    }
  }
}
