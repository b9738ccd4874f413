package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;

/** How one kind of network writes its messages. Pure: knows no clock and no network. */
public interface NetworkFormat {

  /** What it is called, for people. */
  String name();

  /**
   * Reads a message.
   *
   * @param payload at most some hundred kilobytes, as the caller has seen to
   * @throws RefusedException if it is not what this network sends
   */
  FeedMessage read(String topic, byte[] payload) throws RefusedException;
}
