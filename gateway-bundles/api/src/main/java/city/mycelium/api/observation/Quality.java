package city.mycelium.api.observation;

/** How far a result may be trusted (SensorThings 1.1, 8.2.7 resultQuality). */
public enum Quality {
  /** Passed every check that the device and the gateway make. */
  GOOD,
  /** Kept and sent, but outside what the property can plausibly be, or taken while warming up. */
  SUSPECT,
  /**
   * A result that passed, but nobody knows exactly when it was: the gateway had no trusted time,
   * and phenomenonTime is the interval in which it must lie.
   */
  UNDATED
}
