package city.mycelium.bench;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a journal holds, again and again, each time as much later as the whole took: the demo's own
 * data, with its many kinds of values and its irregular times. Not thread-safe.
 */
final class Replay implements Source {

  private static final int READ_AT_ONCE = 1_000;

  private final List<Draft> drafts;
  private final long lengthMillis;
  private int next;
  private long round;

  private Replay(List<Draft> drafts) {
    this.drafts = drafts;
    long first = drafts.stream().mapToLong(Draft::receivedAt).min().orElse(0);
    long last = drafts.stream().mapToLong(Draft::receivedAt).max().orElse(0);
    lengthMillis = last - first + 1;
  }

  /** Reads the journal of a data directory; fails if it holds nothing. */
  static Replay of(Path dataDirectory) throws JournalException {
    List<Draft> drafts = new ArrayList<>();
    try (SqliteJournal journal = SqliteJournal.open(dataDirectory, JournalOptions.DEFAULT)) {
      long after = 0;
      while (after < journal.lastOffset()) {
        for (Observation observation : journal.read(after, READ_AT_ONCE)) {
          after = observation.identity().offset();
          drafts.add(
              new Draft(
                  observation.datastream(),
                  observation.phenomenonTime(),
                  observation.result(),
                  observation.quality(),
                  observation.receivedAt()));
        }
      }
    }
    if (drafts.isEmpty()) {
      throw new IllegalArgumentException("there is nothing in the journal of " + dataDirectory);
    }
    return new Replay(drafts);
  }

  int size() {
    return drafts.size();
  }

  @Override
  public List<Draft> next(int count) {
    List<Draft> batch = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      batch.add(later(drafts.get(next), round * lengthMillis));
      if (++next == drafts.size()) {
        next = 0;
        round++;
      }
    }
    return batch;
  }

  private static Draft later(Draft draft, long millis) {
    PhenomenonTime time = draft.phenomenonTime();
    return new Draft(
        draft.datastream(),
        PhenomenonTime.between(time.from() + millis, time.to() + millis),
        draft.result(),
        draft.quality(),
        draft.receivedAt() + millis);
  }
}
