package city.mycelium.driver.serial.internal.line;

import city.mycelium.api.driver.SerialLine;
import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open port.
 *
 * <p>When the device goes, jSerialComm goes on to call the port open; what tells is a count of -1
 * from {@code bytesAvailable} and {@code readBytes} and of less than was given from {@code
 * writeBytes} (seen with 2.11.4 on a pseudo-terminal whose other end closed).
 */
final class JSerialCommLine implements SerialLine {

  private final String name;
  private final SerialPort port;
  private final Runnable whenClosed;

  /**
   * Held during each native call: a port closed in the middle of one would be used after it was
   * freed. Fair, so that closing gets its turn between two reads.
   */
  private final Lock turns = new ReentrantLock(true);

  private boolean closed;

  JSerialCommLine(String name, SerialPort port, Runnable whenClosed) {
    this.name = name;
    this.port = port;
    this.whenClosed = whenClosed;
  }

  @Override
  public int read(byte[] into, Duration atMost) throws IOException {
    int turn = JSerialCommLines.TURN_MILLIS;
    long waits = (atMost.toMillis() + turn - 1) / turn;
    int count = readWhatIsThere(into);
    for (long i = 0; i < waits && count == 0; i++) {
      count = readWaiting(into);
    }
    return count;
  }

  private int readWhatIsThere(byte[] into) throws IOException {
    turns.lock();
    try {
      int available = alive(closed ? -1 : port.bytesAvailable());
      return available == 0 ? 0 : alive(port.readBytes(into, Math.min(available, into.length)));
    } finally {
      turns.unlock();
    }
  }

  private int readWaiting(byte[] into) throws IOException {
    turns.lock();
    try {
      return alive(closed ? -1 : port.readBytes(into, into.length));
    } finally {
      turns.unlock();
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    turns.lock();
    try {
      int written = alive(closed ? -1 : port.writeBytes(bytes, bytes.length));
      if (written < bytes.length) {
        throw new IOException(
            name + " took " + written + " of " + bytes.length + " bytes: was it unplugged?");
      }
    } finally {
      turns.unlock();
    }
  }

  @Override
  public void close() {
    turns.lock();
    try {
      if (!closed) {
        closed = true;
        port.closePort();
        whenClosed.run();
      }
    } finally {
      turns.unlock();
    }
  }

  private int alive(int count) throws IOException {
    if (count < 0) {
      throw new IOException(
          closed ? name + " was closed" : name + " is gone: was the device unplugged?");
    }
    return count;
  }
}
