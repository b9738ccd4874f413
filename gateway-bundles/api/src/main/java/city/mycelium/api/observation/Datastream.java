package city.mycelium.api.observation;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
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
 * @param personal whether it is personal by nature (decision 0123); an aggregate is, if what it
 *     sums up is
 */
public record Datastream(
    DatastreamId id,
    ThingId thing,
    DeviceId device,
    ObservedProperty property,
    Unit unit,
    @Nullable Duration samplingPeriod,
    @Nullable Duration window,
    boolean personal) {

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

  /** A Datastream that is not personal by nature. */
  public Datastream(
      DatastreamId id,
      ThingId thing,
      DeviceId device,
      ObservedProperty property,
      Unit unit,
      @Nullable Duration samplingPeriod,
      @Nullable Duration window) {
    this(id, thing, device, property, unit, samplingPeriod, window, false);
  }

  public boolean isAggregate() {
    return window != null;
  }

  /**
   * The derived Datastream that holds this one's Summaries over windows of the given length. Its id
   * is the raw one's with how it is derived as the last segment: {@code kit/O3/PT1H}; made from an
   * aggregate, {@code kit/O3/PT1H.PT8H}.
   *
   * @param windowLength whole days are days of the calendar, called {@code P1D}
   * @throws IllegalArgumentException if this is an aggregate over windows that are no shorter
   */
  public Datastream over(Duration windowLength) {
    if (window != null && window.compareTo(windowLength) >= 0) {
      throw new IllegalArgumentException(
          "windows of " + windowLength + " are no longer than those of " + id);
    }
    return new Datastream(
        new DatastreamId(id.value() + (window == null ? "/" : ".") + name(windowLength)),
        thing,
        device,
        property,
        unit,
        samplingPeriod,
        windowLength,
        personal);
  }

  private static String name(Duration length) {
    return length.toDaysPart() > 0 && length.equals(Duration.ofDays(length.toDaysPart()))
        ? "P" + length.toDaysPart() + "D"
        : length.toString();
  }

  /**
   * The aggregate that an id names, if it is one of this raw Datastream's. An id has one spelling:
   * {@code PT60M} is none.
   */
  public Optional<Datastream> derived(DatastreamId aggregate) {
    if (!aggregate.value().startsWith(id.value() + "/")) {
      return Optional.empty();
    }
    try {
      Datastream derived = this;
      for (String length : aggregate.value().substring(id.value().length() + 1).split("\\.", -1)) {
        derived = derived.over(Duration.parse(length));
      }
      return Optional.of(derived).filter(found -> found.id().equals(aggregate));
    } catch (DateTimeException | IllegalArgumentException e) { // it only looks like one
      return Optional.empty();
    }
  }

  /** The raw Datastream that this one is derived from; itself if it is raw. */
  public DatastreamId rawId() {
    return window == null
        ? id
        : new DatastreamId(id.value().substring(0, id.value().lastIndexOf('/')));
  }
}
