package city.mycelium.api.connector;

/**
 * How much trouble a transport goes to for a message (MQTT 5, 4.3). Those without a choice ignore
 * it.
 */
public enum Qos {
  /** Sent once; nobody says whether it arrived. */
  AT_MOST_ONCE,
  /** Sent until the far end's transport says that it has it. */
  AT_LEAST_ONCE
}
