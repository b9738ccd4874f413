package city.mycelium.driver.modbus.internal.profile;

import java.util.Arrays;
import java.util.Optional;

/** The four tables of a Modbus device (Application Protocol V1.1b3, 4.3), and how each is read. */
public enum Table {
  /** Bits that may be written; function 1, 6.1. */
  COIL("coil", 1, true),
  /** Bits; function 2, 6.2. */
  DISCRETE("discrete", 2, true),
  /** Registers that may be written; function 3, 6.3. */
  HOLDING("holding", 3, false),
  /** Registers; function 4, 6.4. */
  INPUT("input", 4, false);

  private final String word;
  private final int function;
  private final boolean bits;

  Table(String word, int function, boolean bits) {
    this.word = word;
    this.function = function;
    this.bits = bits;
  }

  /** The table with this name in a profile. */
  static Optional<Table> named(String word) {
    return Arrays.stream(values()).filter(t -> t.word.equals(word)).findFirst();
  }

  /** What it is called in a profile. */
  public String word() {
    return word;
  }

  /** The function code that reads it. */
  public int function() {
    return function;
  }

  /** Whether an address holds a bit, not a register of 16. */
  public boolean isBits() {
    return bits;
  }

  /** For a person: {@code input register 0x0048}. */
  public String place(int address) {
    return word + (bits ? " bit " : " register ") + String.format("0x%04X", address);
  }
}
