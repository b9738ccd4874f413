package city.mycelium.api.dialect;

import city.mycelium.api.connector.Message;
import java.util.Set;

/**
 * A platform's way of speaking, as a pure state machine: the same state and event always give the
 * same turn. No network, no clock, no thread; safe for use by many threads.
 */
public interface Dialect {

  /** The name that a Destination's configuration uses, such as {@code senml-json}. */
  String name();

  /** What the far end should be told when the gateway vanishes. */
  Message farewell(Link link);

  /** Channels on which the platform may answer. */
  Set<String> inboundChannels(Link link);

  /**
   * One step.
   *
   * @param state what the last turn returned; empty at the beginning
   */
  Turn turn(Link link, byte[] state, DialectEvent event);
}
