package city.mycelium.bench;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own that opens a journal as a gateway does, and says how long that took and what
 * memory it cost. With a number of observations it also reads so many at the beginning and as many
 * at the end, in turns.
 */
final class BacklogProbe {

  private static final int PAGE = 2_000;
  private static final int TURNS = 5;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private BacklogProbe() {}

  public static void main(String[] arguments) throws JournalException, IOException {
    long begin = System.nanoTime();
    try (SqliteJournal journal =
        SqliteJournal.open(Path.of(arguments[0]), JournalOptions.DEFAULT)) {
      double openedMillis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
      long last = journal.lastOffset();
      int stretch = Integer.parseInt(arguments[1]);
      JsonArrayBuilder atStart = Json.createArrayBuilder();
      JsonArrayBuilder atEnd = Json.createArrayBuilder();
      if (stretch > 0) {
        read(journal, 0, stretch); // the JIT compiles in its own time
        for (int i = 0; i < TURNS; i++) {
          atStart.add(read(journal, 0, stretch));
          atEnd.add(read(journal, last - stretch, stretch));
        }
      }
      System.gc(); // what is garbage is not what a backlog costs
      System.out.println(
          Json.createObjectBuilder()
              .add("openedMillis", openedMillis)
              .add("residentBytes", ProcessIo.residentBytes(ProcessHandle.current().pid()))
              .add("atStart", atStart)
              .add("atEnd", atEnd)
              .build());
    }
  }

  /** Observations a second. */
  private static double read(SqliteJournal journal, long after, int count) throws JournalException {
    long begin = System.nanoTime();
    long position = after;
    while (position < after + count) {
      List<Observation> page = journal.read(position, PAGE);
      position = page.get(page.size() - 1).identity().offset();
    }
    return count * NANOS_PER_SECOND / (System.nanoTime() - begin);
  }
}
