package city.mycelium.connector.coap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.StateChange;
import city.mycelium.testkit.InMemoryJournal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalWitnessTest {

  private final InMemoryJournal journal = new InMemoryJournal();

  @Test
  void whatIsRememberedIsKnownToTheNextOne() throws Exception {
    new JournalWitness(journal.state()).remember("a", 1L << 39);
    assertThat(new JournalWitness(journal.state()).reserved("a")).hasValue(1L << 39);
    assertThat(new JournalWitness(journal.state()).reserved("b")).isEmpty();
  }

  @Test
  void whatMeansNothingIsNotTakenForNothing() {
    journal
        .state()
        .write(List.of(StateChange.put("connector.coap.oscore", "a", new byte[] {1, 2})))
        .join();
    assertThatThrownBy(() -> new JournalWitness(journal.state()).reserved("a"))
        .isInstanceOf(IOException.class);
  }
}
