package city.mycelium.driver.serial.internal.line;

import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialLines;
import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  @Override
  public SerialLine open(String port, int baud) throws IOException {
    SerialPort found = atPath(port.startsWith("/") ? port : onUsb(port));
    found.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    found.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    found.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, TURN_MILLIS, 0);
    if (!found.openPort(0)) {
      throw new IOException(whyNot(port, found));
    }
    found.flushIOBuffers();
    return new JSerialCommLine(port, found);
  }

  private static SerialPort atPath(String path) throws IOException {
    if (!Files.exists(Path.of(path))) {
      throw new IOException(path + " is not there: is the device plugged in?");
    }
    try {
      return SerialPort.getCommPort(path);
    } catch (SerialPortInvalidPortException e) {
      throw new IOException(path + " is not a serial port: choose another path", e);
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
  private static String whyNot(String port, SerialPort found) {
    Path path = Path.of(found.getSystemPortPath());
    if (!Files.exists(path)) {
      return port + " is not there any more: is the device plugged in?";
    }
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      return port
          + " may not be opened by this user: add the user to the group that owns "
          + path
          + " (often dialout)";
    }
    return port
        + " cannot be opened: another program has it, or it is no serial port (error "
        + found.getLastErrorCode()
        + ")";
  }
}
