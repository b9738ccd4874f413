package city.mycelium.receiver.internal.intake;

import city.mycelium.receiver.internal.store.Store.Due;

/**
 * The way back to the gateways. Telling is allowed to fail: what a gateway is not told it sends
 * again, and is told then.
 */
@FunctionalInterface
public interface Acknowledger {

  /** Tells a gateway what is committed; returns at once. */
  void tell(Due due);
}
