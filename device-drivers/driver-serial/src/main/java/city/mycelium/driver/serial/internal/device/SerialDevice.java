package city.mycelium.driver.serial.internal.device;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A device on a serial line: how it frames what it says, what the frames mean, and what is to be
 * said to it when. All of it without a port, a clock or a thread; the port loop has those.
 *
 * @param <F> a frame of its protocol, whole and with its checksum passed
 */
public interface SerialDevice<F> {

  /** Which device it is. */
  DeviceId id();

  /** Bits per second that it speaks from the factory; always 8 data bits, no parity, 1 stop bit. */
  int baud();

  /** What is said to it, and when a set of results is wanted from it. */
  Timetable timetable();

  /**
   * Finds the frames in what has arrived. A pure function: whatever the bytes are, it returns, and
   * it gives the same frames wherever the stream was cut into pieces.
   *
   * @param bytes what the last scan has left, and what has arrived since
   */
  Scan<F> scan(byte[] bytes);

  /**
   * A reader that turns frame after frame into sets of Readings: empty if the frame completes none.
   * It may remember earlier frames; a new one is made each time the line is opened.
   */
  Function<F, List<Reading>> reader();

  /** The time that a frame tells, if this device knows it; a device without a clock tells none. */
  default Optional<TimeTold> timeIn(F frame) {
    return Optional.empty();
  }

  /**
   * What a device says the time is.
   *
   * @param source what kind of device it is, in one word
   * @param epochMillis the time when its words arrive here, UTC epoch milliseconds
   * @param uncertaintyMillis how far off that may be, all delays on the way included
   */
  record TimeTold(String source, long epochMillis, long uncertaintyMillis) {}
}
