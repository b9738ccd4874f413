package city.mycelium.aggregation.internal.fold;

import static java.util.Map.entry;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which family of functions sums up which observed property. What is not in the table is numbers,
 * or a counter. Immutable.
 */
public final class Families {

  /** Kinds of things that are summed up alike. */
  private enum Kind {
    SOUND,
    WIND_DIRECTION,
    WIND_SPEED,
    WIND_GUST,
    PARKING,
    PASSAGES,
    VEHICLE_SPEED
  }

  private static final Map<ObservedProperty, Kind> KINDS =
      Map.ofEntries(
          // LAmax and LAmin are no levels over equal times: of them only the extremes tell
          // something, and those are with the numbers.
          entry(Vocabulary.LAEQ, Kind.SOUND),
          entry(Vocabulary.WIND_DIRECTION, Kind.WIND_DIRECTION),
          entry(Vocabulary.WIND_SPEED, Kind.WIND_SPEED),
          entry(Vocabulary.WIND_GUST, Kind.WIND_GUST),
          entry(Vocabulary.PARKING_SPOT_STATUS, Kind.PARKING),
          entry(Vocabulary.VEHICLE_COUNT, Kind.PASSAGES),
          entry(Vocabulary.PEOPLE_COUNT, Kind.PASSAGES),
          entry(Vocabulary.PARKING_ENTRIES, Kind.PASSAGES),
          entry(Vocabulary.PARKING_EXITS, Kind.PASSAGES),
          entry(Vocabulary.VEHICLE_SPEED, Kind.VEHICLE_SPEED));

  /** What weighs what, where both are of one Thing. */
  private static final Map<ObservedProperty, ObservedProperty> COMPANIONS =
      Map.of(
          Vocabulary.WIND_DIRECTION, Vocabulary.WIND_SPEED,
          Vocabulary.VEHICLE_SPEED, Vocabulary.VEHICLE_COUNT);

  private final FoldFamily numbers;
  private final DayParts parts;

  /**
   * @param numbers the family for what is nothing in particular
   * @param parts of the day, for Lden
   */
  public Families(FoldFamily numbers, DayParts parts) {
    this.numbers = numbers;
    this.parts = parts;
  }

  /**
   * The families for a raw Datastream. The first one that {@link Fold#accepts accepts} a result
   * sums it up; a result that none of them accepts is in no window. One Datastream gives results of
   * one shape, so one family is enough for it: which one, its first result tells.
   *
   * @param modulus where a counter goes on at zero; nothing if it never does, or nobody knows
   */
  public List<FoldFamily> of(Datastream datastream, OptionalLong modulus) {
    Unit unit = datastream.unit();
    FoldFamily counter = new CounterFamily(new CounterRules(modulus, Statistic.hasPerHour(unit)));
    Kind kind = KINDS.get(datastream.property());
    if (kind == null) {
      return List.of(numbers, counter);
    }
    return switch (kind) {
      case SOUND -> List.of(new SoundFamily(parts));
      case WIND_DIRECTION -> List.of(new PairedFamily(new WindDirection()));
      case WIND_SPEED -> List.of(WindSpeedFamily.ofMeans(datastream.samplingPeriod()));
      case WIND_GUST -> List.of(WindSpeedFamily.ofGusts());
      case PARKING -> List.of(new ParkingFamily());
      case PASSAGES -> List.of(new TrafficFamily(datastream.samplingPeriod()), counter);
      case VEHICLE_SPEED -> List.of(new PairedFamily(new VehicleSpeed()));
    };
  }

  /**
   * The property whose results weigh those of another, if there is one: then the family of the
   * other makes {@link Paired} Folds, which want to hear the Datastream of this property of the
   * same Thing and device.
   */
  public static Optional<ObservedProperty> companionOf(ObservedProperty property) {
    return Optional.ofNullable(COMPANIONS.get(property));
  }
}
