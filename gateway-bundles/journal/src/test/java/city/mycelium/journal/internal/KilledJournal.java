package city.mycelium.journal.internal;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The process that {@link KilledJournalTest} kills: appends numbers that count up, the next one
 * kept as state with them, lets a consumer derive from them, and prints every receipt, until it
 * dies.
 */
final class KilledJournal {

  static final DatastreamId RAW = new DatastreamId("counter.1/raw");
  static final DatastreamId DERIVED = new DatastreamId("counter.1/derived");
  static final String STATE = "killed";
  static final String NEXT = "next";
  static final String CURSOR = "killed";

  private KilledJournal() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    JournalOptions options = JournalOptions.DEFAULT.withGroup(Duration.ofMillis(5), 500);
    try (SqliteJournal journal = SqliteJournal.open(Path.of(args[0]), options)) {
      long next =
          journal.state().get(STATE, NEXT).map(v -> ByteBuffer.wrap(v).getLong()).orElse(0L);
      List<CompletableFuture<Void>> underWay = new ArrayList<>();
      for (int round = 0; ; round++) {
        int count = 1 + round % 40;
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          drafts.add(draft(RAW, next++));
        }
        byte[] upTo = ByteBuffer.allocate(Long.BYTES).putLong(next).array();
        long last = next - 1;
        underWay.add(
            journal
                .append(
                    drafts,
                    List.of(StateChange.put(STATE, NEXT, upTo)),
                    round % 3 == 0 ? Durability.SYNCED : Durability.WRITTEN)
                .thenAccept(receipt -> print(out, receipt, last)));
        if (underWay.size() == 10) {
          CompletableFuture.allOf(underWay.toArray(new CompletableFuture<?>[0])).get();
          underWay.clear();
          derive(journal);
        }
      }
    }
  }

  /** One derived number per step: how many offsets it moved over. */
  private static void derive(SqliteJournal journal) throws Exception {
    long from = journal.cursor(CURSOR).position();
    long to = from + journal.read(from, 300).size();
    journal
        .advance(Advance.untallied(CURSOR, from, to, List.of(draft(DERIVED, to - from)), List.of()))
        .get();
  }

  private static Draft draft(DatastreamId datastream, long value) {
    return new Draft(
        datastream,
        PhenomenonTime.at(1_795_435_200_000L + value),
        new Result.Measurement(value),
        Quality.GOOD,
        1_795_435_200_000L + value);
  }

  private static void print(PrintStream out, Receipt receipt, long lastValue) {
    out.println(Objects.requireNonNull(receipt.offsets()).last() + " " + lastValue);
    out.flush();
  }
}
