package city.mycelium.journal.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Identity;
import java.util.Optional;

/**
 * Up to which offset a journal is known to have come, in a small file beside it: so an older copy
 * of the data file that somebody puts back is noticed, and gives no offset a second time. Written
 * when the journal is closed and every {@link Transaction#SAVE_ACCEPTED_EVERY} offsets; what came
 * after and before a power cut it does not know.
 */
final class HighWater {

  static final String FILE = "last-offset";

  private HighWater() {}

  /** The offset that is known for an epoch; 0 if none is. */
  static long of(DataDirectory directory, long epoch) throws JournalException {
    Optional<String> word = directory.word(FILE);
    String prefix = Identity.epochText(epoch) + " ";
    try {
      return word.filter(text -> text.startsWith(prefix))
          .map(text -> Long.parseLong(text.substring(prefix.length())))
          .orElse(0L);
    } catch (NumberFormatException e) {
      return 0; // it helps to know, but no journal depends on it
    }
  }

  static void keep(DataDirectory directory, long epoch, long offset) throws JournalException {
    directory.keepWord(FILE, Identity.epochText(epoch) + " " + offset);
  }
}
