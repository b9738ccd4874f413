package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A journal of a few pages with a bit of everything, its files as bytes, and what has to hold of it
 * whatever becomes of them.
 */
final class SmallJournal {

  static final JournalOptions OPTIONS =
      JournalOptions.DEFAULT.withPageBytes(512).withReserveBytes(0);
  static final String TALLYING = "sync.city";
  static final String PLAIN = "aggregation";
  private static final byte[] KEPT = {1, 2, 3, 4, 5, 6, 7};
  private static final long REMOVED_BEFORE = 1_000;

  final Map<String, byte[]> files = new TreeMap<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final long epoch;
  private final long last;

  /** What became of it. */
  record Outcome(
      long epoch, long lost, long readable, boolean salvaged, List<Incident> incidents) {}

  /**
   * Makes one in a directory that is empty.
   *
   * @param killed whether its files are as a kill leaves them, with a log, or as closing does
   */
  SmallJournal(Path directory, boolean killed) throws Exception {
    RandomDrafts random = new RandomDrafts(3);
    try (SqliteJournal journal = SqliteJournal.open(directory, OPTIONS)) {
      append(journal, List.of(at(random.next(1).get(0), REMOVED_BEFORE - 1)));
      for (int i = 0; i < 3; i++) {
        append(journal, random.next(4).stream().map(d -> at(d, 2_000)).toList());
      }
      deliver(journal, 5);
      journal.retain(REMOVED_BEFORE).get(30, TimeUnit.SECONDS);
    }
    try (SqliteJournal journal = SqliteJournal.open(directory, OPTIONS)) {
      append(journal, random.next(3).stream().map(d -> at(d, 3_000)).toList());
      journal
          .advance(
              Advance.untallied(
                  PLAIN, 1, 9, List.of(), List.of(StateChange.put("windows", "a", KEPT))))
          .get(30, TimeUnit.SECONDS);
      append(journal, random.next(2).stream().map(d -> at(d, 4_000)).toList());
      epoch = journal.epoch();
      last = journal.lastOffset();
      if (killed) {
        keep(directory);
      }
    }
    if (!killed) {
      keep(directory);
    }
  }

  private static Draft at(Draft draft, long receivedAt) {
    return new Draft(
        draft.datastream(), draft.phenomenonTime(), draft.result(), draft.quality(), receivedAt);
  }

  private void append(SqliteJournal journal, List<Draft> more) throws Exception {
    journal.append(more, List.of(), Durability.SYNCED).get(30, TimeUnit.SECONDS);
    drafts.addAll(more);
  }

  private void deliver(SqliteJournal journal, long to) throws Exception {
    TallySheet sheet = TallySheet.EMPTY;
    for (Observation observation : journal.read(0, (int) to)) {
      sheet = sheet.plus(TallySheet.of(observation.datastream(), Tally.delivered(1)));
    }
    journal
        .advance(new Advance(TALLYING, 0, to, sheet, List.of(), Map.of(), List.of(), List.of()))
        .get(30, TimeUnit.SECONDS);
  }

  private void keep(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith("-shm") && !name.endsWith(".lock")) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
  }

  /** Puts the files there, some of them changed, after everything else is gone. */
  void lay(Path directory, Map<String, byte[]> changed) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    Map<String, byte[]> laid = new HashMap<>(files);
    laid.putAll(changed);
    for (Map.Entry<String, byte[]> file : laid.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** Opens what lies there, as the gateway does, uses it, and checks everything. */
  Outcome use(Path directory) throws Exception {
    boolean salvaged = false;
    SqliteJournal journal;
    try {
      journal = SqliteJournal.open(directory, OPTIONS);
    } catch (JournalException e) {
      journal = salvaged(directory, e);
      salvaged = true;
    }
    try {
      return check(journal, salvaged);
    } catch (JournalException e) {
      assertThat(salvaged).as("a salvaged journal is sound, but: %s", e.getMessage()).isFalse();
      journal.close();
      journal = salvaged(directory, e);
      return check(journal, true);
    } finally {
      journal.close();
    }
  }

  private static SqliteJournal salvaged(Path directory, JournalException damage)
      throws JournalException {
    assertThat(damage.reason()).as(damage.getMessage()).isEqualTo(JournalException.Reason.DAMAGED);
    Salvage.run(directory, OPTIONS, 1_795_651_200_000L, String.valueOf(damage.getMessage()));
    return SqliteJournal.open(directory, OPTIONS);
  }

  private Outcome check(SqliteJournal journal, boolean salvaged) throws Exception {
    List<Observation> found = journal.read(0, 1_000);
    for (Observation observation : found) {
      long offset = observation.identity().offset();
      assertThat(observation)
          .isEqualTo(drafts.get((int) offset - 1).accepted(observation.identity()));
    }
    long lastFound = journal.lastOffset();
    assertThat(lastFound).isLessThanOrEqualTo(last);
    assertThat(journal.state().get("windows", "a"))
        .satisfiesAnyOf(
            value -> assertThat(value).isEmpty(), value -> assertThat(value).hasValue(KEPT));
    List<Incident> incidents = new ArrayList<>();
    for (StateStore.Entry entry : journal.state().scan(Incident.COMPONENT, "", 100)) {
      incidents.add(Incident.of(entry.value()));
    }
    for (String cursor : List.of(TALLYING, "sync.new")) {
      goOn(journal, cursor);
    }
    Draft more = at(new RandomDrafts(9).next(1).get(0), 5_000);
    long offset =
        Objects.requireNonNull(
                done(journal.append(List.of(more), List.of(), Durability.SYNCED)).offsets())
            .first();
    if (journal.epoch() == epoch) {
      assertThat(offset).as("an identity is never given twice").isGreaterThan(last);
    }
    assertThat(journal.read(offset - 1, 1).get(0))
        .isEqualTo(more.accepted(new Identity(journal.gateway(), journal.epoch(), offset)));
    long kept = found.isEmpty() ? 0 : lastFound - 1;
    return new Outcome(journal.epoch(), kept - found.size(), found.size(), salvaged, incidents);
  }

  /** Goes to the end, as a Destination does; then everything accepted has become something. */
  private static void goOn(SqliteJournal journal, String cursor) throws Exception {
    long from = journal.cursor(cursor).position();
    long to = journal.lastOffset();
    TallySheet sheet = TallySheet.EMPTY;
    List<OffsetRange> gone = new ArrayList<>();
    long next = from + 1;
    for (Observation observation : journal.read(from, 1_000)) {
      long offset = observation.identity().offset();
      if (offset > next) {
        gone.add(new OffsetRange(next, offset - 1));
      }
      sheet = sheet.plus(TallySheet.of(observation.datastream(), Tally.delivered(1)));
      next = offset + 1;
    }
    if (next <= to) {
      gone.add(new OffsetRange(next, to));
    }
    done(
        journal.advance(
            new Advance(cursor, from, to, sheet, gone, Map.of(), List.of(), List.of())));
    Accounts accounts = journal.accounts();
    Map<DatastreamId, Long> tallied = new TreeMap<>();
    accounts
        .cursors()
        .get(cursor)
        .tally()
        .byDatastream()
        .forEach((datastream, tally) -> tallied.put(datastream, tally.total()));
    assertThat(accounts.accepted().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(to);
    assertThat(tallied).isEqualTo(accounts.accepted());
  }

  private static <T> T done(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // As the gateway hears of it: damage that only a write comes upon is salvaged, too.
      throw e.getCause() instanceof JournalException cause ? cause : e;
    }
  }
}
