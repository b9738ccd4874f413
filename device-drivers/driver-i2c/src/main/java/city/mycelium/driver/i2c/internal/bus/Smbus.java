package city.mycelium.driver.i2c.internal.bus;

import java.util.Arrays;
import java.util.List;

/**
 * One call of the SMBus protocol (Documentation/i2c/smbus-protocol.rst). On the wire each is the
 * plain transfer named at its factory.
 *
 * @param kind which of them
 * @param reads whether it ends in a read
 * @param command the byte after the address; 0 if it has none
 * @param written what is written after the command, 0 to 255 each
 * @param count how many bytes are read
 */
public record Smbus(Kind kind, boolean reads, int command, List<Integer> written, int count) {

  /** I2C_SMBUS_BLOCK_MAX (linux/i2c.h). */
  static final int MOST_BYTES = 32;

  private static final List<Integer> NOTHING = List.of();

  public Smbus {
    written = List.copyOf(written);
  }

  /** The kinds, with what linux/i2c.h calls their size. */
  public enum Kind {
    QUICK(0),
    BYTE(1),
    BYTE_DATA(2),
    WORD_DATA(3),
    I2C_BLOCK_DATA(8);

    private final int size;

    Kind(int size) {
      this.size = size;
    }

    int size() {
      return size;
    }
  }

  /** Address, STOP: asks whether anybody is there. */
  static Smbus quick() {
    return new Smbus(Kind.QUICK, false, 0, NOTHING, 0);
  }

  /** Reads one byte. */
  static Smbus readByte() {
    return new Smbus(Kind.BYTE, true, 0, NOTHING, 1);
  }

  /** Writes one byte. */
  static Smbus writeByte(int value) {
    return new Smbus(Kind.BYTE, false, value, NOTHING, 0);
  }

  /** Writes a byte, then reads one. */
  static Smbus readByteData(int command) {
    return new Smbus(Kind.BYTE_DATA, true, command, NOTHING, 1);
  }

  /** Writes a byte, then reads two. */
  static Smbus readWordData(int command) {
    return new Smbus(Kind.WORD_DATA, true, command, NOTHING, 2);
  }

  /** Writes a byte, then reads 1 to 32. */
  static Smbus readBlock(int command, int count) {
    return new Smbus(Kind.I2C_BLOCK_DATA, true, command, NOTHING, count);
  }

  /** Writes two bytes. */
  static Smbus writeByteData(int command, int value) {
    return new Smbus(Kind.BYTE_DATA, false, command, List.of(value), 0);
  }

  /** Writes three bytes. */
  static Smbus writeWordData(int command, int first, int second) {
    return new Smbus(Kind.WORD_DATA, false, command, List.of(first, second), 0);
  }

  /** Writes 2 to 33 bytes. */
  static Smbus writeBlock(int command, int[] values) {
    return new Smbus(
        Kind.I2C_BLOCK_DATA, false, command, Arrays.stream(values).boxed().toList(), 0);
  }
}
