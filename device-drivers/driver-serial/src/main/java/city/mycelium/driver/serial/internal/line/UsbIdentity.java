package city.mycelium.driver.serial.internal.line;

import city.mycelium.api.driver.SerialSetupException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which USB serial adapter: {@code vendor:product} or {@code vendor:product:serial}, the numbers in
 * four hexadecimal digits as {@code lsusb} prints them (USB 2.0, 9.6.1: idVendor, idProduct,
 * iSerialNumber), for instance {@code 1a86:7523}.
 *
 * @param serial null if any will do
 */
record UsbIdentity(int vendor, int product, @Nullable String serial) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::(.+))?");

  /** An adapter that is plugged in, and the path of its port. */
  record Adapter(String path, int vendor, int product, String serial) {}

  static UsbIdentity parse(String text) throws SerialSetupException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new SerialSetupException(
          "'"
              + text
              + "' names no serial port: give a path such as /dev/serial/by-id/…, or vendor:product"
              + " or vendor:product:serial of a USB adapter, such as 1a86:7523");
    }
    return new UsbIdentity(
        HexFormat.fromHexDigits(form.group(1)),
        HexFormat.fromHexDigits(form.group(2)),
        form.group(3));
  }

  /**
   * The path of the one adapter that is meant.
   *
   * @throws IOException if none is, or more than one: it would be a matter of luck which
   */
  String pathAmong(List<Adapter> adapters) throws IOException {
    List<String> paths = adapters.stream().filter(this::isMeant).map(Adapter::path).toList();
    if (paths.isEmpty()) {
      throw new IOException(
          "no USB serial adapter "
              + this
              + " is plugged in: plug it in, or see lsusb for its name");
    }
    if (paths.size() > 1) {
      throw new SerialSetupException(
          "more than one USB serial adapter is "
              + this
              + " ("
              + String.join(", ", paths)
              + "): add :<serial number>, or use a path below /dev/serial/by-path");
    }
    return paths.get(0);
  }

  private boolean isMeant(Adapter adapter) {
    return vendor == adapter.vendor()
        && product == adapter.product()
        && (serial == null || serial.equals(adapter.serial()));
  }

  @Override
  public String toString() {
    String numbers = String.format("%04x:%04x", vendor, product);
    return serial == null ? numbers : numbers + ":" + serial;
  }
}
