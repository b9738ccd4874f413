package city.mycelium.api.dialect;

import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect answers to an event.
 *
 * @param state its next state; not copied
 * @param dispatches messages to send, in order
 * @param outcomes what is known now
 */
@SuppressWarnings("ArrayRecordComponent") // opaque to everybody but the dialect that made it
public record Turn(byte[] state, List<Dispatch> dispatches, List<Outcome> outcomes) {

  public Turn {
    dispatches = List.copyOf(dispatches);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * A message to send.
   *
   * @param covers the offsets it accounts for; null if it carries none
   */
  public record Dispatch(Message message, @Nullable OffsetRange covers) {}
}
