package city.mycelium.driver.lorawan.internal.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps what is delivered; it is safe at once, or when the test says so. For one thread. */
final class FakeDelivery implements Delivery {

  final List<Payload> payloads = new ArrayList<>();
  final List<CompletableFuture<Void>> open = new ArrayList<>();

  /** From now on nothing is safe before the test says so. */
  boolean isHeld;

  @Override
  public CompletableFuture<Void> deliver(Payload payload) {
    payloads.add(payload);
    if (!isHeld) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> future = new CompletableFuture<>();
    open.add(future);
    return future;
  }
}
