package city.mycelium.driver.lorawan.internal.radio;

/** What became of a downlink. */
public sealed interface Sent {

  /**
   * It is on the air, or will be.
   *
   * @param window index of the window it was taken for
   */
  record InWindow(int window) implements Sent {}

  /**
   * It was not sent.
   *
   * @param why for a person, with the concentrator's own word where it gave one
   */
  record NotSent(String why) implements Sent {}
}
