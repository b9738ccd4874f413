package city.mycelium.driver.host.record;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.FrameTap.Way;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays the bus of a recorded device that is asked: the code says the same again, and hears what it
 * heard on site. For one thread.
 */
public final class Script {

  private static final HexFormat HEX = HexFormat.of();

  private final Deque<RecordLine.Passed> lines;
  private final LongConsumer clock;
  private long micros;
  private @Nullable DeviceException difference;

  /** {@code clock} is told the time of each line as it is played, in microseconds. */
  Script(List<RecordLine.Passed> lines, LongConsumer clock) {
    this.lines = new ArrayDeque<>(lines);
    this.clock = clock;
  }

  /**
   * The code says this.
   *
   * @throws DeviceException if it failed on site, or said something else there: then the code is
   *     not the one that was recorded
   */
  public void say(byte[] bytes) throws DeviceException {
    RecordLine.Passed line = next();
    if (line.way() == Way.FAILED) {
      throw failure(line);
    }
    String hex = HEX.formatHex(bytes);
    if (line.way() != Way.SAID || !line.hex().equals(hex)) {
      difference =
          DeviceException.config(
              "at "
                  + line.micros()
                  + " µs the record has "
                  + line.way()
                  + " "
                  + line.hex()
                  + ", but this code says "
                  + hex
                  + ": replay it with the version that recorded it");
      throw difference;
    }
    RecordLine.Passed after = lines.peek();
    if (after != null && after.way() == Way.FAILED) {
      throw failure(next());
    }
  }

  /**
   * What came then.
   *
   * @throws DeviceException if nothing came on site, for the same reason
   */
  public byte[] hear() throws DeviceException {
    RecordLine.Passed line = next();
    if (line.way() != Way.HEARD) {
      throw failure(line);
    }
    return HEX.parseHex(line.hex());
  }

  /** Where the code first said something else than on site; null if it never did. */
  @Nullable DeviceException difference() {
    return difference;
  }

  /** Goes to the beginning of the next turn; false if there is none. */
  boolean nextTurn() {
    while (!lines.isEmpty()) {
      if (take().way() == Way.TURN) {
        return true;
      }
    }
    return false;
  }

  /** The time of what was taken last. */
  long micros() {
    return micros;
  }

  private RecordLine.Passed next() throws DeviceException {
    RecordLine.@Nullable Passed line = lines.peek();
    if (line == null || line.way() == Way.TURN) {
      throw DeviceException.unreachable("the record ends in the middle of a transfer");
    }
    return take();
  }

  private RecordLine.Passed take() {
    RecordLine.Passed line = lines.remove();
    micros = line.micros();
    clock.accept(micros);
    return line;
  }

  private static DeviceException failure(RecordLine.Passed line) {
    return DeviceException.unreachable(
        new String(HEX.parseHex(line.hex()), StandardCharsets.UTF_8));
  }
}
