package city.mycelium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryJournalTest extends JournalContract {

  @Override
  protected Journal emptyJournal() {
    return new InMemoryJournal();
  }

  @Override
  protected void retain(Journal journal, long olderThanEpochMillis) {
    ((InMemoryJournal) journal).retain(olderThanEpochMillis);
  }

  @Override
  protected void crowdOut(Journal journal, OffsetRange offsets) {
    ((InMemoryJournal) journal).crowdOut(offsets);
  }

  @Test
  void aFullJournalRefusesUntilThereIsRoomAgain() throws Exception {
    InMemoryJournal journal = new InMemoryJournal();
    StateChange change = StateChange.put("driver", "k", new byte[] {1});

    journal.setFull(true);
    assertThatThrownBy(() -> journal.append(List.of(), List.of(change), Durability.SYNCED).get())
        .hasCauseInstanceOf(JournalException.class);
    assertThatThrownBy(() -> journal.state().write(List.of(change)).get())
        .hasCauseInstanceOf(JournalException.class);
    assertThat(journal.state().get("driver", "k")).isEmpty();

    journal.setFull(false);
    assertThat(journal.state().write(List.of(change))).isCompleted();
    assertThat(journal.state().get("driver", "k")).isPresent();
  }
}
