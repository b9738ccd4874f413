package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nine bytes of a DS18B20's memory, as the kernel's file {@code w1_slave} tells them: a line of
 * bytes with the verdict on their CRC, and a line of the same bytes with the temperature.
 *
 * <p>Sources: Maxim, DS18B20 datasheet (19-7487 Rev 6), "Memory" and "CRC Generation", here "DS";
 * Linux, Documentation/w1/slaves/w1_therm.rst.
 *
 * @param celsius what it says that it measured
 * @param looksUnmeasured whether it says so before its first measurement as well
 */
record Scratchpad(double celsius, boolean looksUnmeasured) {

  private static final Pattern W1_SLAVE =
      Pattern.compile(
          "((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)\\n(?:[0-9a-f]{2} ){9}t=(-?[0-9]+)\\n");

  private static final int BYTES = 9;
  private static final int CONFIGURATION = 4;
  private static final int RESERVED = 6;

  /** w1_therm.rst, features: byte 6 after power-on, where a measurement leaves something else. */
  private static final int UNTOUCHED = 0x0C;

  /** DS, Table 1: +85 °C, the value after power-on. */
  private static final int POWER_ON = 0x0550;

  /** w1_therm.rst, features: 127.94 °C, a conversion that had too little power. */
  private static final int TOO_LITTLE_POWER = 0x07FF;

  /** DS, Figure 10: bits 5 and 6 are the resolution; of a DS18B20 the others are 0011111. */
  private static final int FIXED_BITS = 0x9F;

  private static final int FIXED = 0x1F;

  /**
   * Reads the file's two lines.
   *
   * @throws DeviceException CORRUPT if a check fails, UNREACHABLE if nothing was on the wire
   */
  static Scratchpad read(String said) throws DeviceException {
    Matcher lines = W1_SLAVE.matcher(said);
    if (!lines.matches()) {
      throw DeviceException.corrupt(
          "w1_slave does not hold nine bytes, a CRC and a temperature: '" + said.strip() + "'");
    }
    int[] bytes = bytes(lines.group(1));
    if (all(bytes, 0xFF)) {
      throw DeviceException.unreachable(
          "the sensor does not answer (all bits 1): check plug, wire and the 4.7 kOhm pull-up");
    }
    // The CRC of nothing but zeros is zero: it fits, and the wire is shorted.
    if (all(bytes, 0)) {
      throw DeviceException.corrupt("all bits are 0: the data wire is shorted to ground");
    }
    if (lines.group(2).equals("NO") || crc(bytes) != 0) {
      throw DeviceException.corrupt(
          "the CRC is wrong: the wire is too long, or its pull-up too weak (4.7 kOhm for a few"
              + " metres, less for more)");
    }
    int raw = (short) (bytes[0] | bytes[1] << 8);
    int milli = milliCelsius(lines.group(3));
    // DS, Figure 4: sixteenths. Chips that only call themselves so have other bits, and are the
    // driver's affair.
    if ((bytes[CONFIGURATION] & FIXED_BITS) == FIXED && raw * 1000 / 16 != milli) {
      throw DeviceException.corrupt(
          "the driver's temperature t=" + milli + " is not that of the sensor's bytes");
    }
    return new Scratchpad(
        milli / 1000.0,
        bytes[RESERVED] == UNTOUCHED && (raw == POWER_ON || raw == TOO_LITTLE_POWER));
  }

  /**
   * The same of the file that holds the temperature alone: the driver has checked the CRC, and
   * shows no bytes that would tell more.
   *
   * @param milliCelsius as the file says
   */
  static Scratchpad ofTemperature(double milliCelsius) {
    return new Scratchpad(milliCelsius / 1000, milliCelsius == POWER_ON * 1000 / 16.0);
  }

  private static int milliCelsius(String digits) throws DeviceException {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw DeviceException.corrupt("no temperature has that many digits: t=" + digits);
    }
  }

  private static int[] bytes(String hex) {
    int[] bytes = new int[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = Integer.parseInt(hex.substring(3 * i, 3 * i + 2), 16);
    }
    return bytes;
  }

  private static boolean all(int[] bytes, int value) {
    for (int b : bytes) {
      if (b != value) {
        return false;
      }
    }
    return true;
  }

  /** DS, "CRC Generation": x^8 + x^5 + x^4 + 1, low bit first; over data and CRC it is 0. */
  private static int crc(int[] bytes) {
    int crc = 0;
    for (int b : bytes) {
      crc ^= b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >> 1 ^ 0x8C : crc >> 1;
      }
    }
    return crc;
  }
}
