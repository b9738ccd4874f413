package city.mycelium.driver.host.internal.record;

import city.mycelium.api.observation.DeviceId;
import java.time.Duration;
import java.util.Set;

/**
 * How far a record goes.
 *
 * @param devices whose frames are recorded; empty for all
 * @param atMost how long, 1 s to 24 h
 * @param bytes how large its file may become, 10 kB to 1 GB
 * @param withPersonal whether what is personal by nature is recorded too: only with the consent of
 *     whom it is about
 */
record RecordBounds(Set<DeviceId> devices, Duration atMost, long bytes, boolean withPersonal) {

  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofHours(24);
  static final long SMALLEST_BYTES = 10_000;
  static final long LARGEST_BYTES = 1_000_000_000;

  RecordBounds {
    devices = Set.copyOf(devices);
    if (atMost.compareTo(SHORTEST) < 0 || atMost.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a record takes 1 to " + LONGEST.toSeconds() + " seconds, not " + atMost.toSeconds());
    }
    if (bytes < SMALLEST_BYTES || bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "a record has "
              + SMALLEST_BYTES
              + " to "
              + LARGEST_BYTES
              + " bytes at most, not "
              + bytes);
    }
  }

  boolean includes(DeviceId device) {
    return devices.isEmpty() || devices.contains(device);
  }
}
