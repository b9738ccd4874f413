package city.mycelium.simulator.serial;

/**
 * A device at the end of a serial line, as a state machine over bytes. For one thread at a time;
 * never waits.
 */
public interface SerialChip {

  /** What it answers to bytes that arrive; empty if it has nothing to say to them. */
  byte[] hear(byte[] bytes, long epochMillis);

  /** What it says of its own accord; called once a second. */
  byte[] eachSecond(long epochMillis);
}
