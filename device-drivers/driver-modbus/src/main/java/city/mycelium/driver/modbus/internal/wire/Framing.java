package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.SerialLine;
import java.io.IOException;
import java.time.Duration;

/** How a question and its answer travel over a line. For one thread at a time. */
public interface Framing {

  /**
   * Asks, and waits for the answer.
   *
   * @param question function and data, without what the framing adds
   * @param atMost for the whole answer, however slowly it trickles; what its bytes take at the
   *     line's speed comes on top
   * @return the answer likewise: of this unit, of the length and function that the question asks
   *     for, or a refusal
   * @throws Silence if nothing was answered
   * @throws DeviceException CORRUPT if what came is no answer to it
   * @throws IOException if the line is dead, or of no use any more
   */
  byte[] ask(SerialLine line, int unit, byte[] question, Duration atMost)
      throws Silence, DeviceException, IOException;

  /** Nothing came in time. */
  final class Silence extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
