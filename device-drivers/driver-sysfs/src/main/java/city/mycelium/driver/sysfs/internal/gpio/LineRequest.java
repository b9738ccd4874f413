package city.mycelium.driver.sysfs.internal.gpio;

/**
 * What is wanted of a line.
 *
 * @param chip {@code any}, a chip's label such as {@code pinctrl-bcm2711}, or {@code gpiochip0}
 * @param line the line's name such as {@code GPIO17}, or its number on the chip
 * @param consumer who is seen to use it
 * @param activeLow whether the line is active when its voltage is low
 * @param bias the resistor inside the chip
 * @param withEdges whether changes to active are wanted
 * @param debounceMicros how long a level must stay before it counts; 0 for no debouncing
 */
public record LineRequest(
    String chip,
    String line,
    String consumer,
    boolean activeLow,
    Bias bias,
    boolean withEdges,
    int debounceMicros) {

  /** The resistor inside the chip that decides over an open contact. */
  public enum Bias {
    /** To the supply: for a contact to ground. */
    PULL_UP,
    /** To ground: for a contact to the supply. */
    PULL_DOWN,
    /** None: the circuit outside decides. */
    NONE,
    /** As it is; the only one that every chip can. */
    AS_IS
  }
}
