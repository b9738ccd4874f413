package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A short life of a journal, in which any write may be refused, and what must be true of it
 * afterwards: what was acknowledged is there, what was refused is not, and the ledger balances.
 */
final class ScriptedLife {

  private static final String CURSOR = "destination/city";
  private static final List<DatastreamId> STREAMS =
      List.of(new DatastreamId("one/a"), new DatastreamId("two/b"), new DatastreamId("three/c"));

  private final Path directory;

  /** The value at each offset that was acknowledged. */
  private final Map<Long, Long> acknowledged = new TreeMap<>();

  private long nextValue;
  private long position;
  private long state;
  private long removedTo;
  private int refusals;

  ScriptedLife(Path directory) {
    this.directory = directory;
  }

  int refusals() {
    return refusals;
  }

  /** Does it all; goes on after every refusal, as senders do. */
  void live(JournalOptions options) throws Exception {
    for (int session = 0; session < 3; session++) {
      try (SqliteJournal journal = SqliteJournal.open(directory, options)) {
        go(journal);
      } catch (JournalException e) {
        refused(e);
      }
    }
  }

  /** One session with an open journal. */
  void go(SqliteJournal journal) throws Exception {
    for (int i = 0; i < 4; i++) {
      append(journal, 10 + 40 * i);
      acknowledge(journal);
      writeState(journal);
    }
    retain(journal);
    append(journal, 20);
  }

  private void append(SqliteJournal journal, int count) throws Exception {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long value = nextValue++;
      drafts.add(
          new Draft(
              STREAMS.get((int) (value % STREAMS.size())),
              PhenomenonTime.at(1_000 * value),
              // With a fraction that does not compress: the file is to get new pages.
              new Result.Measurement(value + new Random(value).nextDouble()),
              Quality.GOOD,
              value));
    }
    Receipt receipt = done(journal.append(drafts, List.of(), Durability.SYNCED));
    if (receipt != null) {
      OffsetRange offsets = Objects.requireNonNull(receipt.offsets());
      for (int i = 0; i < count; i++) {
        acknowledged.put(offsets.first() + i, nextValue - count + i);
      }
    }
  }

  private void acknowledge(SqliteJournal journal) throws Exception {
    long from = journal.cursor(CURSOR).position();
    List<Observation> read = journal.read(from, 1_000);
    TallySheet sheet =
        read.stream()
            .map(o -> TallySheet.of(o.datastream(), Tally.delivered(1)))
            .reduce(TallySheet.EMPTY, TallySheet::plus);
    long to = from + read.size();
    Advance step = new Advance(CURSOR, from, to, sheet, List.of(), Map.of(), List.of(), List.of());
    if (done(journal.advance(step)) != null) {
      position = to;
    }
  }

  private void writeState(SqliteJournal journal) throws Exception {
    long next = state + 1;
    CompletableFuture<Void> written =
        journal.state().write(List.of(StateChange.put("life", "state", bytes(next))));
    if (done(written.thenApply(nothing -> true)) != null) {
      state = next;
    }
  }

  private void retain(SqliteJournal journal) throws Exception {
    Retained retained = done(journal.retain(nextValue / 2));
    removedTo += retained == null ? 0 : retained.observations();
  }

  private <T> @org.jspecify.annotations.Nullable T done(CompletableFuture<T> future)
      throws Exception {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException refusal) {
        refused(refusal);
        return null;
      }
      throw e;
    }
  }

  private void refused(JournalException refusal) {
    refusals++;
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(JournalException.Reason.FULL);
  }

  /** What has to be true of a journal that was opened again, or never closed. */
  void assertKept(SqliteJournal journal) throws Exception {
    assertThat(journal.lastOffset()).isEqualTo(acknowledged.size());
    Map<Long, Long> read = new TreeMap<>();
    for (Observation observation : journal.read(0, Integer.MAX_VALUE)) {
      read.put(
          observation.identity().offset(),
          (long) ((Result.Measurement) observation.result()).value());
    }
    Map<Long, Long> expected = new TreeMap<>(acknowledged);
    expected.keySet().removeIf(offset -> offset <= removedTo);
    assertThat(read).isEqualTo(expected);
    assertThat(journal.cursor(CURSOR).position()).isEqualTo(Math.max(position, removedTo));
    assertThat(journal.cursor(CURSOR).tally().total()).isEqualTo(journal.cursor(CURSOR).position());
    assertThat(journal.state().get("life", "state").map(v -> ByteBuffer.wrap(v).getLong()))
        .hasValue(state);
    Accounts accounts = journal.accounts();
    assertThat(accounts.accepted().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(acknowledged.size());
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
