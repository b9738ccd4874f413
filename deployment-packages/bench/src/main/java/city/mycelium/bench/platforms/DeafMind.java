package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;

/**
 * A broker before a platform that takes nothing by this way: it acknowledges everything, and
 * nothing is ever stored (facts of FROST 2.4.2: of 3,000 acknowledged publishes 2,612 were
 * discarded).
 */
final class DeafMind implements Mind {

  @Override
  public boolean carries(Message message) {
    return true;
  }

  @Override
  public Reply take(Message message) {
    return new Reply(204);
  }
}
