package city.mycelium.emulated.hardware.bridge;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * The weather sensor BME280: registers that are read one after the other, and a measurement in
 * forced mode that ends at once and finds what was there before.
 *
 * <p>Source: Bosch, BST-BME280-DS002, 3.3.3 (forced mode: back to sleep by itself), 6.2 (I²C: pairs
 * of register and value are written, reads go on to the next register).
 */
public final class Bme280 implements I2cTarget {

  /** With SDO low. */
  public static final int ADDRESS = 0x76;

  private static final int REGISTERS = 256;
  private static final int CONTROL = 0xF4;
  private static final int MODE = 0x03;

  private final byte[] registers = new byte[REGISTERS];
  private int pointer;

  /**
   * A chip.
   *
   * @param content first register and the bytes from there on, as hexadecimal digits
   */
  public Bme280(Map<Integer, String> content) {
    content.forEach(
        (first, digits) -> {
          byte[] bytes = HexFormat.of().parseHex(digits);
          System.arraycopy(bytes, 0, registers, first, bytes.length);
        });
  }

  @Override
  public boolean write(byte[] bytes) {
    for (int i = 0; i < bytes.length; i += 2) {
      pointer = bytes[i] & 0xff;
      if (i + 1 < bytes.length) {
        registers[pointer] = bytes[i + 1];
      }
    }
    registers[CONTROL] &= (byte) ~MODE;
    return true;
  }

  @Override
  public byte[] read(int count) {
    byte[] read = Arrays.copyOf(Arrays.copyOfRange(registers, pointer, REGISTERS), count);
    pointer = Math.min(REGISTERS, pointer + count);
    return read;
  }
}
