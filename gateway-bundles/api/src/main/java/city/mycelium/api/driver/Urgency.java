package city.mycelium.api.driver;

/** What the sender of Readings waits for. */
public enum Urgency {
  /**
   * A sender waits for the answer and will forget the data once it has it: synced to the medium at
   * once.
   */
  ACKNOWLEDGED,
  /** A stream that is polled and never asked for again: committed in groups, within an interval. */
  POLLED
}
