package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A concentrator that keeps what it is given, and says what the test wants. For one thread. */
final class FakeConcentrator implements Concentrator {

  private final Eui eui;
  final List<Downlink> downlinks = new ArrayList<>();

  /** What it says to the next ones. */
  Function<Downlink, Sent> says = downlink -> new Sent.InWindow(0);

  FakeConcentrator(long eui) {
    this.eui = new Eui(eui);
  }

  @Override
  public Eui eui() {
    return eui;
  }

  @Override
  public CompletableFuture<Sent> send(Downlink downlink, Reception to) {
    downlinks.add(downlink);
    return CompletableFuture.completedFuture(says.apply(downlink));
  }

  /** The last frame that it was given; and forgets all of them. */
  byte[] takeOnly() {
    if (downlinks.size() != 1) {
      throw new AssertionError("one downlink was expected, and there are " + downlinks.size());
    }
    return downlinks.remove(0).phyPayload();
  }
}
