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
 * @param hangUp whether the connection should be ended properly and begun anew, after that
 */
@SuppressWarnings("ArrayRecordComponent") // opaque to everybody but the dialect that made it
public record Turn(
    byte[] state, List<Dispatch> dispatches, List<Outcome> outcomes, boolean hangUp) {

  public Turn {
    dispatches = List.copyOf(dispatches);
    outcomes = List.copyOf(outcomes);
  }

  /** The connection goes on. */
  public Turn(byte[] state, List<Dispatch> dispatches, List<Outcome> outcomes) {
    this(state, dispatches, outcomes, false);
  }

  /** Nothing to say. */
  public static Turn quiet(byte[] state) {
    return new Turn(state, List.of(), List.of());
  }

  /**
   * A message to send.
   *
   * @param covers the offsets it was sent for: those of the event, or a part of them; null if it
   *     carries none
   * @param tag comes back with the answer; not seen by anybody else
   */
  public record Dispatch(Message message, @Nullable OffsetRange covers, String tag) {

    /** Without a tag. */
    public Dispatch(Message message, @Nullable OffsetRange covers) {
      this(message, covers, "");
    }
  }
}
