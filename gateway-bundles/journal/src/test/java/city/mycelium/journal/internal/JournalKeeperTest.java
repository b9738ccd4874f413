package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class JournalKeeperTest {

  @TempDir private Path temp;

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final SettableTime time = new SettableTime();
  private final RecordingLogger log = new RecordingLogger();
  private final List<Journal> known = new ArrayList<>();
  private final List<JournalKeeper> keepers = new ArrayList<>();

  @AfterEach
  void close() {
    keepers.forEach(JournalKeeper::close);
  }

  @Test
  void anOpenJournalIsMadeKnown() {
    JournalKeeper keeper = keeper();
    keeper.start();
    assertThat(known).isEmpty();

    scheduler.runDue();

    assertThat(known).hasSize(1);
    assertThat(log.messages(Level.INFO)).singleElement().asString().contains("last offset 0");
  }

  // The gateway that was just stopped may need a moment; nobody has to come and start this one.
  @Test
  void aJournalThatCannotBeOpenedIsTriedAgainAndSaidOnce() throws Exception {
    DataDirectory other = DataDirectory.hold(temp);
    keeper().start();
    scheduler.runDue();
    scheduler.pass(JournalKeeper.TRY_AGAIN_AFTER);
    scheduler.pass(JournalKeeper.TRY_AGAIN_AFTER);
    assertThat(known).isEmpty();
    assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("another process");

    other.close();
    scheduler.pass(JournalKeeper.TRY_AGAIN_AFTER);

    assertThat(known).hasSize(1);
  }

  @Test
  void closingTakesTheJournalBackAndLetsGoOfTheDirectory() throws Exception {
    JournalKeeper keeper = keeper();
    keeper.start();
    scheduler.runDue();

    keeper.close();

    assertThat(known).isEmpty();
    SqliteJournal.open(temp, JournalOptions.DEFAULT).close();
  }

  @Test
  void retentionRunsByTheHourAndSaysWhoLost() throws Exception {
    keeper().start();
    scheduler.runDue();
    Journal journal = known.get(0);
    List<Draft> drafts =
        new RandomWalk(1)
            .next(5).stream()
                .map(
                    d ->
                        new Draft(
                            d.datastream(),
                            d.phenomenonTime(),
                            d.result(),
                            d.quality(),
                            clock.epochMillis()))
                .toList();
    journal.append(drafts, List.of(), Durability.SYNCED).get(30, TimeUnit.SECONDS);
    journal
        .advance(Advance.untallied("sync.city", 0, 2, List.of(), List.of()))
        .get(30, TimeUnit.SECONDS);

    scheduler.pass(Duration.ofDays(30));
    assertThat(journal.read(0, 10)).hasSize(5);
    assertThat(log.messages(Level.WARN)).isEmpty();

    scheduler.pass(JournalKeeper.RETENTION_EVERY);

    assertThat(journal.read(0, 10)).isEmpty();
    assertThat(log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("removed 3 observations that 'sync.city'");
  }

  // A clock that stands a year ahead would take everything away.
  @Test
  void retentionWaitsForATimeThatCanBeTrusted() throws Exception {
    time.set(false);
    keeper().start();
    scheduler.runDue();
    Journal journal = known.get(0);
    journal
        .append(new RandomWalk(1).next(5), List.of(), Durability.SYNCED)
        .get(30, TimeUnit.SECONDS);

    scheduler.pass(Duration.ofDays(400));
    assertThat(journal.read(0, 10)).hasSize(5);
    assertThat(log.messages(Level.INFO)).filteredOn(m -> m.contains("nobody says so")).hasSize(1);

    time.set(true);
    scheduler.runDue();

    assertThat(journal.read(0, 10)).isEmpty();
  }

  // Nobody comes to the lamp post: it goes on, says what is lost, and gives no identity twice.
  @Test
  void damageWhileRunningIsSalvagedAndTheJournalComesBackByItself() throws Exception {
    keeper().start();
    scheduler.runDue();
    SqliteJournal journal = (SqliteJournal) known.get(0);
    for (int i = 0; i < 3; i++) {
      journal
          .append(new RandomWalk(i).next(4), List.of(), Durability.SYNCED)
          .get(30, TimeUnit.SECONDS);
    }
    Damage.ofTheLastBlock(journal.file());
    assertThatThrownBy(() -> journal.read(0, 100)).isInstanceOf(JournalException.class);

    scheduler.runDue();

    assertThat(known).singleElement().isNotSameAs(journal);
    Journal salvaged = known.get(0);
    assertThat(salvaged.predecessors()).containsExactly(new Predecessor(journal.epoch(), 12));
    assertThat(salvaged.read(0, 100)).hasSize(8);
    assertThat(salvaged.lastOffset()).isEqualTo(12);
    assertThat(salvaged.accounts().accepted().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(12);
    assertThat(log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("4 observations cannot be read", "offsets 9 to 12", "was set aside as");
  }

  private JournalKeeper keeper() {
    JournalKeeper keeper =
        new JournalKeeper(
            temp,
            JournalOptions.DEFAULT,
            Duration.ofDays(30),
            clock,
            time,
            scheduler,
            journal -> {
              known.add(journal);
              return () -> known.remove(journal);
            },
            log);
    keepers.add(keeper);
    return keeper;
  }

  /** Time that is trusted or not, as the test says. */
  private static final class SettableTime implements TrustedTime {

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean trusted = true;

    void set(boolean isTrusted) {
      trusted = isTrusted;
      listeners.forEach(Runnable::run);
    }

    @Override
    public Trust trust() {
      return trusted
          ? new Trust(true, "system", "the test says so")
          : new Trust(false, "none", "nobody says so");
    }

    @Override
    public Moment now() {
      return new Moment("boot", 0);
    }

    @Override
    public Dating date(Moment moment) {
      return new Dating.NotYet();
    }

    @Override
    public Cancellable onChange(Runnable listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }
}
