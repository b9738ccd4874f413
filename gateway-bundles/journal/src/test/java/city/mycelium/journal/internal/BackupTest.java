package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Predecessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

  private static final long NOW = 1_795_651_200_000L;

  @TempDir private Path temp;
  private final RandomWalk walk = new RandomWalk(1);

  private SqliteJournal open() throws JournalException {
    return SqliteJournal.open(temp.resolve("data"), JournalOptions.DEFAULT);
  }

  private void append(SqliteJournal journal, int count) throws Exception {
    List<Draft> drafts = walk.next(count);
    journal.append(drafts, List.of(), Durability.SYNCED).get(30, TimeUnit.SECONDS);
  }

  private Path backup() {
    return temp.resolve("backup.db");
  }

  @Test
  void backupIsWhatWasThereAtOneMomentWhileTheGatewayWrites() throws Exception {
    try (SqliteJournal journal = open()) {
      append(journal, 2_500);
      Verification.Report report = Backup.make(journal.file(), backup());
      append(journal, 10);

      assertThat(report.isSound()).isTrue();
      assertThat(report.observations()).isEqualTo(2_500);
      assertThat(Verification.of(backup()).lastOffset()).isEqualTo(2_500);
      assertThat(Verification.of(journal.file()).lastOffset()).isEqualTo(2_510); // control
    }
  }

  @Test
  void damagedJournalMakesNoBackup() throws Exception {
    try (SqliteJournal journal = open()) {
      append(journal, 5);
    }
    Path file = temp.resolve("data/journal.db");
    Damage.ofTheLastBlock(file);

    assertThatThrownBy(() -> Backup.make(file, backup())).isInstanceOf(JournalException.class);
    assertThat(backup()).doesNotExist();
  }

  // The gateway gave out 11 to 20 after the backup: they are somebody's, for ever.
  @Test
  void restoredJournalNeverGivesAnIdentityTwice() throws Exception {
    long before;
    try (SqliteJournal journal = open()) {
      append(journal, 10);
      Backup.make(journal.file(), backup());
      append(journal, 10);
      before = journal.epoch();
    }

    Backup.restore(backup(), temp.resolve("data"), true, JournalOptions.DEFAULT, NOW);

    try (SqliteJournal journal = open()) {
      assertThat(journal.epoch()).isNotEqualTo(before);
      assertThat(journal.predecessors()).containsExactly(new Predecessor(before, 10));
      assertThat(journal.lastOffset()).isEqualTo(10);
      append(journal, 1);
      assertThat(journal.read(10, 10)).hasSize(1);
      assertThat(journal.state().scan(Incident.COMPONENT, "", 10)).hasSize(1);
    }
    try (var files = Files.list(temp.resolve("data"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("journal.db.replaced-20261"));
    }
  }

  @Test
  void journalThatIsThereIsNotReplacedUnasked() throws Exception {
    try (SqliteJournal journal = open()) {
      append(journal, 10);
      Backup.make(journal.file(), backup());
      append(journal, 1);
    }

    assertThatThrownBy(
            () ->
                Backup.restore(backup(), temp.resolve("data"), false, JournalOptions.DEFAULT, NOW))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("--replace");

    try (SqliteJournal journal = open()) {
      assertThat(journal.lastOffset()).isEqualTo(11);
    }
  }

  @Test
  void backupOfAnotherGatewayIsRefused() throws Exception {
    try (SqliteJournal journal = open()) {
      append(journal, 10);
      Backup.make(journal.file(), backup());
    }
    Path other = temp.resolve("other");
    SqliteJournal.open(other, JournalOptions.DEFAULT).close();

    assertThatThrownBy(() -> Backup.restore(backup(), other, true, JournalOptions.DEFAULT, NOW))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("Two gateways");
  }

  // What people do when they have not read the manual.
  @Test
  void olderCopyPutBackByHandBeginsANewEpoch() throws Exception {
    Path file = temp.resolve("data/journal.db");
    long epoch;
    try (SqliteJournal journal = open()) {
      append(journal, 10);
    }
    Files.copy(file, temp.resolve("copy.db"));
    try (SqliteJournal journal = open()) {
      append(journal, 10);
      epoch = journal.epoch();
    }
    try (SqliteJournal journal = open()) {
      assertThat(journal.epoch()).isEqualTo(epoch); // control: its own file is its own
    }
    Files.delete(file);
    Files.copy(temp.resolve("copy.db"), file);

    try (SqliteJournal journal = open()) {
      assertThat(journal.epoch()).isNotEqualTo(epoch);
      assertThat(journal.predecessors()).containsExactly(new Predecessor(epoch, 10));
      assertThat(journal.read(0, 100)).hasSize(10);
    }
  }
}
