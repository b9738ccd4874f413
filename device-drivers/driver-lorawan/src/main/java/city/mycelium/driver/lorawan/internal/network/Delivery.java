package city.mycelium.driver.lorawan.internal.network;

import java.util.concurrent.CompletableFuture;

/** Where the network brings what devices said. Safe for use by many threads; returns at once. */
public interface Delivery {

  /**
   * Keeps what a device said. A frame that the device sends again is brought again, under the same
   * source key.
   *
   * @return completes when it is safe, so that a confirmed uplink may be acknowledged; fails if it
   *     could not be kept, and then nobody is told that it was
   */
  CompletableFuture<Void> deliver(Payload payload);
}
