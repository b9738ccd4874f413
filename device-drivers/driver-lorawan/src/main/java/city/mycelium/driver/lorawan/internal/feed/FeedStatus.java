package city.mycelium.driver.lorawan.internal.feed;

import java.util.Map;

/**
 * How one feed is; for people.
 *
 * @param name of the feed
 * @param isConnected whether it listens now
 * @param trouble why not; empty if it does
 * @param messages that came, good or bad
 * @param uplinks of those that were handed on
 * @param waiting of those that are not kept yet
 * @param others messages that are not used here
 * @param refused messages, by reason
 */
public record FeedStatus(
    String name,
    boolean isConnected,
    String trouble,
    long messages,
    long uplinks,
    int waiting,
    long others,
    Map<Refusal, Long> refused) {

  public FeedStatus {
    refused = Map.copyOf(refused);
  }
}
