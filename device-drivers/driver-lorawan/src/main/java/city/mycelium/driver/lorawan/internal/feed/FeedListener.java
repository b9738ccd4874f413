package city.mycelium.driver.lorawan.internal.feed;

import java.util.concurrent.CompletableFuture;

/** Where feeds bring what they receive. Safe for use by many threads; returns at once. */
@FunctionalInterface
public interface FeedListener {

  /**
   * An uplink came; it may have come before.
   *
   * @return completes when it is kept durably, or needs not be: only then the broker is told that
   *     we have it. If it fails, the broker is asked to send it again.
   */
  CompletableFuture<Void> received(NetworkUplink uplink);
}
