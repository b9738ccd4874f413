package city.mycelium.emulated.hardware.bridge;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The humidity and temperature sensor SHT31, as far as single shots without clock stretching and
 * its status: a command of two bytes, then what it asked for, once. It always measures the word
 * that its datasheet gives a checksum for.
 *
 * <p>Source: Sensirion, "Datasheet SHT3x-DIS", 4.3 (single shot), 4.11 (status), 4.12 (checksum:
 * polynomial 0x31, from 0xFF; that of 0xBEEF is 0x92).
 */
public final class Sht31 implements I2cTarget {

  /** With its ADDR pin low. */
  public static final int ADDRESS = 0x44;

  private static final byte[] SINGLE_SHOT = {0x24, 0x00};
  private static final byte[] MEASURED = HexFormat.of().parseHex("beef92beef92");
  private static final byte[] STATUS = {(byte) 0xF3, 0x2D};
  private static final byte[] NOTHING_PENDING = HexFormat.of().parseHex("000081");

  private byte[] answer = new byte[0];

  @Override
  public boolean write(byte[] bytes) {
    if (Arrays.equals(bytes, SINGLE_SHOT)) {
      answer = MEASURED;
    } else {
      answer = Arrays.equals(bytes, STATUS) ? NOTHING_PENDING : new byte[0];
    }
    return true;
  }

  /** Without anything to say the chip does not acknowledge (4.3). */
  @Override
  public byte[] read(int count) {
    byte[] said = answer.length == 0 ? answer : Arrays.copyOf(answer, count);
    answer = new byte[0];
    return said;
  }
}
