package city.mycelium.api.dialect;

import city.mycelium.api.connector.Message;
import java.util.Optional;
import java.util.Set;

/**
 * A platform's way of speaking, as one Destination uses it: a pure state machine. The same state
 * and event always give the same turn. No network, no clock, no thread; safe for use by many
 * threads.
 */
public interface Dialect {

  /**
   * What the far end should be told when the gateway vanishes; asked for each connection anew.
   *
   * @param state what the last turn returned; empty at the beginning
   */
  default Optional<Message> farewell(Link link, byte[] state) {
    return Optional.empty();
  }

  /** Channels on which the platform may answer. */
  default Set<String> inboundChannels(Link link) {
    return Set.of();
  }

  /**
   * Whether the platform keeps an Observation once that it is told twice. Only where it does is one
   * told again merely to see whether that works.
   */
  default boolean isRepeatHarmless(Link link) {
    return false;
  }

  /**
   * How the platform can be asked whether it holds an Observation; nothing where it cannot.
   *
   * @param state what the last turn returned
   * @param told what was sent to it, as it was sent
   */
  default Optional<Inquiry> inquiry(Link link, byte[] state, Described told) {
    return Optional.empty();
  }

  /**
   * One step.
   *
   * @param state what the last turn returned; empty at the beginning. Kept over restarts, within a
   *     second or with the next step of the cursor: what was sent last may be missing from it
   */
  Turn turn(Link link, byte[] state, DialectEvent event);
}
