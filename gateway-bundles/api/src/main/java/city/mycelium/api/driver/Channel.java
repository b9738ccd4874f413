package city.mycelium.api.driver;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a device says: what becomes a Datastream when the device is adopted. Describes
 * itself, so that a device nobody has heard of can be held and adopted later.
 *
 * @param device who says it
 * @param name what the device calls it, such as {@code PM25}: 1 to 40 of A-Z a-z 0-9 - . _
 * @param property what it is in the field's vocabulary
 * @param unit unit of the numbers, as the device sends them
 * @param samplingPeriod how often the healthy device speaks, if known
 * @param personal whether it is personal by nature (decision 0123): then it leaves as aggregates of
 *     a quarter of an hour, unless its owner says otherwise in so many words
 */
public record Channel(
    DeviceId device,
    String name,
    ObservedProperty property,
    Unit unit,
    @Nullable Duration samplingPeriod,
    boolean personal) {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-._]{0,39}");

  public Channel {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a channel's name is 1 to 40 of A-Z a-z 0-9 - . _ and starts with a letter or digit, not '"
              + name
              + "'");
    }
    if (!unit.measures(property)) {
      throw new IllegalArgumentException(
          property.name() + " cannot be given in " + unit.code() + " (channel " + name + ")");
    }
    if (samplingPeriod != null && (samplingPeriod.isZero() || samplingPeriod.isNegative())) {
      throw new IllegalArgumentException("a sampling period must be positive");
    }
  }

  /** A channel that is not personal by nature. */
  public Channel(
      DeviceId device,
      String name,
      ObservedProperty property,
      Unit unit,
      @Nullable Duration samplingPeriod) {
    this(device, name, property, unit, samplingPeriod, false);
  }

  /** The Datastream that this channel becomes. */
  public DatastreamId datastreamId() {
    return new DatastreamId(device + "/" + name);
  }
}
