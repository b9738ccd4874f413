package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.driver.SerialSetupException;
import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One line, shared by the devices on it. Opened when the first of them asks, and again after it
 * died. Safe for use by many threads: one speaks, and the others wait their turn in order.
 */
public final class ModbusBus implements AutoCloseable {

  /**
   * How long a turn may be waited for: shorter than a host's patience, so that a full bus is not
   * taken for a driver that hangs.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(7);

  private final LineAddress address;
  private final SerialLines lines;
  private final Framing framing;
  private final ReentrantLock turns = new ReentrantLock(true);

  /** Written by whoever has the turn; read by whoever closes. */
  private volatile @Nullable SerialLine open;

  private volatile boolean closed;

  /** Not opened yet. */
  public ModbusBus(LineAddress address, SerialLines lines, Clock clock) {
    this.address = address;
    this.lines = lines;
    this.framing = address.framing(clock);
  }

  /** What is done while nobody else may speak. */
  @FunctionalInterface
  public interface Work {
    void run() throws DeviceException;
  }

  /**
   * Asks one unit.
   *
   * @param question function and data
   * @return the answer likewise, which may be a refusal
   */
  public byte[] ask(int unit, byte[] question, Duration atMost) throws DeviceException {
    byte[][] answer = new byte[1][];
    together(() -> answer[0] = exchange(unit, question, atMost));
    return answer[0];
  }

  /** Does something without anybody else speaking in between. */
  public void together(Work work) throws DeviceException {
    try {
      if (!turns.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw DeviceException.unreachable(
            "the bus "
                + address.bus()
                + " is taken by its other devices for more than "
                + LONGEST_WAIT.toSeconds()
                + " s: mend those that do not answer, lower timeoutMillis, or read them less"
                + " often");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DeviceException.unreachable("the gateway is stopping", e);
    }
    try {
      work.run();
    } finally {
      turns.unlock();
    }
  }

  private byte[] exchange(int unit, byte[] question, Duration atMost) throws DeviceException {
    try {
      return framing.ask(line(atMost), unit, question, atMost);
    } catch (Framing.Silence e) {
      if (address.endsWithSilence()) {
        hangUp();
      }
      throw DeviceException.unreachable(
          "unit "
              + unit
              + " on "
              + address.bus()
              + " does not answer within "
              + atMost.toMillis()
              + " ms: "
              + address.advice());
    } catch (DeviceException e) {
      if (address.endsWithSilence()) { // where the next answer begins, nobody knows any more
        hangUp();
      }
      throw e;
    } catch (SerialSetupException e) { // its message says what to change
      throw DeviceException.config(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      hangUp();
      throw DeviceException.unreachable(String.valueOf(e.getMessage()), e);
    }
  }

  private SerialLine line(Duration atMost) throws IOException {
    SerialLine line = open;
    if (line == null) {
      line = address.open(lines, atMost);
      open = line;
    }
    if (closed) {
      hangUp();
      throw new IOException(address.bus() + " is not used any more");
    }
    return line;
  }

  private void hangUp() {
    SerialLine line = open;
    open = null;
    if (line != null) {
      line.close();
    }
  }

  /** Ends it; whoever waits for an answer gets an exception. Closing twice does nothing. */
  @Override
  public void close() {
    closed = true;
    hangUp(); // also under somebody who speaks; a line opened meanwhile is seen to be too late
  }
}
