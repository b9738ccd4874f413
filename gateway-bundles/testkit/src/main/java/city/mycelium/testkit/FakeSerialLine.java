package city.mycelium.testkit;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The device's end of a serial cable, in the hands of a test. As on a wire, what it says while
 * nobody listens is lost. A read never waits: no time passes in it. Safe for use by many threads.
 */
public final class FakeSerialLine {

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private byte[] onTheWire = new byte[0];
  private Opening current = new Opening();
  private boolean plugged = true;
  private int openings;
  private @Nullable SerialSettings settings;

  FakeSerialLine() {
    current.open = false;
  }

  /** The device says something. */
  public synchronized void say(byte[] bytes) {
    if (current.open) {
      onTheWire = join(onTheWire, bytes);
    }
  }

  /** The device says something in ASCII. */
  public void say(String ascii) {
    say(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** What the device has heard since it was last asked. */
  public synchronized byte[] heard() {
    byte[] all = heard.toByteArray();
    heard.reset();
    return all;
  }

  /** Whether somebody has the line open. */
  public synchronized boolean isOpen() {
    return current.open;
  }

  /** How often the line was opened. */
  public synchronized int openings() {
    return openings;
  }

  /** Bits per second of the last opening; 0 if there was none. */
  public synchronized int baud() {
    return settings == null ? 0 : settings.baud();
  }

  /** How the line was set at the last opening; null if there was none. */
  public synchronized @Nullable SerialSettings settings() {
    return settings;
  }

  synchronized SerialLine open(SerialSettings set) throws IOException {
    if (current.open) {
      throw new IOException("another program has the line open: stop it");
    }
    openings++;
    settings = set;
    onTheWire = new byte[0];
    current = new Opening();
    return current;
  }

  synchronized void unplug() {
    plugged = false;
    current.open = false;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** One time that somebody opened the line. */
  private final class Opening implements SerialLine {

    private boolean open = true;

    @Override
    public int read(byte[] into, Duration atMost) throws IOException {
      synchronized (FakeSerialLine.this) {
        requireAlive();
        int count = Math.min(into.length, onTheWire.length);
        System.arraycopy(onTheWire, 0, into, 0, count);
        onTheWire = Arrays.copyOfRange(onTheWire, count, onTheWire.length);
        return count;
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      synchronized (FakeSerialLine.this) {
        requireAlive();
        heard.writeBytes(bytes);
      }
    }

    @Override
    public void close() {
      synchronized (FakeSerialLine.this) {
        open = false;
      }
    }

    private void requireAlive() throws IOException {
      if (!plugged) {
        throw new IOException("the device was unplugged");
      }
      if (!open) {
        throw new IOException("the line is closed");
      }
    }
  }
}
