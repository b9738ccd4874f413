package city.mycelium.api.dialect;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.GatewayId;
import java.util.List;

/**
 * Whom a dialect speaks for and to.
 *
 * @param gateway who speaks
 * @param epoch the epoch of the journal that is being sent
 * @param predecessors the epochs that this one goes on from, the latest first: up to where each
 *     goes, the same offsets are the same Observations
 * @param destination the name of the Destination on this gateway
 * @param proof what counts as delivered there
 */
public record Link(
    GatewayId gateway,
    long epoch,
    List<Predecessor> predecessors,
    String destination,
    Proof proof) {

  public Link {
    predecessors = List.copyOf(predecessors);
  }

  /** The best proof of delivery that a Destination can give. */
  public enum Proof {
    /** The far end's answer to the message: an HTTP 2xx, a CoAP 2.04, an MQTT PUBACK. */
    ANSWER,
    /** An acknowledgement over the return path, sent after the receiver's own commit. */
    RECEIVER
  }
}
