package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The ledger balances whatever happens: for every Datastream and every consumer that tallies, what
 * was accepted up to its cursor is what it tallied. Lives at random, by seed, with a budget so
 * small that everything that can be removed is.
 */
class LedgerPropertyTest {

  private static final int STREAMS = 150; // more than a sheet of the cursor's row holds
  private static final List<String> DESTINATIONS =
      List.of("destination/fast", "destination/slow", "destination/late");

  @Property(tries = 60)
  void whatWasAcceptedIsTheSumOfWhatBecameOfIt(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 60) int steps) throws Exception {
    Path directory = Files.createTempDirectory("ledger");
    try (Life life = new Life(directory, new Random(seed))) {
      for (int i = 0; i < steps; i++) {
        life.step();
        life.assertBalanced();
      }
      life.drain();
      life.assertBalanced();
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A journal, and beside it what it was told. */
  private static final class Life implements AutoCloseable {

    private final Path directory;
    private final Random random;
    private final JournalOptions options;

    /** Whose each offset is, the one with offset 1 first. */
    private final List<DatastreamId> accepted = new ArrayList<>();

    private final int streams;
    private SqliteJournal journal;

    Life(Path directory, Random random) throws Exception {
      this.directory = directory;
      this.random = random;
      streams = random.nextBoolean() ? 5 : STREAMS;
      options = JournalOptions.DEFAULT.withBudgetBytes(random.nextBoolean() ? 0 : 40_000);
      journal = SqliteJournal.open(directory, options);
    }

    void step() throws Exception {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> append(1 + random.nextInt(300));
        case 3 -> deliver("destination/fast", 1 + random.nextInt(500));
        case 4 -> deliver("destination/slow", 1 + random.nextInt(60));
        case 5 -> derive();
        case 6 -> journal.retain(random.nextInt(accepted.size() + 1)).get(30, TimeUnit.SECONDS);
        default -> {
          journal.close();
          journal = SqliteJournal.open(directory, options);
        }
      }
    }

    private void append(int count) throws Exception {
      done(journal.append(drafts(count), List.of(), Durability.SYNCED));
    }

    private List<Draft> drafts(int count) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        DatastreamId datastream = new DatastreamId("device/" + random.nextInt(streams));
        accepted.add(datastream);
        drafts.add(
            new Draft(
                datastream,
                PhenomenonTime.at(accepted.size()),
                new Result.Measurement(accepted.size()),
                Quality.GOOD,
                accepted.size()));
      }
      return drafts;
    }

    /** As sync does it: a part is refused, and some of that is taken later after all. */
    private void deliver(String cursor, int count) throws Exception {
      long from = journal.cursor(cursor).position();
      List<Observation> read = journal.read(from, count);
      Map<DatastreamId, Tally> rows = new TreeMap<>();
      List<OffsetRange> gone = new ArrayList<>();
      long last = from;
      for (Observation observation : read) {
        long offset = observation.identity().offset();
        assertThat(observation.result()).isEqualTo(new Result.Measurement(offset));
        Tally outcome = random.nextInt(10) > 0 ? Tally.delivered(1) : Tally.refused(1);
        rows.merge(observation.datastream(), outcome, Tally::plus);
        if (offset > last + 1) {
          gone.add(new OffsetRange(last + 1, offset - 1));
        }
        last = offset;
      }
      if (read.size() < count && last < accepted.size()) {
        gone.add(new OffsetRange(last + 1, accepted.size()));
        last = accepted.size();
      }
      done(
          journal.advance(
              new Advance(
                  cursor,
                  from,
                  last,
                  new TallySheet(rows),
                  gone,
                  recovered(cursor),
                  List.of(),
                  List.of())));
    }

    private Map<DatastreamId, Long> recovered(String cursor) throws Exception {
      Map<DatastreamId, Long> recovered = new TreeMap<>();
      Accounts.Account account = journal.accounts().cursors().get(cursor);
      if (account != null && random.nextInt(3) == 0) {
        account
            .tally()
            .byDatastream()
            .forEach(
                (datastream, tally) -> {
                  if (tally.refused() > 0) {
                    recovered.put(datastream, 1 + (long) random.nextInt((int) tally.refused()));
                  }
                });
      }
      return recovered;
    }

    private void derive() throws Exception {
      long from = journal.cursor(Budget.AGGREGATION).position();
      long to = from + random.nextInt((int) (accepted.size() - from) + 1);
      done(
          journal.advance(
              Advance.untallied(
                  Budget.AGGREGATION, from, to, drafts(random.nextInt(5)), List.of())));
    }

    void drain() throws Exception {
      for (String cursor : DESTINATIONS) {
        while (journal.cursor(cursor).position() < accepted.size()) {
          deliver(cursor, 1_000);
        }
      }
    }

    void assertBalanced() throws Exception {
      Accounts accounts = journal.accounts();
      assertThat(accounts.lastOffset()).isEqualTo(accepted.size());
      assertThat(accounts.accepted()).isEqualTo(counts(accepted.size()));
      for (String cursor : DESTINATIONS) {
        Accounts.Account account = accounts.cursors().get(cursor);
        if (account == null) {
          assertThat(journal.cursor(cursor).tally().total())
              .isEqualTo(journal.cursor(cursor).position());
          continue;
        }
        Map<DatastreamId, Long> tallied = new TreeMap<>();
        account.tally().byDatastream().forEach((d, tally) -> tallied.put(d, tally.total()));
        assertThat(tallied).as(cursor).isEqualTo(counts(account.position()));
        assertThat(journal.cursor(cursor).tally())
            .as("the totals in the row of %s", cursor)
            .isEqualTo(account.tally().total());
      }
    }

    private Map<DatastreamId, Long> counts(long through) {
      Map<DatastreamId, Long> counts = new TreeMap<>();
      accepted.subList(0, (int) through).forEach(d -> counts.merge(d, 1L, Long::sum));
      return counts;
    }

    private static <T> void done(CompletableFuture<T> future) throws Exception {
      future.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      journal.close();
    }
  }
}
