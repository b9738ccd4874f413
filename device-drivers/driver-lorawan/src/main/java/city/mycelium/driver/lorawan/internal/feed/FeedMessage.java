package city.mycelium.driver.lorawan.internal.feed;

/** What a message of a network is. */
public sealed interface FeedMessage {

  /** A device was heard. */
  record Up(NetworkUplink uplink) implements FeedMessage {}

  /**
   * Something that is not used here.
   *
   * @param what for people
   */
  record Other(String what) implements FeedMessage {}
}
