package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.JournalException.Reason;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.testkit.JournalContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class SqliteJournalTest extends JournalContract {

  private static final JournalOptions HOURLY =
      JournalOptions.DEFAULT.withGroup(Duration.ofHours(1), 1_000);

  @TempDir private Path temp;

  private final List<SqliteJournal> opened = new ArrayList<>();
  private final RandomWalk walk = new RandomWalk(1);

  @Override
  protected Journal emptyJournal() throws Exception {
    return open("contract", JournalOptions.DEFAULT);
  }

  @Override
  protected void retain(Journal journal, long olderThanEpochMillis) throws Exception {
    done(((SqliteJournal) journal).retain(olderThanEpochMillis));
  }

  // As the budget does it, but at a place of the test's choice and past the writer, which is idle.
  @Override
  protected void crowdOut(Journal journal, OffsetRange offsets) throws Exception {
    try (Connection connection = connect("contract")) {
      WriteSide file = new WriteSide(connection);
      file.begin();
      List<StoredBlock> raw = file.rawBetween(offsets.first() - 1, offsets.last(), 10);
      assertThat(raw).hasSize(1);
      new Removal(file).between(raw.get(0), Loss.CROWDED_OUT);
      file.commit();
    }
  }

  @AfterEach
  void closeAll() {
    opened.forEach(SqliteJournal::close);
  }

  @Test
  void aReopenedJournalGoesOnWhereItStopped() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    List<Draft> drafts = walk.next(2_500);
    append(journal, drafts);
    done(
        journal.advance(
            Advance.untallied(
                "a",
                0,
                2_000,
                List.of(),
                List.of(StateChange.put("driver", "k", new byte[] {7})))));
    List<Observation> before = journal.read(0, 10_000);
    journal.close();

    SqliteJournal again = open("data", JournalOptions.DEFAULT);

    assertThat(again.gateway()).isEqualTo(journal.gateway());
    assertThat(again.epoch()).isEqualTo(journal.epoch());
    assertThat(again.lastOffset()).isEqualTo(2_500);
    assertThat(again.read(0, 10_000)).hasSize(2_500).isEqualTo(before);
    assertThat(again.cursors()).containsExactly(new Cursor("a", 2_000, Tally.NONE));
    assertThat(again.state().get("driver", "k")).hasValue(new byte[] {7});
    assertThat(append(again, walk.next(1)).offsets()).isEqualTo(new OffsetRange(2_501, 2_501));
    assertThat(again.read(2_500, 1).get(0).datastream())
        .isEqualTo(before.get(2_500 % 20).datastream());
  }

  @Test
  void offsetsGoOnAfterRetentionHasEmptiedAJournalThatIsReopened() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    append(journal, walk.next(10));
    done(journal.retain(Long.MAX_VALUE));
    journal.close();

    SqliteJournal again = open("data", JournalOptions.DEFAULT);

    assertThat(again.lastOffset()).isEqualTo(10);
    assertThat(append(again, walk.next(1)).offsets()).isEqualTo(new OffsetRange(11, 11));
  }

  // Flash wears out by the commit, not by the observation.
  @Test
  void whatCanWaitSharesTheCommitOfWhatCannot() throws Exception {
    SqliteJournal journal = open("data", HOURLY);
    CompletableFuture<Receipt> first = journal.append(walk.next(3), List.of(), Durability.WRITTEN);
    CompletableFuture<Receipt> second = journal.append(walk.next(4), List.of(), Durability.WRITTEN);
    assertThat(first).isNotDone();
    assertThat(journal.lastOffset()).isZero();

    append(journal, walk.next(2));

    assertThat(first.get().offsets()).isEqualTo(new OffsetRange(1, 3));
    assertThat(second.get().offsets()).isEqualTo(new OffsetRange(4, 7));
    assertThat(number("data", "SELECT count(*) FROM block")).isEqualTo(1);
    // The control: what is synced by itself has a block of its own.
    append(journal, walk.next(2));
    assertThat(number("data", "SELECT count(*) FROM block")).isEqualTo(2);
  }

  // Raw data that is summed up can go without its aggregates only if they lie apart.
  @Test
  void rawAndDerivedNeverShareABlock() throws Exception {
    SqliteJournal journal = open("data", HOURLY);
    append(journal, walk.next(2));
    CompletableFuture<Receipt> raw = journal.append(walk.next(3), List.of(), Durability.WRITTEN);
    done(journal.advance(Advance.untallied("aggregation", 0, 2, walk.next(1), List.of())));

    assertThat(raw.get().offsets()).isEqualTo(new OffsetRange(3, 5));
    assertThat(text("data", "SELECT group_concat(first || '-' || last || ':' || kind) FROM block"))
        .isEqualTo("1-2:1,3-5:1,6-6:2");
  }

  // Opening has to count what came after, and that must not be the whole backlog.
  @Test
  void whatWasAcceptedIsSavedNowAndThenAndCountedFromThere() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    append(journal, walk.next(20_000));
    append(journal, walk.next(20_000));
    append(journal, walk.next(20_000));
    assertThat(savedThrough("data")).isZero();
    append(journal, walk.next(20_000));
    assertThat(savedThrough("data")).isEqualTo(80_000);
    append(journal, walk.next(20));
    assertThat(savedThrough("data")).isEqualTo(80_000);

    assertThat(journal.accounts().accepted()).hasSize(20).containsValue(4_001L);
    journal.close();
    assertThat(savedThrough("data")).isEqualTo(80_020);
  }

  private long savedThrough(String name) throws Exception {
    try (Connection connection = connect(name)) {
      return new MetaTable(new Statements(connection)).accepted().through();
    }
  }

  // A step writes the cursor's own page; only now and then a page for every 64 Datastreams.
  @Test
  void aSheetThatHasGrownIsFoldedIntoATableOfItsOwn() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Draft draft = walk.next(1).get(0);
      drafts.add(
          new Draft(
              new DatastreamId("device/" + i),
              draft.phenomenonTime(),
              draft.result(),
              draft.quality(),
              draft.receivedAt()));
    }
    append(journal, drafts);
    append(journal, drafts);
    append(journal, drafts);

    deliver(journal, 0, 100);
    assertThat(number("data", "SELECT count(*) FROM tally")).isZero();
    deliver(journal, 100, 600);
    deliver(journal, 600, 900);

    assertThat(number("data", "SELECT count(*) FROM tally")).isEqualTo(5);
    assertThat(number("data", "SELECT length(recent) FROM cursor"))
        .isLessThan(CursorTable.MAX_RECENT_BYTES);
    assertThat(
            Objects.requireNonNull(journal.accounts().cursors().get("a"))
                .tally()
                .byDatastream()
                .values())
        .hasSize(300)
        .containsOnly(Tally.delivered(3));
  }

  private static void deliver(Journal journal, long from, long to) throws Exception {
    TallySheet sheet =
        journal.read(from, (int) (to - from)).stream()
            .map(o -> TallySheet.of(o.datastream(), Tally.delivered(1)))
            .reduce(TallySheet.EMPTY, TallySheet::plus);
    done(
        journal.advance(
            new Advance("a", from, to, sheet, List.of(), Map.of(), List.of(), List.of())));
  }

  @Test
  void enoughThatWaitsIsCommittedWithoutWaitingLonger() throws Exception {
    SqliteJournal journal = open("data", HOURLY);
    CompletableFuture<Receipt> first =
        journal.append(walk.next(999), List.of(), Durability.WRITTEN);
    assertThat(first).isNotDone();
    CompletableFuture<Receipt> second = journal.append(walk.next(1), List.of(), Durability.WRITTEN);

    assertThat(done(first).offsets()).isEqualTo(new OffsetRange(1, 999));
    assertThat(done(second).offsets()).isEqualTo(new OffsetRange(1_000, 1_000));
  }

  @Test
  void whatWaitsIsCommittedWhenItsIntervalIsOver() throws Exception {
    SqliteJournal journal =
        open("data", JournalOptions.DEFAULT.withGroup(Duration.ofMillis(1), 1_000));

    assertThat(done(journal.append(walk.next(3), List.of(), Durability.WRITTEN)).offsets())
        .isEqualTo(new OffsetRange(1, 3));
  }

  @Test
  void aFlushCommitsWhatWaits() throws Exception {
    SqliteJournal journal = open("data", HOURLY);
    CompletableFuture<Receipt> receipt =
        journal.append(walk.next(3), List.of(), Durability.WRITTEN);

    done(journal.flush());

    assertThat(receipt).isCompleted();
    assertThat(journal.lastOffset()).isEqualTo(3);
  }

  @Test
  void closingCommitsWhatWaits() throws Exception {
    SqliteJournal journal = open("data", HOURLY);
    CompletableFuture<Receipt> receipt =
        journal.append(walk.next(3), List.of(), Durability.WRITTEN);

    journal.close();

    assertThat(receipt.get().offsets()).isEqualTo(new OffsetRange(1, 3));
    assertThat(open("data", HOURLY).lastOffset()).isEqualTo(3);
  }

  @Test
  void aClosedJournalRefusesInWords() throws Exception {
    SqliteJournal journal = open("data", HOURLY);
    append(journal, walk.next(1));
    journal.close();
    journal.close();

    assertThat(reasonOf(journal.append(walk.next(1), List.of(), Durability.SYNCED)))
        .isEqualTo(Reason.CLOSED);
    assertThat(reasonOf(journal.state().write(List.of()))).isEqualTo(Reason.CLOSED);
    assertThat(reasonOf(journal.retain(0))).isEqualTo(Reason.CLOSED);
    assertThatThrownBy(() -> journal.read(0, 1))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("closed");
    assertThat(journal.lastOffset()).isEqualTo(1);
  }

  // Memory is bounded whatever the disk does; the sender hears of it and keeps its data.
  @Test
  void whenTooMuchWaitsTheJournalIsBusy() throws Exception {
    SqliteJournal journal = open("data", HOURLY.withMaxWaiting(1_000));
    CompletableFuture<Receipt> waiting =
        journal.append(walk.next(900), List.of(), Durability.WRITTEN);

    CompletableFuture<Receipt> refused =
        journal.append(walk.next(200), List.of(), Durability.WRITTEN);

    assertThat(reasonOf(refused)).isEqualTo(Reason.FULL);
    assertThatThrownBy(refused::get).hasMessageContaining("busy");
    done(journal.flush());
    assertThat(waiting).isCompleted();
    assertThat(journal.lastOffset()).isEqualTo(900);
  }

  @Test
  void aFullFileRefusesInWordsKeepsWhatItHasAndRecoversByItself() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT.withMaxFileBytes(40_960));
    RandomDrafts random = new RandomDrafts(1);
    long kept = 0;
    CompletableFuture<Receipt> last = journal.append(random.next(50), List.of(), Durability.SYNCED);
    while (!failed(last)) {
      kept += 50;
      last = journal.append(random.next(50), List.of(), Durability.SYNCED);
    }

    assertThat(reasonOf(last)).isEqualTo(Reason.FULL);
    assertThatThrownBy(last::get).hasMessageContaining("Free some space");
    assertThat(kept).isGreaterThan(100);
    assertThat(journal.lastOffset()).isEqualTo(kept);
    assertThat(journal.read(0, 100_000)).hasSize((int) kept);
    assertThat(number("data", "SELECT count(*) FROM datastream"))
        .isEqualTo(RandomDrafts.DATASTREAMS.size());

    done(journal.retain(Long.MAX_VALUE));

    assertThat(append(journal, random.next(50)).offsets())
        .isEqualTo(new OffsetRange(kept + 1, kept + 50));
    assertThat(text("data", "PRAGMA integrity_check")).isEqualTo("ok");
  }

  // On a disk that is full to the brim, even what makes room could not be written.
  @Test
  void theLastOfTheDiskIsLeftForWhatMakesRoom() throws Exception {
    SqliteJournal before = open("data", JournalOptions.DEFAULT);
    append(before, walk.next(10));
    before.close();

    SqliteJournal journal = open("data", JournalOptions.DEFAULT.withReserveBytes(Long.MAX_VALUE));
    CompletableFuture<Receipt> refused = journal.append(walk.next(1), List.of(), Durability.SYNCED);
    assertThat(reasonOf(refused)).isEqualTo(Reason.FULL);
    assertThatThrownBy(refused::get).hasMessageContaining("left for what makes room");

    done(journal.advance(Advance.untallied("a", 0, 5, List.of(), List.of())));
    done(journal.state().write(List.of(StateChange.put("driver", "k", new byte[] {1}))));
    assertThat(done(journal.retain(Long.MAX_VALUE)).observations()).isEqualTo(10);
  }

  // A datastream's number that was given out in a transaction that failed must not be used as if
  // it were in the file.
  @Test
  void aDatastreamMetInAFailedCommitIsWrittenWithTheNextOne() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT.withMaxFileBytes(20_480));
    append(journal, walk.next(10));
    List<Draft> tooMuch = new RandomDrafts(2).next(5_000);
    assertThat(reasonOf(journal.append(tooMuch, List.of(), Durability.SYNCED)))
        .isEqualTo(Reason.FULL);

    List<Draft> some = new RandomDrafts(3).next(10);
    append(journal, some);
    journal.close();

    SqliteJournal again = open("data", JournalOptions.DEFAULT);
    assertThat(again.read(10, 100))
        .extracting(Observation::datastream)
        .containsExactlyElementsOf(some.stream().map(Draft::datastream).toList());
  }

  @Test
  void retentionOfManyBlocksIsDoneInSeveralCommits() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    int blocks = RetainWork.BLOCKS_PER_COMMIT * 2 + 10;
    for (int i = 0; i < blocks; i++) {
      receipts.add(journal.append(walk.next(1), List.of(), Durability.SYNCED));
      done(receipts.get(i));
    }
    done(journal.advance(Advance.untallied("behind", 0, 5, List.of(), List.of())));

    Retained retained = done(journal.retain(Long.MAX_VALUE));

    assertThat(retained.observations()).isEqualTo(blocks);
    assertThat(retained.dropped()).containsExactly(Map.entry("behind", blocks - 5L));
    assertThat(journal.cursor("behind"))
        .isEqualTo(new Cursor("behind", blocks, Tally.expired(blocks - 5L)));
  }

  // A clock that stood wrong while the second was received: it has to wait for the first.
  @Test
  void aBlockThatIsYoungKeepsTheOlderOnesBehindIt() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    Draft draft = walk.next(1).get(0);
    append(journal, List.of(received(draft, 1_000)));
    append(journal, List.of(received(draft, 9_000)));
    append(journal, List.of(received(draft, 2_000)));

    assertThat(done(journal.retain(5_000)).observations()).isEqualTo(1);
    assertThat(done(journal.retain(9_001)).observations()).isEqualTo(2);
  }

  private static Draft received(Draft draft, long at) {
    return new Draft(
        draft.datastream(), draft.phenomenonTime(), draft.result(), draft.quality(), at);
  }

  // A reader sees whole commits in order and never waits for the writer, nor the writer for it.
  @Test
  void readingAndWritingGoOnTogether() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    int batches = 300;
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<List<Observation>> reader =
        CompletableFuture.supplyAsync(
            () -> {
              List<Observation> seen = new ArrayList<>();
              try {
                while (!stop.get() || seen.size() < journal.lastOffset()) {
                  seen.addAll(journal.read(seen.size(), 64));
                }
                return seen;
              } catch (JournalException e) {
                throw new IllegalStateException(e);
              }
            });
    List<Draft> all = new ArrayList<>();
    try {
      for (int i = 0; i < batches; i++) {
        List<Draft> drafts = walk.next(1 + i % 50);
        all.addAll(drafts);
        append(journal, drafts);
      }
    } finally {
      stop.set(true);
    }

    List<Observation> seen = reader.get(30, TimeUnit.SECONDS);
    assertThat(seen).hasSameSizeAs(all);
    for (int i = 0; i < all.size(); i++) {
      assertThat(seen.get(i)).isEqualTo(all.get(i).accepted(seen.get(i).identity()));
      assertThat(seen.get(i).identity().offset()).isEqualTo(i + 1);
    }
  }

  @Test
  void aDamagedBlockIsSaidInWordsAndCostsNoOther() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    append(journal, walk.next(100));
    append(journal, walk.next(100));
    append(journal, walk.next(100));
    change("data", "UPDATE block SET payload = zeroblob(length(payload)) WHERE first = 101");

    assertThatThrownBy(() -> journal.read(0, 300))
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
        .hasMessageContaining("offsets 101 to 200");
    assertThat(journal.read(0, 100)).hasSize(100);
    assertThat(journal.read(200, 300)).hasSize(100);
  }

  @Test
  void aBlockInTheWrongPlaceIsNoticed() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    append(journal, walk.next(10));
    change("data", "UPDATE block SET last = 11");
    append(journal, walk.next(1));

    assertThatThrownBy(() -> journal.read(0, 10))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("holds 10 observations");
  }

  @Test
  void aListenerThatThrowsCostsNobodyAnything() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    AtomicInteger heard = new AtomicInteger();
    journal.onAppend(
        () -> {
          throw new IllegalStateException("a bug of somebody else");
        });
    journal.onAppend(heard::incrementAndGet);

    append(journal, walk.next(1));
    append(journal, walk.next(1));
    journal.close();

    assertThat(heard).hasValue(2);
  }

  @Test
  void theGatewayKeepsItsNameWhenTheJournalIsLostAndTheNextEpochKnowsTheLast() throws Exception {
    SqliteJournal first = open("data", JournalOptions.DEFAULT);
    first.close();
    assertThat(Files.readString(temp.resolve("data/gateway-id")).strip())
        .isEqualTo(first.gateway().value());
    Files.delete(temp.resolve("data/journal.db"));

    SqliteJournal second = open("data", JournalOptions.DEFAULT);

    assertThat(second.gateway()).isEqualTo(first.gateway());
    assertThat(second.epoch()).isNotEqualTo(first.epoch());
    assertThat(second.predecessors()).containsExactly(new Predecessor(first.epoch(), 0));
  }

  @Test
  void theFirstEpochHasNoPredecessor() throws Exception {
    assertThat(open("data", JournalOptions.DEFAULT).predecessors()).isEmpty();
  }

  @Test
  void aLostNameIsKnownFromTheJournal() throws Exception {
    SqliteJournal first = open("data", JournalOptions.DEFAULT);
    first.close();
    Files.delete(temp.resolve("data/gateway-id"));

    assertThat(open("data", JournalOptions.DEFAULT).gateway()).isEqualTo(first.gateway());
    assertThat(temp.resolve("data/gateway-id")).hasContent(first.gateway().value());
  }

  @Test
  void theJournalOfAnotherGatewayIsRefusedInWords() throws Exception {
    open("ours", JournalOptions.DEFAULT).close();
    open("theirs", JournalOptions.DEFAULT).close();
    Files.delete(temp.resolve("ours/journal.db"));
    Files.copy(temp.resolve("theirs/journal.db"), temp.resolve("ours/journal.db"));

    assertRefused("ours", Reason.STORAGE, "belongs to gateway");
  }

  @Test
  void aNameThatIsNoneIsRefusedInWords() throws Exception {
    Files.createDirectories(temp.resolve("data"));
    Files.writeString(temp.resolve("data/gateway-id"), "paddestoel");

    assertRefused("data", Reason.STORAGE, "'paddestoel', which it never should");
    assertThat(temp.resolve("data/gateway-id")).hasContent("paddestoel");
  }

  @Test
  void aNewerLayoutIsRefusedInWordsAndNotTouched() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    append(journal, walk.next(1));
    journal.close();
    long seal = number("data", "SELECT hex(value) <> '' FROM meta WHERE key = 'seal'");
    assertThat(seal).as("control: it is sealed").isEqualTo(1);
    // Another layout seals what it knows of itself as its own.
    change("data", "UPDATE meta SET key = 'seal of 3' WHERE key = 'seal'");
    change("data", "PRAGMA user_version = " + (Schema.VERSION + 1));

    assertRefused("data", Reason.STORAGE, "newer software");

    assertThat(number("data", "PRAGMA user_version")).isEqualTo(Schema.VERSION + 1);
    change("data", "PRAGMA user_version = " + Schema.VERSION);
    change("data", "UPDATE meta SET key = 'seal' WHERE key = 'seal of 3'");
    assertThat(open("data", JournalOptions.DEFAULT).lastOffset()).isEqualTo(1);
  }

  @Test
  void aVersionThatAChangedByteMadeIsDamage() throws Exception {
    SqliteJournal journal = open("data", JournalOptions.DEFAULT);
    append(journal, walk.next(1));
    journal.close();
    change("data", "PRAGMA user_version = " + (Schema.VERSION + 1));

    assertRefused("data", Reason.DAMAGED, "its layout");
  }

  @Test
  void aDatabaseOfSomebodyElseIsRefusedInWords() throws Exception {
    Files.createDirectories(temp.resolve("data"));
    change("data", "CREATE TABLE something (x)");

    assertRefused("data", Reason.STORAGE, "not a journal");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedInWords() throws Exception {
    Files.createDirectories(temp.resolve("data"));
    Files.writeString(temp.resolve("data/journal.db"), "this is not a database ".repeat(200));

    assertRefused("data", Reason.DAMAGED, "set aside");
  }

  // What cannot be opened must not stay locked: the next try may succeed.
  @Test
  void aRefusalLetsGoOfTheDirectory() throws Exception {
    Files.createDirectories(temp.resolve("data"));
    Path file = temp.resolve("data/journal.db");
    Files.writeString(file, "this is not a database ".repeat(200));
    assertRefused("data", Reason.DAMAGED, "set aside");
    Files.delete(file);

    assertThatCode(() -> open("data", JournalOptions.DEFAULT)).doesNotThrowAnyException();
  }

  @Test
  void aSecondOneOnTheSameDirectoryIsRefusedInWords() throws Exception {
    open("data", JournalOptions.DEFAULT);

    assertRefused("data", Reason.CLOSED, "open in another process");
  }

  private SqliteJournal open(String name, JournalOptions options) throws JournalException {
    SqliteJournal journal = SqliteJournal.open(temp.resolve(name), options);
    opened.add(journal);
    return journal;
  }

  private void assertRefused(String name, Reason reason, String words) {
    assertThatThrownBy(() -> open(name, JournalOptions.DEFAULT))
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(words);
  }

  private static Receipt append(Journal journal, List<Draft> drafts) throws Exception {
    return done(journal.append(drafts, List.of(), Durability.SYNCED));
  }

  private static boolean failed(CompletableFuture<?> future) throws Exception {
    try {
      done(future);
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static Reason reasonOf(CompletableFuture<?> future) throws Exception {
    try {
      done(future);
    } catch (ExecutionException e) {
      return ((JournalException) e.getCause()).reason();
    }
    throw new AssertionError("was expected to fail");
  }

  private static <T> T done(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private long number(String name, String query) throws SQLException {
    return Long.parseLong(text(name, query));
  }

  private String text(String name, String query) throws SQLException {
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private void change(String name, String sql) throws SQLException {
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(String name) throws SQLException {
    return JDBC.createConnection(
        "jdbc:sqlite:" + temp.resolve(name).resolve("journal.db"), new Properties());
  }
}
