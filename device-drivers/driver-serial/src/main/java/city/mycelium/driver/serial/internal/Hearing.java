package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.Scan;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.driver.host.ResultSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what is heard on one open line into sets of Readings, one for each that is wanted. It knows
 * no time, so that a record gives the same at a desk as it did on site. For one thread.
 */
final class Hearing<F> {

  /** Longer than any frame: a device class that never consumes must not fill the memory. */
  private static final int MOST_UNFINISHED_BYTES = 8192;

  /** Who wants to know what comes of it. */
  interface Listener<F> {

    /** A frame was found. */
    void heard(F frame);

    /** A set that was wanted; empty if all of it was told before. */
    void gives(List<Reading> readings);

    /** A set that nobody wanted. */
    void givesUnasked();

    /** The frame says that the device is not well, or not ready. */
    void complains(DeviceException complaint);
  }

  private final FrameDevice<F> device;
  private final FrameDevice.FrameReader<F> reader;
  private final Map<String, Channel> channels;
  private final Listener<F> listener;

  /** Of each channel the time of the last Reading, if that had a time of its own. */
  private final Map<Channel, PhenomenonTime> told = new HashMap<>();

  private byte[] unfinished = new byte[0];
  private boolean wanted;

  Hearing(FrameDevice<F> device, Map<String, Channel> channels, Listener<F> listener) {
    this.device = device;
    this.reader = device.reader();
    this.channels = channels;
    this.listener = listener;
  }

  /** From now on a set is wanted. */
  void want() {
    wanted = true;
  }

  /** Hears what has come. */
  void hear(byte[] chunk) {
    byte[] bytes = Arrays.copyOf(unfinished, unfinished.length + chunk.length);
    System.arraycopy(chunk, 0, bytes, unfinished.length, chunk.length);
    // Should the device class fail on these bytes, it never sees them again.
    unfinished = new byte[0];
    Scan<F> scan = device.scan(bytes);
    int left = bytes.length - scan.consumed();
    if (left <= MOST_UNFINISHED_BYTES) {
      unfinished = Arrays.copyOfRange(bytes, scan.consumed(), bytes.length);
    }
    for (F frame : scan.frames()) {
      listener.heard(frame);
      read(frame);
    }
  }

  private void read(F frame) {
    ResultSet results = new ResultSet(channels);
    try {
      reader.read(frame, results);
    } catch (DeviceException e) {
      listener.complains(e);
      return;
    }
    List<Reading> readings = results.readings();
    if (readings.isEmpty()) {
      return;
    }
    if (wanted) {
      wanted = false;
      listener.gives(readings.stream().filter(this::isNews).toList());
    } else {
      listener.givesUnasked();
    }
  }

  /** A device may repeat what was at a certain time, as long as it knows nothing newer. */
  private boolean isNews(Reading reading) {
    PhenomenonTime time = reading.phenomenonTime();
    return time == null || !time.equals(told.put(reading.channel(), time));
  }
}
