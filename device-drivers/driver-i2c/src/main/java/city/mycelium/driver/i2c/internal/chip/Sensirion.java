package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.I2c;

/**
 * How Sensirion's chips speak: commands of 16 bits, and words of 16 bits each followed by its
 * {@link Crc8} (data sheets SHT3x 4.12, SHT4x 4.4, SCD4x 3.11, SPS30 6.2).
 */
final class Sensirion {

  private Sensirion() {}

  /** Says a command. */
  static void command(I2c bus, int command) throws DeviceException {
    bus.write(command >> 8, command & 0xFF);
  }

  /** Says a command with one word of data. */
  static void command(I2c bus, int command, int word) throws DeviceException {
    int[] bytes = {command >> 8, command & 0xFF, word >> 8, word & 0xFF, 0};
    bytes[4] = Crc8.of(bytes, 2, 4);
    bus.write(bytes);
  }

  /**
   * Reads the answer to the last command: words, 0 to 65535.
   *
   * @throws DeviceException CORRUPT if the CRC of one of them is wrong
   */
  static int[] read(I2c bus, int count) throws DeviceException {
    int[] bytes = bus.read(count * 3);
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      if (Crc8.of(bytes, 3 * i, 3 * i + 2) != bytes[3 * i + 2]) {
        throw DeviceException.corrupt(
            "word "
                + (i + 1)
                + " of "
                + count
                + " has a wrong CRC: a disturbed cable, or another chip at this address");
      }
      words[i] = Words.big(bytes, 3 * i);
    }
    return words;
  }

  /** Says a command, and takes the words that answer it. */
  static int[] answer(I2c bus, int command, int words) throws DeviceException {
    command(bus, command);
    return read(bus, words);
  }
}
