package city.mycelium.driver.serial.internal.generic;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.Step;
import city.mycelium.api.device.Timetable;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** What is said to a device that is described in configuration. */
final class Asking {

  private static final int LONGEST = 256;

  private Asking() {}

  static Timetable timetable(String ask, Duration interval) throws DeviceException {
    if (ask.equals("none")) {
      return Timetable.listenOnly(interval);
    }
    byte[] words = hex("ask", ask);
    return new Timetable(
        List.of(), Duration.ZERO, interval, List.of(Step.ask(Duration.ZERO, words)), List.of());
  }

  /** Octets in hexadecimal, with spaces between or without. */
  static byte[] hex(String option, String text) throws DeviceException {
    try {
      byte[] bytes = HexFormat.of().parseHex(text.replace(" ", ""));
      if (bytes.length > 0 && bytes.length <= LONGEST) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for too many.
    }
    throw DeviceException.config(
        option + " is 1 to 256 octets in hexadecimal, such as FF 01, not '" + text + "'");
  }
}
