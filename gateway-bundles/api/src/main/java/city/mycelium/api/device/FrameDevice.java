package city.mycelium.api.device;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One device that talks in frames over a serial line: how it frames what it says, what the frames
 * mean, and what is to be said to it when. All of it without a port, a clock or a thread; the port
 * loop has those. Immutable.
 *
 * @param <F> a frame of its protocol, whole and with its checksum passed
 */
public interface FrameDevice<F> {

  /** A device without a clock, put together from its three parts. */
  static <F> FrameDevice<F> of(
      Timetable timetable, Function<byte[], Scan<F>> scanner, Supplier<FrameReader<F>> readers) {
    return new FrameDevice<>() {
      @Override
      public Timetable timetable() {
        return timetable;
      }

      @Override
      public Scan<F> scan(byte[] bytes) {
        return scanner.apply(bytes);
      }

      @Override
      public FrameReader<F> reader() {
        return readers.get();
      }
    };
  }

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
   * What turns frame after frame into results. It may remember earlier frames; a new one is made
   * each time the line is opened.
   */
  FrameReader<F> reader();

  /** The time that a frame tells, if this device knows it; a device without a clock tells none. */
  default Optional<TimeTold> timeIn(F frame) {
    return Optional.empty();
  }

  /** Makes sense of frames. For one thread. */
  @FunctionalInterface
  interface FrameReader<F> {

    /**
     * Puts what this frame completes: nothing if it completes nothing.
     *
     * @throws DeviceException if the frame says that the device is not well: CORRUPT or WARMING_UP
     */
    void read(F frame, Results results) throws DeviceException;
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
