package city.mycelium.driver.lorawan.internal.phy;

/** Which way a frame goes. */
public enum Direction {
  /** From the device. */
  UP(0),
  /** To the device. */
  DOWN(1);

  private final int bit;

  Direction(int bit) {
    this.bit = bit;
  }

  /** As blocks A and B0 carry it (4.3.3 and 4.4). */
  int bit() {
    return bit;
  }
}
