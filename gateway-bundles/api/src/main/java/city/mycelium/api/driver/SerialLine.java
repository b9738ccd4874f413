package city.mycelium.api.driver;

import java.io.IOException;
import java.time.Duration;

/**
 * An open serial line. For one thread at a time; {@link #close} may be called from any, and ends a
 * waiting {@link #read} with an exception.
 */
public interface SerialLine extends AutoCloseable {

  /**
   * Waits for bytes.
   *
   * @return how many were read: at least 1, or 0 if none came within the time
   * @throws IOException if the line is dead: unplugged, or closed. It never comes back; open a new
   *     one.
   */
  int read(byte[] into, Duration atMost) throws IOException;

  /**
   * Writes all bytes.
   *
   * @throws IOException if the line is dead
   */
  void write(byte[] bytes) throws IOException;

  /** Closes the line; closing it twice does nothing. */
  @Override
  void close();
}
