package city.mycelium.api.device;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the kernel tells in files (sysfs(5)): one value to a file, made anew each time it is read.
 * Paths are absolute and begin with {@code /sys/}. For one thread.
 *
 * <p>Every method throws {@link DeviceException}: UNREACHABLE if the device has gone or does not
 * answer its driver, STALE if it has nothing new, CORRUPT if the driver found a wrong checksum,
 * CONFIG if reading is not allowed.
 */
public interface Sysfs {

  /** A number as the kernel writes it: never with an exponent, and always a whole line. */
  Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?\\n");

  /** The names in a folder, sorted; none if it is not there. */
  List<String> list(String folder) throws DeviceException;

  /** The same place without links: it has the addresses by which a device stays the same. */
  String resolve(String path) throws DeviceException;

  /** All that a file says, the end of its last line included. */
  String read(String file) throws DeviceException;

  /** What a file says, without the white space around it. */
  default String text(String file) throws DeviceException {
    return read(file).strip();
  }

  /**
   * The number that a file says.
   *
   * @throws DeviceException CORRUPT if it is none: a value without the end of its line is half a
   *     value, and of half a number nobody can tell
   */
  default double number(String file) throws DeviceException {
    String said = read(file);
    if (said.isBlank()) {
      throw DeviceException.corrupt(file + " is empty: the kernel's driver gave no value");
    }
    if (!NUMBER.matcher(said).matches()) {
      throw DeviceException.corrupt(
          file + " does not hold a number on a line of its own, but '" + said.strip() + "'");
    }
    return Double.parseDouble(said.strip());
  }
}
