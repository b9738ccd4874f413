package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.Set;

/** An invented chip in the manner of Sensirion's: commands, and words with a CRC-8 each. */
class HygrometerWithCrc implements I2cChip {

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("hygrometer", "An invented hygrometer")
        .gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS)
        .takes("offsetKelvin", "0", "is added to the temperature, -10 to 10");
  }

  @Override
  public Set<Integer> addresses() {
    return Set.of(0x44);
  }

  @Override
  public Poll connect(I2c chip, DeviceSettings settings) throws DeviceException {
    double offset = settings.number("offsetKelvin", -10, 10);
    word(chip.writeRead(new int[] {0x89}, 3));
    return results -> {
      chip.write(0xFD);
      chip.pause(Duration.ofMillis(9));
      results.number("temperature", -45 + 175 * word(chip.read(3)) / 65535.0 + offset);
    };
  }

  /** The word, if its CRC fits. */
  int word(int[] bytes) throws DeviceException {
    if (crc(bytes[0], bytes[1]) != bytes[2]) {
      throw DeviceException.corrupt("a checksum is wrong: check the wires and their length");
    }
    return bytes[0] << 8 | bytes[1];
  }

  private static int crc(int... bytes) {
    int crc = 0xFF;
    for (int b : bytes) {
      crc ^= b;
      for (int i = 0; i < 8; i++) {
        crc = crc << 1 ^ ((crc & 0x80) == 0 ? 0 : 0x131);
      }
    }
    return crc;
  }
}
