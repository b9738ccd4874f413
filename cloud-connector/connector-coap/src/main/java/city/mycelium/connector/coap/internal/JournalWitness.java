package city.mycelium.connector.coap.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.connector.coap.internal.oscore.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Remembers in the journal which sequence numbers were reserved. Safe for use by many threads. */
final class JournalWitness implements Witness {

  private static final String COMPONENT = "connector.coap.oscore";

  /** A medium that takes longer has other troubles. */
  private static final long PATIENCE_SECONDS = 30;

  private final StateStore state;

  JournalWitness(StateStore state) {
    this.state = state;
  }

  @Override
  public OptionalLong reserved(String context) throws IOException {
    try {
      Optional<byte[]> found = state.get(COMPONENT, context);
      return found.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(new String(found.get(), StandardCharsets.US_ASCII)));
    } catch (JournalException | NumberFormatException e) {
      throw new IOException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void remember(String context, long reserved) throws IOException {
    byte[] value = Long.toString(reserved).getBytes(StandardCharsets.US_ASCII);
    try {
      state
          .write(List.of(StateChange.put(COMPONENT, context, value)))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the journal does not take it: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the gateway is stopping", e);
    }
  }
}
