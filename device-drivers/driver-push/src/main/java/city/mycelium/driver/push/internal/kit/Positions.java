package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Where a kit says that it is. */
final class Positions {

  private Positions() {}

  static Channel channel(DeviceId device, @Nullable Duration samplingPeriod) {
    return new Channel(
        device, "position", Vocabulary.POSITION, Vocabulary.POSITION.unit(), samplingPeriod);
  }

  /**
   * The place, or nothing: half of it, off the globe, or 0,0, which is a receiver without a fix.
   */
  static Optional<Position> of(
      OptionalDouble latitude, OptionalDouble longitude, OptionalDouble altitude) {
    if (latitude.isEmpty() || longitude.isEmpty()) {
      return Optional.empty();
    }
    double north = latitude.getAsDouble();
    double east = longitude.getAsDouble();
    boolean onEarth = Math.abs(north) <= 90 && Math.abs(east) <= 180;
    boolean fixed = north != 0 || east != 0;
    boolean high = altitude.isPresent() && Double.isFinite(altitude.getAsDouble());
    return onEarth && fixed
        ? Optional.of(new Position(north, east, high ? altitude.getAsDouble() : null))
        : Optional.empty();
  }
}
