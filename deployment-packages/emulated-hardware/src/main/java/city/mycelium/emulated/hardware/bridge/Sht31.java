package city.mycelium.emulated.hardware.bridge;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The humidity and temperature sensor SHT31, as far as single shots without clock stretching: a
 * command of two bytes, then six bytes to read, once. It always measures the word that its
 * datasheet gives a checksum for.
 *
 * <p>Source: Sensirion, "Datasheet SHT3x-DIS", 4.3 (single shot), 4.12 (checksum: CRC of 0xBEEF is
 * 0x92).
 */
public final class Sht31 implements I2cTarget {

  /** With its ADDR pin low. */
  public static final int ADDRESS = 0x44;

  private static final int SINGLE_SHOT = 0x24;
  private static final byte[] MEASURED = HexFormat.of().parseHex("beef92beef92");

  private boolean measured;

  @Override
  public boolean write(byte[] bytes) {
    measured = bytes.length == 2 && bytes[0] == SINGLE_SHOT;
    return true;
  }

  /** Without a result the chip does not acknowledge (4.3). */
  @Override
  public byte[] read(int count) {
    if (!measured) {
      return new byte[0];
    }
    measured = false;
    return Arrays.copyOf(MEASURED, count);
  }
}
