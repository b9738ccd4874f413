package city.mycelium.chaos.powercut;

import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;

/**
 * Runs in the guest machine until its power is cut: says what the journal holds ({@code CHECK}),
 * then appends and says what was acknowledged as synced ({@code ACK}). Its console is the only
 * thing that outlives it.
 */
public final class GuestMain {

  private static final int LARGEST_BATCH = 60;
  private static final int PAGE = 2_000;

  private GuestMain() {}

  public static void main(String[] arguments)
      throws JournalException, InterruptedException, ExecutionException {
    Path data = Path.of(arguments[0]);
    boolean control = arguments[1].equals(Disk.CONTROL);
    JournalOptions options =
        control ? JournalOptions.DEFAULT.withoutSync() : JournalOptions.DEFAULT;
    SqliteJournal journal = SqliteJournal.open(data, options);
    say("CHECK " + check(journal));
    SplittableRandom batches = new SplittableRandom(journal.lastOffset());
    while (true) {
      var drafts = Content.from(journal.lastOffset() + 1, batches.nextInt(1, LARGEST_BATCH + 1));
      Receipt receipt = journal.append(drafts, List.of(), Durability.SYNCED).get();
      OffsetRange offsets = Objects.requireNonNull(receipt.offsets());
      say("ACK " + offsets.last());
    }
  }

  /** The last offset if all up to it are there as they were written; else what is wrong. */
  private static String check(Journal journal) throws JournalException {
    long last = 0;
    List<Observation> page = journal.read(0, PAGE);
    while (!page.isEmpty()) {
      for (Observation observation : page) {
        if (observation.identity().offset() != last + 1 || !Content.isIntact(observation)) {
          return "damaged after " + last;
        }
        last++;
      }
      page = journal.read(last, PAGE);
    }
    return last == journal.lastOffset()
        ? "intact to " + last
        : "damaged: it ends at " + last + " and says " + journal.lastOffset();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
