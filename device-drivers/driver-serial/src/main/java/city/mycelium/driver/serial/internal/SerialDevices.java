package city.mycelium.driver.serial.internal;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.serial.internal.device.SerialDevice;
import city.mycelium.driver.serial.internal.gnss.Gnss;
import city.mycelium.driver.serial.internal.sds011.Sds011;
import java.time.Duration;
import java.util.Locale;

/** The kinds of device that this driver knows, by the name they have in a configuration. */
public final class SerialDevices {

  /** An sds011 then works 34 s in 2 minutes, and its laser lasts about three years. */
  private static final Duration SDS011_INTERVAL = Duration.ofMinutes(2);

  private static final Duration GNSS_INTERVAL = Duration.ofMinutes(1);
  private static final int HEX = 16;

  private SerialDevices() {}

  /**
   * What a configuration says of a device.
   *
   * @param mode empty for the kind's own; only an {@code sds011} has more than one
   * @param chipId four hexadecimal digits, {@code FFFF} for any; only an {@code sds011} has one
   * @param interval how often results are wanted; zero for the kind's own
   * @param warmUp how long after waking results are not taken; only an {@code sds011} has one
   */
  public record Settings(
      DeviceId id, String mode, String chipId, Duration interval, Duration warmUp) {}

  /**
   * A device of the named kind.
   *
   * @throws IllegalArgumentException if there is no such kind, or it cannot do what is asked; the
   *     message says what it can
   */
  public static SerialDevice<?> make(String kind, Settings settings) {
    return switch (kind) {
      case "sds011" -> sds011(settings);
      case "gnss" -> gnss(settings);
      default ->
          throw new IllegalArgumentException(
              "no serial device is called '" + kind + "': choose sds011 or gnss");
    };
  }

  private static Sds011 sds011(Settings settings) {
    return new Sds011(
        settings.id(),
        chip(settings.chipId()),
        mode(settings.mode()),
        intervalOr(SDS011_INTERVAL, settings),
        settings.warmUp());
  }

  private static Sds011.Mode mode(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "", "duty" -> Sds011.Mode.DUTY;
      case "active" -> Sds011.Mode.ACTIVE;
      case "query" -> Sds011.Mode.QUERY;
      default ->
          throw new IllegalArgumentException(
              "an sds011 has no mode '" + mode + "': choose duty, active or query");
    };
  }

  private static int chip(String id) {
    if (!id.matches("[0-9a-fA-F]{4}")) {
      throw new IllegalArgumentException(
          "an sds011's chip id is four hexadecimal digits such as A160, or FFFF for any, not '"
              + id
              + "'");
    }
    return Integer.parseInt(id, HEX);
  }

  private static Gnss gnss(Settings settings) {
    if (!settings.mode().isEmpty()) {
      throw new IllegalArgumentException(
          "a gnss receiver has no mode '" + settings.mode() + "': leave it empty");
    }
    return new Gnss(settings.id(), intervalOr(GNSS_INTERVAL, settings));
  }

  private static Duration intervalOr(Duration own, Settings settings) {
    return settings.interval().isZero() ? own : settings.interval();
  }
}
