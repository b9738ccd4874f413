package city.mycelium.driver.serial.internal.level;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;

/**
 * How a distance sensor is mounted, and what its distance then means. Distances in millimetres.
 *
 * @param height of the sensor above the datum of the water, or above the bottom of the bin; 0 if it
 *     was not told
 * @param full the distance at which a bin is full; 0 if it is no bin
 */
record Mounting(int height, int full) {

  static final String DISTANCE = "distance";
  static final String WATER_LEVEL = "water-level";
  static final String FILL_LEVEL = "fill-level";

  private static final double MILLIMETRES = 1000;
  private static final double PERCENT = 100;
  private static final int HIGHEST = 100_000;

  /** The distance, which is always given, and the options. */
  static DeviceDescription describe(DeviceDescription kind) {
    return kind.gives(DISTANCE, Vocabulary.DISTANCE, Unit.MILLIMETRE)
        .takes(
            "mountingHeightMillimetres",
            "0",
            "height of the sensor above the datum of the water level, or above the bottom of the"
                + " bin, up to 100000; 0 gives the distance only")
        .takes(
            "fullAtMillimetres",
            "0",
            "for a bin: the distance at which it is full, less than the mounting height; 0 for"
                + " water");
  }

  /** The same with what this mounting gives beside. */
  DeviceDescription describedWith(DeviceDescription kind) {
    if (height == 0) {
      return kind;
    }
    return full == 0
        ? kind.gives(WATER_LEVEL, Vocabulary.WATER_LEVEL, Unit.METRE)
        : kind.gives(FILL_LEVEL, Vocabulary.FILL_LEVEL, Unit.PERCENT);
  }

  static Mounting of(DeviceSettings settings) throws DeviceException {
    int height = settings.whole("mountingHeightMillimetres", 0, HIGHEST);
    int full = settings.whole("fullAtMillimetres", 0, HIGHEST);
    if (full > 0 && full >= height) {
      throw DeviceException.config(
          "fullAtMillimetres is less than mountingHeightMillimetres, the distance to the empty"
              + " bin's bottom, not "
              + full
              + " with "
              + height);
    }
    return new Mounting(height, full);
  }

  /** What a distance means. */
  void put(double distance, Results results) {
    results.number(DISTANCE, distance);
    if (height > 0 && full == 0) {
      results.number(WATER_LEVEL, (height - distance) / MILLIMETRES);
    } else if (height > 0) {
      double filled = PERCENT * (height - distance) / (height - full);
      results.number(FILL_LEVEL, Math.min(PERCENT, Math.max(0, filled)));
    }
  }
}
