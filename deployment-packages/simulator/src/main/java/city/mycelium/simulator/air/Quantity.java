package city.mycelium.simulator.air;

/** What the air of the town is described by. */
public enum Quantity {
  /** Degrees Celsius. */
  TEMPERATURE,
  /** Hectopascal at sea level. */
  PRESSURE,
  /** Relative, percent. */
  HUMIDITY,
  /** Micrograms per cubic metre. */
  PM2_5,
  /** Micrograms per cubic metre. */
  PM10,
  /** Micrograms per cubic metre. */
  NO2
}
