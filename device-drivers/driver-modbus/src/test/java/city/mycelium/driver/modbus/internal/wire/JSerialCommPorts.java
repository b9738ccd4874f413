package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialLines;
import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.time.Duration;

/** The machine's own ports, by the library that the gateway's are opened with. */
final class JSerialCommPorts implements SerialLines {

  @Override
  public SerialLine open(String path, SerialSettings settings) throws IOException {
    SerialPort port = SerialPort.getCommPort(path);
    port.setComPortParameters(settings.baud(), settings.dataBits(), settings.stopBits(), 0);
    if (!port.openPort(0)) {
      throw new IOException(path + " cannot be opened");
    }
    return new SerialLine() {
      @Override
      public int read(byte[] into, Duration atMost) throws IOException {
        if (atMost.isZero()) {
          port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
        } else {
          int millis = (int) Math.max(1, atMost.toMillis());
          port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, millis, 0);
        }
        return alive(port.readBytes(into, into.length));
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        alive(port.writeBytes(bytes, bytes.length));
      }

      private int alive(int count) throws IOException {
        if (count < 0) {
          throw new IOException(path + " is gone: was the device unplugged?");
        }
        return count;
      }

      @Override
      public void close() {
        port.closePort();
      }
    };
  }
}
