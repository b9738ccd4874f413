package city.mycelium.driver.serial.internal.line;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.driver.SerialSetupException;
import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/**
 * Serial lines of this machine. Safe for use by many threads.
 *
 * <p>A port is named by a path below {@code /dev}, or by the USB identity of its adapter as {@link
 * UsbIdentity} reads it. {@code /dev/ttyUSB0} may be another device after the next boot; {@code
 * /dev/serial/by-id/…} and a USB identity stay with the adapter.
 */
@Component
public final class JSerialCommLines implements SerialLines {

  /** How long one native read waits, and so how long closing may take. */
  static final int TURN_MILLIS = 100;

  /** The ports that are open, by the path that their other names lead to. */
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  @Override
  public SerialLine open(String port, SerialSettings settings) throws IOException {
    SerialPort found = atPath(port.startsWith("/") ? port : onUsb(port));
    String name = Path.of(found.getSystemPortPath()).toRealPath().toString();
    if (!open.add(name)) {
      throw new SerialSetupException(
          port
              + " is open for another device of this gateway: a port serves one device, so change or"
              + " remove one of the two configurations");
    }
    try {
      return open(port, found, settings, () -> open.remove(name));
    } catch (IOException | RuntimeException e) {
      open.remove(name);
      throw e;
    }
  }

  private static SerialLine open(
      String port, SerialPort found, SerialSettings settings, Runnable closed) throws IOException {
    found.setComPortParameters(
        settings.baud(),
        settings.dataBits(),
        settings.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
        parity(settings.parity()));
    found.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    found.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, TURN_MILLIS, 0);
    if (!found.openPort(0)) {
      throw whyNot(port, found);
    }
    found.flushIOBuffers();
    return new JSerialCommLine(port, found, closed);
  }

  private static int parity(SerialSettings.Parity parity) {
    return switch (parity) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
    };
  }

  private static SerialPort atPath(String path) throws IOException {
    if (!Files.exists(Path.of(path))) {
      throw new IOException(path + " is not there: is the device plugged in?");
    }
    try {
      return SerialPort.getCommPort(path);
    } catch (SerialPortInvalidPortException e) { // it says no more than we do
      throw new SerialSetupException(path + " is not a serial port: choose another path");
    }
  }

  private static String onUsb(String identity) throws IOException {
    return UsbIdentity.parse(identity)
        .pathAmong(
            Arrays.stream(SerialPort.getCommPorts())
                .map(
                    p ->
                        new UsbIdentity.Adapter(
                            p.getSystemPortPath(),
                            p.getVendorID(),
                            p.getProductID(),
                            p.getSerialNumber()))
                .toList());
  }

  /** In words of our own: the library's error number is often that of a later step. */
  private static IOException whyNot(String port, SerialPort found) {
    Path path = Path.of(found.getSystemPortPath());
    if (!Files.exists(path)) {
      return new IOException(port + " is not there any more: is the device plugged in?");
    }
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      return new SerialSetupException(
          mayNot(port, System.getProperty("user.name", ""), group(path)));
    }
    return new IOException(
        port
            + " cannot be opened: another program has it, or it is no serial port (error "
            + found.getLastErrorCode()
            + ")");
  }

  /** What to do about a port that this user may not open. */
  static String mayNot(String port, String user, String group) {
    return port
        + " may not be opened by the user "
        + user
        + ": run 'sudo usermod -aG "
        + group
        + " "
        + user
        + "' and start the gateway again";
  }

  /** The group that owns the port: dialout on Debian, uucp elsewhere. */
  private static String group(Path path) {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "dialout";
    }
  }
}
