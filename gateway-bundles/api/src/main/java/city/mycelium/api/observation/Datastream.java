package city.mycelium.api.observation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One ObservedProperty of one Thing by one Sensor, in one unit (SensorThings 1.1, 8.2.4).
 *
 * @param id unique on its gateway
 * @param thing the Thing it says something about
 * @param device the Sensor that it comes from
 * @param property what is observed
 * @param unit UCUM unit of every number in it
 * @param samplingPeriod how often a healthy sensor speaks, if known
 * @param window length of the window if this is an aggregate, else null
 */
public record Datastream(
    DatastreamId id,
    ThingId thing,
    DeviceId device,
    ObservedProperty property,
    Unit unit,
    @Nullable Duration samplingPeriod,
    @Nullable Duration window) {

  public Datastream {
    if (!unit.measures(property)) {
      throw new IllegalArgumentException(
          "datastream "
              + id
              + ": "
              + property.name()
              + " is measured in "
              + property.unit().code()
              + " or a unit that converts to it, not in "
              + unit.code());
    }
    if (samplingPeriod != null && (samplingPeriod.isZero() || samplingPeriod.isNegative())) {
      throw new IllegalArgumentException(
          "datastream " + id + ": the sampling period must be positive, not " + samplingPeriod);
    }
    if (window != null && (window.isZero() || window.isNegative())) {
      throw new IllegalArgumentException(
          "datastream " + id + ": the window must be positive, not " + window);
    }
  }

  public boolean isAggregate() {
    return window != null;
  }

  /** The derived Datastream that holds this one's Summaries over windows of the given length. */
  public Datastream over(Duration windowLength) {
    if (window != null) {
      throw new IllegalStateException("an aggregate is made from raw data, not from " + id);
    }
    return new Datastream(
        new DatastreamId(id.value() + "/" + windowLength),
        thing,
        device,
        property,
        unit,
        samplingPeriod,
        windowLength);
  }
}
