package city.mycelium.receiver.internal.store;

import static city.mycelium.receiver.Samples.CITY;
import static city.mycelium.receiver.Samples.EPOCH;
import static city.mycelium.receiver.Samples.GATEWAY;
import static city.mycelium.receiver.Samples.NOON;
import static city.mycelium.receiver.Samples.TEMPERATURE;
import static city.mycelium.receiver.Samples.arrives;
import static city.mycelium.receiver.Samples.introduction;
import static city.mycelium.receiver.Samples.pack;
import static city.mycelium.receiver.Samples.packOf;
import static city.mycelium.receiver.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.DatastreamsQuestion;
import city.mycelium.receiver.internal.query.GatewaysQuestion;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Counted;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Holding;
import city.mycelium.receiver.internal.query.LatestQuestion;
import city.mycelium.receiver.internal.query.SeriesQuestion;
import city.mycelium.receiver.internal.query.SeriesQuestion.Page;
import city.mycelium.receiver.internal.query.SeriesQuestion.Place;
import city.mycelium.receiver.internal.query.StoredDatastream;
import city.mycelium.receiver.internal.query.ThingsQuestion;
import city.mycelium.receiver.internal.store.Store.Committed;
import city.mycelium.receiver.internal.store.Store.Due;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do, and what can be asked of it afterwards. */
abstract class StoreContract {

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

  Store store() {
    return store;
  }

  Page everything() throws StoreException {
    return archive.ask(new SeriesQuestion(GATEWAY.value(), TEMPERATURE, 0, NOON * 2, null, 1_000));
  }

  @Test
  void everyShapeOfResultComesBackAsItWas() throws Exception {
    Result[] results = {
      new Measurement(0.1 + 0.2),
      new Measurement(-1.5e-300),
      new Truth(true),
      new Truth(false),
      new Text("quotes \" and ☂ umlauts ü"),
      new Text(""),
      new Category("occupied"),
      new Counter(Long.MAX_VALUE),
      new Position(52.5125, 6.0944, null),
      new Position(52.5125, 6.0944, 3.25),
      Summary.ofNumbers(580, 0, 1.5, 2.5, 3.5, 4),
      new Summary(0, 60, new TreeMap<>(), false, 1),
      new Summary(
          7,
          0,
          new TreeMap<>(
              Map.of(
                  Statistic.OCCUPANCY, 0.1 + 0.2, Statistic.STAY_MEAN, 1e-300, Statistic.MAX, 2.0)),
          true,
          1)
    };
    store.commit(List.of(arrives(packOf(1, results))));

    assertThat(everything().entries())
        .extracting(entry -> entry.observation().result())
        .containsExactly(
            java.util.Arrays.stream(results).map(ResultColumns::of).toArray(ResultColumns[]::new));
  }

  @Test
  void whatIsHeldAlreadyIsCountedAndNotStoredAgain() throws Exception {
    store.commit(List.of(arrives(pack(1, 10))));
    Committed again = store.commit(List.of(arrives(pack(5, 12)), arrives(pack(11, 12))));

    assertThat(again.stored()).isEqualTo(2);
    assertThat(again.duplicates()).isEqualTo(8);
    assertThat(again.due()).containsExactly(due(new Acknowledgement(EPOCH, 12, List.of(), 12)));
    Holding holding = onlyHolding();
    assertThat(holding.stored()).isEqualTo(12);
    assertThat(holding.duplicatesDropped()).isEqualTo(8);
    assertThat(holding.counted()).isEqualTo(new Counted(12, 12));
  }

  /** A gateway that gave up in the middle of a range sends the rest of it elsewhere. */
  @Test
  void whatIsCoveredBeyondAGapIsToldAsRanges() throws Exception {
    Committed first = store.commit(List.of(arrives(pack(1, 4)), arrives(pack(8, 9))));
    assertThat(first.due())
        .containsExactly(due(new Acknowledgement(EPOCH, 4, List.of(new OffsetRange(8, 9)), 6)));

    Committed closed = store.commit(List.of(arrives(pack(5, 7))));
    assertThat(closed.due()).containsExactly(due(new Acknowledgement(EPOCH, 9, List.of(), 9)));
  }

  /** An offset without an Observation is accounted for all the same: it is not for us. */
  @Test
  void coverageCountsWhereThereIsNoObservation() throws Exception {
    Committed committed =
        store.commit(
            List.of(arrives(new SenmlPack(GATEWAY, EPOCH, new OffsetRange(1, 500), 0, List.of()))));

    assertThat(committed.due()).containsExactly(due(new Acknowledgement(EPOCH, 500, List.of(), 0)));
  }

  /** Otherwise the raw data of one would count as delivered when the sums of the other arrive. */
  @Test
  void coverageOfOneDestinationSaysNothingAboutAnother() throws Exception {
    Route sums = new Route(GATEWAY, "sums");
    Committed committed =
        store.commit(List.of(arrives(pack(1, 10)), new Arrival.Pack(sums, pack(3, 4))));

    assertThat(committed.due())
        .containsExactly(
            due(new Acknowledgement(EPOCH, 10, List.of(), 10)),
            new Due(sums, new Acknowledgement(EPOCH, 0, List.of(new OffsetRange(3, 4)), 10)));
    // Identity, on the other hand, is the same on every way.
    assertThat(committed.duplicates()).isEqualTo(2);
  }

  @Test
  void anotherEpochIsAnotherJournal() throws Exception {
    store.commit(List.of(arrives(pack(1, 10))));
    Committed other = store.commit(List.of(arrives(pack(EPOCH + 1, 1, 3))));

    assertThat(other.stored()).isEqualTo(3);
    assertThat(other.due()).containsExactly(due(new Acknowledgement(EPOCH + 1, 3, List.of(), 3)));
    assertThat(holdings()).extracting(Holding::stored).containsExactly(10L, 3L);
  }

  @Test
  void aNewConnectionGoesOnWhereTheOldOneEnded() throws Exception {
    store.commit(List.of(arrives(pack(1, 4)), arrives(pack(8, 9))));
    store.close();
    store = JdbcStore.open(database);

    Committed committed = store.commit(List.of(arrives(pack(5, 8))));

    assertThat(committed.stored()).isEqualTo(3);
    assertThat(committed.due()).containsExactly(due(new Acknowledgement(EPOCH, 9, List.of(), 9)));
    assertThat(onlyHolding().deliveries().get(0).covered().ranges())
        .containsExactly(new OffsetRange(1, 9));
  }

  @Test
  void aCommitThatFailsLeavesNothingBehindAndCanBeRepeated() throws Exception {
    store.commit(List.of(arrives(pack(1, 2))));
    run("ALTER TABLE thing RENAME TO gone");
    List<Arrival> arrivals = List.of(arrives(pack(3, 10)), arrives(introduction(null)));

    assertThatThrownBy(() -> store.commit(arrivals))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));
    assertThat(onlyHolding().counted()).isEqualTo(new Counted(2, 2));

    run("ALTER TABLE gone RENAME TO thing");
    Committed committed = store.commit(arrivals);
    assertThat(committed.due()).containsExactly(due(new Acknowledgement(EPOCH, 10, List.of(), 10)));
    assertThat(committed.duplicates()).isZero();
    assertThat(onlyHolding().counted()).isEqualTo(new Counted(10, 10));
  }

  /** What comes again may be packed otherwise: what it covers anew bounds what it dropped. */
  @Test
  void whatAGatewayGaveUpIsNotCountedAgainWhenToldAgain() throws Exception {
    SenmlPack told = new SenmlPack(GATEWAY, EPOCH, new OffsetRange(1, 100), 40, List.of());
    store.commit(List.of(arrives(told)));
    store.commit(List.of(arrives(told)));
    assertThat(onlyHolding().deliveries().get(0).dropped()).isEqualTo(40);

    SenmlPack repacked = new SenmlPack(GATEWAY, EPOCH, new OffsetRange(1, 103), 42, List.of());
    store.commit(List.of(arrives(repacked)));
    assertThat(onlyHolding().deliveries().get(0).dropped()).isEqualTo(43);
  }

  @Test
  void aGatewayThatIntroducesItselfIsToldWhatIsHeld() throws Exception {
    Committed nothing = store.commit(List.of(arrives(introduction(null))));
    assertThat(nothing.due()).containsExactly(due(new Acknowledgement(EPOCH, 0, List.of(), 0)));

    store.commit(List.of(arrives(pack(1, 7))));
    Committed seven = store.commit(List.of(arrives(introduction(null))));
    assertThat(seven.due()).containsExactly(due(new Acknowledgement(EPOCH, 7, List.of(), 7)));
  }

  @Test
  void aGatewayThatSaysFarewellIsToldNothingAndKeepsItsThings() throws Exception {
    store.commit(List.of(arrives(introduction(null))));
    Committed farewell = store.commit(List.of(arrives(Status.offline())));

    assertThat(farewell.due()).isEmpty();
    assertThat(archive.ask(new ThingsQuestion())).hasSize(1);
  }

  /** Consent may be withdrawn: what is no longer told may no longer be shown. */
  @Test
  void aThingThatIsNoLongerToldIsForgotten() throws Exception {
    store.commit(List.of(arrives(introduction(new Position(52.51, 6.09, null)))));
    assertThat(archive.ask(new ThingsQuestion()))
        .containsExactly(
            new ThingsQuestion.StoredThing(
                GATEWAY.value(), "house.7", "Invented Street 7", new Position(52.51, 6.09, null)));

    store.commit(List.of(arrives(new Status(true, EPOCH, List.of(), List.of()))));
    assertThat(archive.ask(new ThingsQuestion())).isEmpty();
  }

  @Test
  void whatAGatewayTellsOfADatastreamJoinsItsObservations() throws Exception {
    store.commit(List.of(arrives(pack(1, 1)), arrives(introduction(null))));

    List<StoredDatastream> datastreams = archive.ask(new DatastreamsQuestion(null, null));
    assertThat(datastreams).hasSize(1);
    assertThat(datastreams.get(0).unit()).isEqualTo("Cel");
    assertThat(datastreams.get(0).thing()).isEqualTo("house.7");
    assertThat(datastreams.get(0).samplingPeriod()).isEqualTo("PT1S");
    assertThat(datastreams.get(0).window()).isNull();
  }

  /** Numbers in degrees must not become Kelvin because the gateway was set up anew. */
  @Test
  void anObservationKeepsTheUnitItCameIn() throws Exception {
    store.commit(List.of(arrives(pack(1, 1))));
    SenmlPack.Entry kelvin =
        new SenmlPack.Entry(
            pack(2, 2).entries().get(0).observation(), "air-temperature", Unit.KELVIN);
    store.commit(
        List.of(arrives(new SenmlPack(GATEWAY, EPOCH, new OffsetRange(2, 2), 0, List.of(kelvin)))));

    assertThat(everything().entries())
        .extracting(entry -> entry.datastream().unit())
        .containsExactly("Cel", "K");
  }

  /** docs/wire.md, 3: the logical key of a Summary is Datastream and window. */
  @Test
  void ofTheSummariesOfAWindowTheHighestRevisionIsShown() throws Exception {
    store.commit(
        List.of(
            arrives(summary(1, 10, 1)), arrives(summary(2, 30, 3)), arrives(summary(3, 20, 2))));

    Page page =
        archive.ask(new SeriesQuestion(GATEWAY.value(), TEMPERATURE + "/PT10M", 0, NOON, null, 10));
    assertThat(page.entries())
        .extracting(entry -> entry.observation().result().revision())
        .containsExactly(3);
    assertThat(archive.ask(new LatestQuestion(null)))
        .extracting(latest -> latest.observation().result().number())
        .containsExactly(30.0);
    // All of them are held: each has its own identity.
    assertThat(onlyHolding().counted()).isEqualTo(new Counted(3, 3));
  }

  @Test
  void theLatestIsTheNewestInTimeNotTheLastToArrive() throws Exception {
    store.commit(List.of(arrives(pack(5, 9))));
    store.commit(List.of(arrives(pack(1, 4))));

    assertThat(archive.ask(new LatestQuestion(GATEWAY.value())))
        .extracting(latest -> latest.observation().offset())
        .containsExactly(9L);
    assertThat(archive.ask(new LatestQuestion("nobody"))).isEmpty();
  }

  @Test
  void aSeriesIsReadPageByPageWithoutHolesOrRepeats() throws Exception {
    store.commit(List.of(arrives(pack(1, 25)), arrives(pack(EPOCH + 1, 1, 25))));

    List<Place> places = new ArrayList<>();
    Optional<Place> next = Optional.empty();
    int pages = 0;
    do {
      Page page =
          archive.ask(
              new SeriesQuestion(GATEWAY.value(), TEMPERATURE, 0, NOON * 2, next.orElse(null), 10));
      page.entries().forEach(entry -> places.add(entry.place()));
      next = page.next();
      pages++;
    } while (next.isPresent());

    assertThat(pages).isEqualTo(5);
    assertThat(places).hasSize(50).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aSeriesBeginsAtFromAndEndsBeforeTo() throws Exception {
    store.commit(List.of(arrives(pack(1, 25))));

    Page page =
        archive.ask(
            new SeriesQuestion(GATEWAY.value(), TEMPERATURE, NOON + 3_000, NOON + 6_000, null, 10));

    assertThat(page.entries())
        .extracting(entry -> entry.observation().offset())
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void tellsAnUnknownDatastreamFromAnEmptySeries() throws Exception {
    store.commit(List.of(arrives(pack(1, 1))));

    assertThat(
            archive.ask(new SeriesQuestion(GATEWAY.value(), TEMPERATURE, 0, 1, null, 10)).known())
        .isTrue();
    assertThat(archive.ask(new SeriesQuestion(GATEWAY.value(), "nothing", 0, 1, null, 10)).known())
        .isFalse();
  }

  @Test
  void tablesOfAnotherVersionAreRefusedInWords() throws Exception {
    run("UPDATE mycelium_schema SET version = 99");

    assertThatThrownBy(() -> JdbcStore.open(database))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 99");
  }

  /** Readers are for everybody who knows the address: they must not be able to write. */
  @Test
  void aReaderCannotWrite() throws Exception {
    store.commit(List.of(arrives(pack(1, 1))));

    assertThatThrownBy(
            () ->
                archive.ask(
                    connection -> connection.createStatement().execute("DELETE FROM observation")))
        .isInstanceOf(StoreException.class);
    assertThat(onlyHolding().counted()).isEqualTo(new Counted(1, 1));
  }

  private static Due due(Acknowledgement acknowledgement) {
    return new Due(CITY, acknowledgement);
  }

  private List<Holding> holdings() throws StoreException {
    return archive.ask(new GatewaysQuestion(true));
  }

  private Holding onlyHolding() throws StoreException {
    assertThat(holdings()).hasSize(1);
    return holdings().get(0);
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.openWriter();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }
}
