package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN 4: what goes first when the disk budget is reached. */
class BudgetTest {

  private static final long BUDGET = 300_000;
  private static final int BATCH = 100;
  private static final DatastreamId RAW = new DatastreamId("meter/raw");
  private static final DatastreamId MEAN = new DatastreamId("meter/raw/PT1M");

  @TempDir private Path temp;

  private final Random random = new Random(1);
  private SqliteJournal journal;

  @BeforeEach
  void open() throws Exception {
    journal = SqliteJournal.open(temp, JournalOptions.DEFAULT.withBudgetBytes(BUDGET));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  // Summed up or not: while something is left that everybody has, nothing else goes.
  @Test
  void whatEverybodyHasGoesFirstAndNobodyLosesAnything() throws Exception {
    int behind = 250;
    int each = BATCH + 1;
    advance("destination/a", 0, 0);
    for (int i = 0; i < 900; i++) {
      append();
      derive();
      if (i >= behind) {
        advance("destination/a", (long) (i - behind) * each, (long) (i - behind + 1) * each);
      }
    }

    assertThat(offsetOfFirst()).isGreaterThan(1);
    long position = (900L - behind) * each;
    assertThat(journal.cursor("destination/a").tally()).isEqualTo(Tally.delivered(position));
    assertThat(journal.read(position, Integer.MAX_VALUE)).hasSize(behind * each);
    assertThat(Files.size(temp.resolve("journal.db"))).isLessThan(2 * BUDGET);
  }

  // What is summed up is kept as its sum: raw data goes, aggregates stay, and both are accounted.
  @Test
  void thenRawDataGoesThatIsSummedUpAndItsAggregatesStay() throws Exception {
    advance("destination/away", 0, 0);
    List<Long> derived = new ArrayList<>();
    for (int i = 0; journal.read(0, 1).size() == 0 || offsetOfFirst() == 1; i++) {
      append();
      derived.add(derive());
      assertThat(i).as("the budget is reached at some time").isLessThan(2_000);
    }

    List<Observation> left = journal.read(0, Integer.MAX_VALUE);
    assertThat(left.stream().filter(o -> o.datastream().equals(MEAN)))
        .extracting(o -> o.identity().offset())
        .containsExactlyElementsOf(derived);
    assertThat(journal.cursor("destination/away").position()).isZero();
    assertThat(journal.cursor("new").position()).isZero();
    assertThat(journal.accounts().accepted())
        .containsEntry(RAW, (long) derived.size() * BATCH)
        .containsEntry(MEAN, (long) derived.size());
  }

  @Test
  void aBlockThatAConsumerStandsInsideOfIsLeftAlone() throws Exception {
    append();
    derive();
    append();
    derive();
    advance("destination/away", 0, 50);
    while (journal.read(BATCH + 1, 1).get(0).identity().offset() == BATCH + 2) {
      append();
      derive();
    }

    assertThat(journal.read(50, 1).get(0).identity().offset()).isEqualTo(51);
    assertThat(journal.cursor("destination/away").position()).isEqualTo(50);
  }

  @Test
  void thenTheOldestGoAndWhoHadNotGotToThemIsTold() throws Exception {
    advance("destination/away", 0, 0);
    int appended = 0;
    while (journal.cursor("destination/away").position() == 0) {
      append();
      appended++;
      assertThat(appended).as("the budget is reached at some time").isLessThan(2_000);
    }

    Accounts accounts = journal.accounts();
    Accounts.Account away = Objects.requireNonNull(accounts.cursors().get("destination/away"));
    assertThat(away.tally().of(RAW)).isEqualTo(Tally.crowdedOut(away.position()));
    assertThat(journal.cursor("new").tally()).isEqualTo(Tally.crowdedOut(away.position()));
    assertThat(journal.read(0, Integer.MAX_VALUE))
        .hasSize((int) (appended * BATCH - away.position()));
  }

  // What can go is not enough: state is nobody's to remove.
  @Test
  void onlyWhenNothingCanBeRemovedIsAnythingRefused() throws Exception {
    append();
    for (int i = 0; i < 40; i++) {
      byte[] value = new byte[10_000];
      journal
          .state()
          .write(List.of(StateChange.put("driver", "key" + i, value)))
          .get(30, TimeUnit.SECONDS);
    }

    assertThatThrownBy(this::append)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("nothing left that could be removed");

    for (int i = 0; i < 40; i++) {
      journal
          .state()
          .write(List.of(StateChange.remove("driver", "key" + i)))
          .get(30, TimeUnit.SECONDS);
    }
    append();
    assertThat(journal.lastOffset()).isEqualTo(2 * BATCH);
  }

  // A row for each step of the clock that never goes would fill the disk by itself.
  @Test
  void whatStaysOfGoneBlocksGoesWithTheOldest() throws Exception {
    advance("destination/away", 0, 0);
    for (int i = 0; i < 3_000; i++) {
      append();
      derive();
    }

    assertThat(journal.cursor("destination/away").position()).isPositive();
    assertThat(journal.cursor("destination/away").tally().crowdedOut())
        .isEqualTo(journal.cursor("destination/away").position());
    assertThat(Files.size(temp.resolve("journal.db"))).isLessThan(2 * BUDGET);
  }

  private long offsetOfFirst() throws Exception {
    return journal.read(0, 1).get(0).identity().offset();
  }

  private void append() throws Exception {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      // Nothing that compresses, so that the budget is soon reached.
      drafts.add(
          new Draft(
              RAW,
              PhenomenonTime.at(1_000L * i),
              new Result.Measurement(random.nextDouble()),
              Quality.GOOD,
              1_000L * i));
    }
    journal.append(drafts, List.of(), Durability.SYNCED).get(30, TimeUnit.SECONDS);
  }

  private long derive() throws Exception {
    long from = journal.cursor(Budget.AGGREGATION).position();
    Draft mean =
        new Draft(
            MEAN,
            PhenomenonTime.between(0, 60_000),
            Result.Summary.ofNumbers(1, 0, 0, 0, 0, 1),
            Quality.GOOD,
            0);
    return Objects.requireNonNull(
            journal
                .advance(
                    Advance.untallied(
                        Budget.AGGREGATION, from, journal.lastOffset(), List.of(mean), List.of()))
                .get(30, TimeUnit.SECONDS)
                .offsets())
        .first();
  }

  private void advance(String cursor, long from, long to) throws Exception {
    journal
        .advance(
            new Advance(
                cursor,
                from,
                to,
                TallySheet.of(RAW, Tally.delivered(to - from)),
                List.of(),
                Map.of(),
                List.of(),
                List.of()))
        .get(30, TimeUnit.SECONDS);
  }
}
