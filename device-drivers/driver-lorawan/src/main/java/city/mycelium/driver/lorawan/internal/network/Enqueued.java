package city.mycelium.driver.lorawan.internal.network;

/** What became of a downlink that was handed in. */
public sealed interface Enqueued {

  /** It is stored, and goes out after one of the device's next uplinks. */
  record Kept() implements Enqueued {}

  /**
   * It is not.
   *
   * @param why for a person
   */
  record Refused(String why) implements Enqueued {}
}
