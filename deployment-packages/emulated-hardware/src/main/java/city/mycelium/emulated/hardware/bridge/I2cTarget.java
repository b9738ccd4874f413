package city.mycelium.emulated.hardware.bridge;

/**
 * A chip at its address (NXP UM10204 calls it the target), as a state machine over transfers. For
 * one thread; never waits.
 */
public interface I2cTarget {

  /** Takes what the controller writes between START and STOP; whether it acknowledges. */
  boolean write(byte[] bytes);

  /**
   * What the controller reads.
   *
   * @return as many bytes as were asked for; none if the chip does not acknowledge its address
   */
  byte[] read(int count);
}
