package city.mycelium.driver.i2c.internal.bus;

/**
 * What an adapter can do: the mask of I2C_FUNCS (linux/i2c.h, {@code I2C_FUNC_*};
 * Documentation/i2c/functionality.rst).
 *
 * @param mask the lower 32 bits
 */
public record Functions(int mask) {

  /** I2C_FUNC_I2C. */
  public static final int PLAIN = 0x0000_0001;

  /** I2C_FUNC_SMBUS_QUICK. */
  public static final int QUICK = 0x0001_0000;

  /** I2C_FUNC_SMBUS_READ_BYTE. */
  public static final int READ_BYTE = 0x0002_0000;

  /** I2C_FUNC_SMBUS_WRITE_BYTE. */
  public static final int WRITE_BYTE = 0x0004_0000;

  /** I2C_FUNC_SMBUS_READ_BYTE_DATA. */
  public static final int READ_BYTE_DATA = 0x0008_0000;

  /** I2C_FUNC_SMBUS_WRITE_BYTE_DATA. */
  public static final int WRITE_BYTE_DATA = 0x0010_0000;

  /** I2C_FUNC_SMBUS_READ_WORD_DATA. */
  public static final int READ_WORD_DATA = 0x0020_0000;

  /** I2C_FUNC_SMBUS_WRITE_WORD_DATA. */
  public static final int WRITE_WORD_DATA = 0x0040_0000;

  /** I2C_FUNC_SMBUS_READ_I2C_BLOCK. */
  public static final int READ_I2C_BLOCK = 0x0400_0000;

  /** I2C_FUNC_SMBUS_WRITE_I2C_BLOCK. */
  public static final int WRITE_I2C_BLOCK = 0x0800_0000;

  /** Whether it can do all of this. */
  public boolean can(int function) {
    return (mask & function) == function;
  }

  /** Whether it takes messages as they are. */
  boolean isPlain() {
    return can(PLAIN);
  }

  /** For a person. */
  @Override
  public String toString() {
    return isPlain() ? "plain I2C and SMBus" : "SMBus only";
  }
}
