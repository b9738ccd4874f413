package city.mycelium.api.observation;

/** How far a result may be trusted (SensorThings 1.1, 8.2.7 resultQuality). */
public enum Quality {
  /** Passed every check that the device and the gateway make. */
  GOOD,
  /** Kept and sent, but outside what the property can plausibly be, or taken while warming up. */
  SUSPECT
}
