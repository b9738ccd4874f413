package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/** Against a file that the spine wrote; how, is in the folder {@code layout-1} of the resources. */
class MigrationTest {

  private static final long NOON = 1_795_435_200_000L; // 2026-11-23T12:00:00Z
  private static final DatastreamId TEMPERATURE = new DatastreamId("paddenstoel.7/Temp");
  private static final DatastreamId BAY = new DatastreamId("bay.12/occupancy");
  private static final DatastreamId MEAN = new DatastreamId("paddenstoel.7/Temp/PT1M");
  private static final DatastreamId UNKNOWN = new DatastreamId("journal/unknown");

  @TempDir private Path temp;

  @BeforeEach
  void copy() throws Exception {
    for (String name : List.of("journal.db", "gateway-id", "epoch")) {
      try (var file = MigrationTest.class.getResourceAsStream("/layout-1/" + name)) {
        Files.copy(Objects.requireNonNull(file), temp.resolve(name));
      }
    }
  }

  @Test
  void everyObservationIsStillWhatItWas() throws Exception {
    assertThat(text("PRAGMA user_version")).isEqualTo("1");
    try (SqliteJournal journal = open()) {
      List<Observation> expected = new ArrayList<>();
      for (Draft draft : drafts()) {
        expected.add(
            draft.accepted(new Identity(journal.gateway(), journal.epoch(), 5L + expected.size())));
      }
      assertThat(journal.read(0, 100)).isEqualTo(expected);
      assertThat(journal.gateway().value()).isEqualTo("lyiuawmtjqm7jytg5wt4rbimiu");
      assertThat(Identity.epochText(journal.epoch())).isEqualTo("a3b0736c02ba571a");
      assertThat(journal.state().get("aggregation", "open")).hasValue(new byte[] {1, 2, 3});
      assertThat(journal.predecessors()).isEmpty();
    }
    assertThat(text("PRAGMA user_version")).isEqualTo("2");
    assertThat(text("PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void cursorsKeepTheirPlaceAndTheirTotals() throws Exception {
    try (SqliteJournal journal = open()) {
      assertThat(journal.cursors())
          .containsExactly(
              new Cursor("aggregation", 16, Tally.NONE),
              new Cursor("destination/city", 14, Tally.delivered(12).plus(Tally.expired(2))),
              new Cursor("destination/early", 4, Tally.expired(4)),
              new Cursor("destination/mixed", 17, new Tally(6, 10, 1, 0, 0, 0, 0)));
      assertThat(journal.cursor("never moved"))
          .isEqualTo(new Cursor("never moved", 4, Tally.expired(4)));
    }
  }

  // Layout 1 counted per cursor only: whose they were is known where the blocks still are.
  @Test
  void whatStillIsThereIsAttributedExactlyAndTheRestToNobody() throws Exception {
    try (SqliteJournal journal = open()) {
      Accounts accounts = journal.accounts();

      assertThat(accounts.accepted())
          .isEqualTo(Map.of(UNKNOWN, 4L, TEMPERATURE, 6L, BAY, 7L, MEAN, 1L));
      assertThat(tally(accounts, "destination/city"))
          .isEqualTo(
              TallySheet.of(UNKNOWN, Tally.delivered(2).plus(Tally.expired(2)))
                  .plus(TallySheet.of(TEMPERATURE, Tally.delivered(3)))
                  .plus(TallySheet.of(BAY, Tally.delivered(7))));
      assertThat(tally(accounts, "destination/early"))
          .isEqualTo(TallySheet.of(UNKNOWN, Tally.expired(4)));
    }
  }

  // Which Datastream had which outcome nobody recorded; but the sums of both are exact.
  @Test
  void moreThanOneOutcomeIsLaidOverTheDatastreamsSoThatBothAddUp() throws Exception {
    try (SqliteJournal journal = open()) {
      TallySheet sheet = tally(journal.accounts(), "destination/mixed");

      assertThat(sheet.total()).isEqualTo(new Tally(6, 10, 1, 0, 0, 0, 0));
      assertThat(sheet.of(UNKNOWN).total()).isEqualTo(4);
      assertThat(sheet.of(TEMPERATURE).total()).isEqualTo(5);
      assertThat(sheet.of(BAY).total()).isEqualTo(7);
      assertThat(sheet.of(MEAN).total()).isEqualTo(1);
    }
  }

  @Test
  void aMigratedJournalGoesOn() throws Exception {
    try (SqliteJournal journal = open()) {
      journal
          .append(drafts().subList(0, 3), List.of(), Durability.SYNCED)
          .get(30, TimeUnit.SECONDS);
      journal.retain(NOON + 1).get(30, TimeUnit.SECONDS);
    }
    try (SqliteJournal journal = open()) {
      assertThat(journal.lastOffset()).isEqualTo(21);
      assertThat(journal.read(0, 100))
          .extracting(o -> o.identity().offset())
          .containsExactly(17L, 18L, 19L, 20L, 21L);
      Accounts accounts = journal.accounts();
      assertThat(accounts.accepted().values().stream().mapToLong(n -> n).sum()).isEqualTo(21);
      // It had 14; 15 and 16 expired now, and whose they were was still to be seen.
      assertThat(tally(accounts, "destination/city").of(TEMPERATURE))
          .isEqualTo(Tally.delivered(3).plus(Tally.expired(2)));
    }
  }

  @Test
  void theEpochOfAJournalThatWasLostIsStillKnown() throws Exception {
    change("INSERT INTO meta VALUES ('predecessor', '00000000000000ff')");

    try (SqliteJournal journal = open()) {
      assertThat(journal.predecessors()).containsExactly(new Predecessor(0xff, 0));
    }
  }

  @Test
  void aDamagedFileIsRefusedInWordsAndNotTouched() throws Exception {
    change("UPDATE block SET payload = zeroblob(length(payload)) WHERE first = 5");
    String before = dump();

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("Nothing was changed")
        .hasMessageContaining("salvage");

    assertThat(dump()).isEqualTo(before);
    assertThat(text("PRAGMA user_version")).isEqualTo("1");
  }

  private static TallySheet tally(Accounts accounts, String cursor) {
    return Objects.requireNonNull(accounts.cursors().get(cursor)).tally();
  }

  /** What stands in the file, from offset 5 on. */
  private static List<Draft> drafts() {
    return List.of(
        draft(TEMPERATURE, new Result.Measurement(-0.0)),
        draft(TEMPERATURE, new Result.Measurement(0.1 + 0.2)),
        draft(TEMPERATURE, new Result.Measurement(21.55)),
        draft(BAY, new Result.Truth(true)),
        draft(BAY, new Result.Truth(false)),
        draft(BAY, new Result.Text("Hef is open \uD83C\uDF44")),
        draft(BAY, new Result.Category("occupied")),
        draft(BAY, new Result.Counter(Long.MAX_VALUE)),
        draft(BAY, new Result.Position(52.09, -5.1234567, null)),
        draft(BAY, new Result.Position(-52.09, 5.1, -0.0)),
        new Draft(
            TEMPERATURE,
            PhenomenonTime.at(NOON),
            new Result.Measurement(99),
            Quality.SUSPECT,
            NOON),
        draft(TEMPERATURE, new Result.Measurement(20)),
        new Draft(
            MEAN,
            PhenomenonTime.between(NOON - 60_000, NOON),
            Result.Summary.ofNumbers(59, 60, -1.25, 1.0 / 3, 7, 2),
            Quality.GOOD,
            NOON + 5),
        new Draft(
            TEMPERATURE,
            PhenomenonTime.at(NOON),
            new Result.Measurement(20.5),
            Quality.GOOD,
            NOON + 1_000));
  }

  private static Draft draft(DatastreamId datastream, Result result) {
    return new Draft(datastream, PhenomenonTime.at(NOON), result, Quality.GOOD, NOON);
  }

  private SqliteJournal open() throws JournalException {
    return SqliteJournal.open(temp, JournalOptions.DEFAULT);
  }

  /** Every table and every row. */
  private String dump() throws SQLException {
    return text(
        "SELECT (SELECT group_concat(sql) FROM sqlite_schema) || (SELECT group_concat("
            + "name || position || delivered || dropped) FROM cursor)");
  }

  private String text(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return JDBC.createConnection("jdbc:sqlite:" + temp.resolve("journal.db"), new Properties());
  }
}
