package city.mycelium.receiver.internal.store;

import static city.mycelium.receiver.Samples.CITY;
import static city.mycelium.receiver.Samples.EPOCH;
import static city.mycelium.receiver.Samples.GATEWAY;
import static city.mycelium.receiver.Samples.NOON;
import static city.mycelium.receiver.Samples.TEMPERATURE;
import static city.mycelium.receiver.Samples.arrives;
import static city.mycelium.receiver.Samples.pack;
import static city.mycelium.receiver.Samples.summary;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.Acknowledgement.Refused;
import city.mycelium.dialect.senml.PackCoverage;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.GatewaysQuestion;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Holding;
import city.mycelium.receiver.internal.query.LatestQuestion;
import city.mycelium.receiver.internal.query.LedgerQuestion;
import city.mycelium.receiver.internal.query.LedgerQuestion.DestinationLedger;
import city.mycelium.receiver.internal.query.LedgerQuestion.EpochLedger;
import city.mycelium.receiver.internal.query.LedgerQuestion.Held;
import city.mycelium.receiver.internal.query.RefusalsQuestion;
import city.mycelium.receiver.internal.query.RefusalsQuestion.Refusal;
import city.mycelium.receiver.internal.store.Arrival.Sample;
import city.mycelium.receiver.internal.store.Arrival.Unacceptable;
import city.mycelium.receiver.internal.store.Store.Committed;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do with journals that go on from others, and with what is refused. */
abstract class LedgerContract {

  private static final long SECOND = EPOCH + 1;
  private static final long THIRD = EPOCH + 2;

  private Database database;
  private Archive archive;
  private JdbcStore store;

  /** An empty database that nobody else uses. */
  abstract Database emptyDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = emptyDatabase();
    archive = new Archive(database);
    store = JdbcStore.open(database);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Under way when the gateway's journal was salvaged; the acknowledgement never arrived. */
  @Test
  void whatWasStoredBeforeASalvageIsNotStoredAgain() throws Exception {
    store.commit(List.of(arrives(pack(1, 60))));

    Committed again = store.commit(List.of(goesOn(SECOND, 41, 70, from(EPOCH, 65))));

    assertThat(again.stored()).isEqualTo(10);
    assertThat(again.duplicates()).isEqualTo(20);
    assertThat(contiguous(again)).isEqualTo(70);
    assertThat(rows()).isEqualTo(70);
  }

  /** Control for the one above: an epoch that names none is a journal of its own. */
  @Test
  void withoutAPredecessorTheSameOffsetsAreOtherObservations() throws Exception {
    store.commit(List.of(arrives(pack(1, 60))));

    assertThat(store.commit(List.of(arrives(pack(SECOND, 41, 70)))).stored()).isEqualTo(30);
  }

  /** Broker queues keep no order between topics, and a receiver may have been away. */
  @Test
  void whatTheEarlierEpochSentIsRecognisedWhenItComesAfterTheLaterOne() throws Exception {
    store.commit(List.of(goesOn(SECOND, 41, 70, from(EPOCH, 65))));

    Committed late = store.commit(List.of(arrives(pack(1, 65))));

    assertThat(late.stored()).isEqualTo(40);
    assertThat(late.duplicates()).isEqualTo(25);
    assertThat(rows()).isEqualTo(70);
    // And the later epoch has it accounted for without having sent it.
    assertThat(contiguous(store.commit(List.of(introduces(SECOND, from(EPOCH, 65))))))
        .isEqualTo(70);
  }

  /** After the backup was made the gateway gave offsets 61 to 100 to other Observations. */
  @Test
  void aRestoredBackupSharesOnlyWhatItHolds() throws Exception {
    store.commit(List.of(arrives(pack(1, 100))));

    Committed restored = store.commit(List.of(goesOn(SECOND, 51, 80, from(EPOCH, 60))));

    assertThat(restored.stored()).isEqualTo(20);
    assertThat(restored.duplicates()).isEqualTo(10);
    assertThat(contiguous(restored)).isEqualTo(80);
    assertThat(rows()).isEqualTo(120);
  }

  @Test
  void aNewEpochThatIntroducesItselfIsToldAtOnceWhatItHasInherited() throws Exception {
    store.commit(List.of(arrives(pack(1, 60)), arrives(pack(81, 100))));

    Committed hello = store.commit(List.of(introduces(SECOND, from(EPOCH, 90))));

    assertThat(hello.due().get(0).acknowledgement())
        .isEqualTo(new Acknowledgement(SECOND, 60, List.of(new OffsetRange(81, 90)), 0));
    assertThat(covered(SECOND).gaps()).isEqualTo(20);
  }

  /** Salvaged twice; of the epoch between the receiver never heard. */
  @Test
  void inheritanceGoesOverChains() throws Exception {
    store.commit(List.of(arrives(pack(1, 50))));
    Committed third =
        store.commit(List.of(goesOn(THIRD, 1, 70, from(SECOND, 60), from(EPOCH, 40))));

    assertThat(third.duplicates()).isEqualTo(40);
    assertThat(third.stored()).isEqualTo(30);

    // What the one between sends late is what the last one sent already, up to 60.
    Committed second = store.commit(List.of(goesOn(SECOND, 31, 65, from(EPOCH, 40))));
    assertThat(second.duplicates()).isEqualTo(30);
    assertThat(second.stored()).isEqualTo(5);
  }

  /** Newest first: the pack that names the predecessor may come after others of the epoch. */
  @Test
  void aPredecessorMayBeNamedLate() throws Exception {
    store.commit(List.of(arrives(pack(1, 60))));
    assertThat(contiguous(store.commit(List.of(arrives(pack(SECOND, 61, 70)))))).isZero();

    Committed named = store.commit(List.of(goesOn(SECOND, 51, 60, from(EPOCH, 60))));

    assertThat(contiguous(named)).isEqualTo(70);
    assertThat(named.duplicates()).isEqualTo(10);
  }

  @Test
  void eldersThatAreNamedLaterAreLearnedToo() throws Exception {
    store.commit(List.of(arrives(pack(1, 20))));
    store.commit(List.of(goesOn(THIRD, 31, 40, from(SECOND, 40))));

    Committed all = store.commit(List.of(goesOn(THIRD, 1, 30, from(SECOND, 40), from(EPOCH, 20))));

    assertThat(all.duplicates()).isEqualTo(20);
    assertThat(contiguous(all)).isEqualTo(40);
    assertThat(rows()).isEqualTo(40);
  }

  /** Killed between two commits, or another connection: what was learned is in the database. */
  @Test
  void aNewConnectionKnowsWhoGoesOnFromWhom() throws Exception {
    store.commit(List.of(arrives(pack(1, 60)), goesOn(SECOND, 41, 50, from(EPOCH, 60))));
    store.close();
    store = JdbcStore.open(database);

    Committed beyond = store.commit(List.of(arrives(pack(SECOND, 61, 62))));
    Committed late = store.commit(List.of(arrives(pack(SECOND, 55, 60))));

    assertThat(contiguous(beyond)).isEqualTo(62);
    assertThat(late.duplicates()).isEqualTo(6);
  }

  @Test
  void coverageIsInheritedByTheSameDestinationAndIdentityByAll() throws Exception {
    store.commit(List.of(arrives(pack(1, 60))));
    Route other = new Route(GATEWAY, "sums");

    Committed elsewhere =
        store.commit(
            List.of(
                new Arrival.Pack(other, withPredecessors(pack(SECOND, 1, 10), from(EPOCH, 60)))));

    assertThat(contiguous(elsewhere)).isEqualTo(10);
    assertThat(elsewhere.duplicates()).isEqualTo(10);
  }

  @Test
  void whoNamesTheEpochOfAnotherGatewayInheritsNothing() throws Exception {
    store.commit(List.of(arrives(pack(1, 60))));
    GatewayId liar = new GatewayId("aaaaaaaaaaaaaaaaaaaaaaaaaa");
    Status hello = new Status(true, SECOND, List.of(from(EPOCH, 60)), List.of(), List.of());

    Committed told =
        store.commit(List.of(new Arrival.Introduction(new Route(liar, "city"), hello)));

    assertThat(contiguous(told)).isZero();
    // Control: the gateway whose epoch it is does inherit.
    assertThat(contiguous(store.commit(List.of(introduces(SECOND, from(EPOCH, 60))))))
        .isEqualTo(60);
  }

  @Test
  void theLedgerSaysPerDatastreamWhatIsHeldUnderWhichName() throws Exception {
    store.commit(List.of(arrives(pack(1, 100)), arrives(summary(101, 20, 1))));
    store.commit(List.of(goesOn(SECOND, 51, 80, from(EPOCH, 60))));

    List<EpochLedger> epochs = ledger();

    assertThat(epochs).extracting(EpochLedger::stored).containsExactly(101L, 20L);
    assertThat(epochs).extracting(EpochLedger::duplicatesDropped).containsExactly(0L, 10L);
    assertThat(epochs.get(0).datastreams())
        .containsOnly(
            entry(TEMPERATURE, new Held(100, 0)), entry(TEMPERATURE + "/PT10M", new Held(1, 0)));
    assertThat(epochs.get(1).predecessors()).containsExactly(from(EPOCH, 60));
    assertThat(epochs.get(1).datastreams()).containsOnly(entry(TEMPERATURE, new Held(20, 60)));
    assertThat(epochs.get(1).destinations().get(0).covered().contiguous()).isEqualTo(80);
  }

  @Test
  void theLedgerOfAGatewayThatWasNeverHeardOfIsEmpty() throws Exception {
    store.commit(List.of(arrives(pack(1, 10))));

    assertThat(archive.ask(new LedgerQuestion("aaaaaaaaaaaaaaaaaaaaaaaaaa"))).isEmpty();
  }

  /** A city that has run the first version for a year keeps its data and gets its counters. */
  @Test
  void tablesOfTheFirstVersionAreBroughtUpToThisOne() throws Exception {
    store.commit(List.of(arrives(pack(1, 100)), arrives(summary(101, 20, 1))));
    store.close();
    run(
        "DROP TABLE predecessor",
        "DROP TABLE refusal",
        "DROP TABLE holding",
        "ALTER TABLE delivery DROP COLUMN refused",
        "ALTER TABLE observation DROP COLUMN valid",
        "ALTER TABLE observation DROP COLUMN statistics",
        "DELETE FROM mycelium_schema WHERE version > 1");

    store = JdbcStore.open(database);
    assertThat(archive.ask(new LatestQuestion(null)))
        .extracting(latest -> latest.observation().result())
        .contains(ResultColumns.of(Summary.ofNumbers(580, 600, 19, 20, 21, 1)));
    store.commit(List.of(arrives(pack(91, 110))));

    assertThat(ledger().get(0).datastreams())
        .containsOnly(
            entry(TEMPERATURE, new Held(109, 0)), entry(TEMPERATURE + "/PT10M", new Held(1, 0)));
  }

  @Test
  void whatCanNeverBeTakenIsToldAndNotCovered() throws Exception {
    store.commit(List.of(arrives(pack(1, 4))));

    Committed refused = store.commit(List.of(hopeless(5, 9, "no such unit", NOON)));

    assertThat(refused.due().get(0).acknowledgement())
        .isEqualTo(
            new Acknowledgement(
                EPOCH,
                4,
                List.of(),
                4,
                List.of(new Refused(new OffsetRange(5, 9), "no such unit"))));
    assertThat(account().refused()).isEqualTo(5);
    assertThat(account().messagesRefused()).isEqualTo(1);
  }

  /** The gateway gave it up and said so, or sent it otherwise. */
  @Test
  void aRefusalIsToldForAsLongAsItsOffsetsAreNotCovered() throws Exception {
    store.commit(List.of(arrives(pack(1, 4)), hopeless(5, 9, "no such unit", NOON)));

    Committed part = store.commit(List.of(arrives(pack(6, 7))));
    assertThat(part.due().get(0).acknowledgement().refused())
        .containsExactly(
            new Refused(new OffsetRange(5, 5), "no such unit"),
            new Refused(new OffsetRange(8, 9), "no such unit"));

    Committed rest =
        store.commit(
            List.of(arrives(new SenmlPack(GATEWAY, EPOCH, new OffsetRange(5, 9), 3, List.of()))));
    assertThat(rest.due().get(0).acknowledgement().refused()).isEmpty();
    assertThat(contiguous(rest)).isEqualTo(9);
    assertThat(account().refused()).isZero();
    // Somebody may still want to know what it was.
    assertThat(refusals()).hasSize(1);
  }

  @Test
  void whatIsCoveredAlreadyIsNotRefused() throws Exception {
    store.commit(List.of(arrives(pack(1, 10))));

    Committed again = store.commit(List.of(hopeless(5, 9, "no such unit", NOON)));

    assertThat(again.due().get(0).acknowledgement().refused()).isEmpty();
    assertThat(refusals()).isEmpty();
  }

  @Test
  void aMessageThatComesAgainIsOneRefusalCountedTwice() throws Exception {
    store.commit(List.of(hopeless(5, 9, "no such unit", NOON)));
    store.close();
    store = JdbcStore.open(database);

    Committed again = store.commit(List.of(hopeless(5, 9, "no such unit here", NOON + 60_000)));

    assertThat(again.due().get(0).acknowledgement().refused())
        .containsExactly(new Refused(new OffsetRange(5, 9), "no such unit here"));
    assertThat(refusals())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.times()).isEqualTo(2);
              assertThat(one.sample().receivedAt()).isEqualTo(NOON);
              assertThat(one.lastAt()).isEqualTo(NOON + 60_000);
              assertThat(one.why()).isEqualTo("no such unit here");
            });
    assertThat(account().messagesRefused()).isEqualTo(2);
  }

  /** However much nonsense comes: what is kept of it stays small. */
  @Test
  void onlyTheNewestRefusalsAreKept() throws Exception {
    for (int i = 1; i <= Refusals.MOST_KEPT + 5; i++) {
      store.commit(List.of(hopeless(i, i, "nonsense", NOON + i)));
    }

    assertThat(refusals()).hasSize(Refusals.MOST_KEPT);
    assertThat(refusals().get(0).offsets().first()).isEqualTo(Refusals.MOST_KEPT + 5);
    assertThat(account().messagesRefused()).isEqualTo(Refusals.MOST_KEPT + 5);
  }

  private static Predecessor from(long epoch, long through) {
    return new Predecessor(epoch, through);
  }

  private static Arrival goesOn(long epoch, long first, long last, Predecessor... predecessors) {
    return arrives(withPredecessors(pack(epoch, first, last), predecessors));
  }

  private static SenmlPack withPredecessors(SenmlPack pack, Predecessor... predecessors) {
    return new SenmlPack(
        pack.gateway(),
        pack.epoch(),
        List.of(predecessors),
        pack.covers(),
        pack.dropped(),
        pack.entries());
  }

  private static Arrival introduces(long epoch, Predecessor... predecessors) {
    return arrives(new Status(true, epoch, List.of(predecessors), List.of(), List.of()));
  }

  private static Arrival hopeless(long first, long last, String why, long at) {
    return new Unacceptable(
        CITY,
        new PackCoverage(GATEWAY, EPOCH, List.of(), new OffsetRange(first, last)),
        why,
        Sample.of("application/senml+json", new byte[] {'['}, at));
  }

  private static long contiguous(Committed committed) {
    return committed.due().get(committed.due().size() - 1).acknowledgement().contiguous();
  }

  private List<EpochLedger> ledger() throws StoreException {
    return archive.ask(new LedgerQuestion(GATEWAY.value()));
  }

  private DestinationLedger account() throws StoreException {
    return ledger().get(0).destinations().get(0);
  }

  private List<Refusal> refusals() throws StoreException {
    return archive.ask(new RefusalsQuestion(GATEWAY.value()));
  }

  private OffsetRanges covered(long epoch) throws StoreException {
    return ledger().stream()
        .filter(one -> one.epoch().equals(Identity.epochText(epoch)))
        .findFirst()
        .orElseThrow()
        .destinations()
        .get(0)
        .covered();
  }

  /** Counted one by one, over all epochs. */
  private long rows() throws StoreException {
    return archive.ask(new GatewaysQuestion(true)).stream()
        .map(Holding::counted)
        .mapToLong(counted -> counted == null ? 0 : counted.rows())
        .sum();
  }

  private void run(String... commands) throws Exception {
    try (Connection connection = database.openWriter();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
      connection.commit();
    }
  }
}
