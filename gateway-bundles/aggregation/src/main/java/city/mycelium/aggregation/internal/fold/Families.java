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
import java.util.Set;

/**
 * Which families of functions sum up which observed property. What is not in the table is numbers
 * and nothing in particular. Immutable.
 */
public final class Families {

  /** Kinds of things that are summed up alike. */
  private enum Kind {
    SOUND,
    LOUDEST,
    QUIETEST,
    WIND_DIRECTION,
    WIND_SPEED,
    WIND_GUST,
    PARKING,
    PASSAGES,
    VEHICLE_SPEED,
    TOTAL
  }

  private static final Map<ObservedProperty, Kind> KINDS =
      Map.ofEntries(
          entry(Vocabulary.LAEQ, Kind.SOUND),
          entry(Vocabulary.LAMAX, Kind.LOUDEST),
          entry(Vocabulary.LAMIN, Kind.QUIETEST),
          entry(Vocabulary.WIND_DIRECTION, Kind.WIND_DIRECTION),
          entry(Vocabulary.WIND_SPEED, Kind.WIND_SPEED),
          entry(Vocabulary.WIND_GUST, Kind.WIND_GUST),
          entry(Vocabulary.PARKING_SPOT_STATUS, Kind.PARKING),
          entry(Vocabulary.VEHICLE_COUNT, Kind.PASSAGES),
          entry(Vocabulary.PEOPLE_COUNT, Kind.PASSAGES),
          entry(Vocabulary.PARKING_ENTRIES, Kind.PASSAGES),
          entry(Vocabulary.PARKING_EXITS, Kind.PASSAGES),
          entry(Vocabulary.VEHICLE_SPEED, Kind.VEHICLE_SPEED),
          entry(Vocabulary.ENERGY_IMPORT, Kind.TOTAL),
          entry(Vocabulary.ENERGY_EXPORT, Kind.TOTAL));

  /** What weighs what, where both are of one Thing. */
  private static final Map<ObservedProperty, ObservedProperty> COMPANIONS =
      Map.of(
          Vocabulary.WIND_DIRECTION, Vocabulary.WIND_SPEED,
          Vocabulary.VEHICLE_SPEED, Vocabulary.VEHICLE_COUNT);

  private final DayParts parts;

  /**
   * With the hours of a civil day.
   *
   * @param parts of the day, for Lden
   */
  public Families(DayParts parts) {
    this.parts = parts;
  }

  /**
   * The families of a raw Datastream; none if it is numbers and nothing in particular. A result
   * goes to each that {@link Fold#accepts accepts} it. At most one of them {@link
   * FoldFamily#remembers remembers}, so the Edge of a window is always its own.
   *
   * @param modulus where a counter goes on at zero; nothing if it never does, or nobody knows
   */
  public List<FoldFamily> of(Datastream datastream, OptionalLong modulus) {
    Kind kind = KINDS.get(datastream.property());
    if (kind == null) {
      return List.of();
    }
    return switch (kind) {
      case SOUND -> List.of(new SoundFamily(parts));
      // No levels over equal times: neither energies nor shares of the time follow from them.
      case LOUDEST -> List.of(new NumbersFamily(Set.of(Statistic.MAX)));
      case QUIETEST -> List.of(new NumbersFamily(Set.of(Statistic.MIN)));
      case WIND_DIRECTION -> List.of(new PairedFamily(new WindDirection()));
      case WIND_SPEED -> List.of(WindSpeedFamily.ofMeans(datastream.samplingPeriod()));
      case WIND_GUST -> List.of(WindSpeedFamily.ofGusts());
      case PARKING -> List.of(new ParkingFamily());
      // A detector counts anew in each period, or on and on: its results tell which.
      case PASSAGES ->
          List.of(
              new TrafficFamily(datastream.samplingPeriod()), counter(datastream.unit(), modulus));
      case VEHICLE_SPEED -> List.of(new PairedFamily(new VehicleSpeed()));
      // Of a total that comes as a measurement nobody can tell a reset from a correction.
      case TOTAL ->
          List.of(
              counter(datastream.unit(), modulus),
              new NumbersFamily(Set.of(Statistic.MIN, Statistic.MAX)));
    };
  }

  /** The family of anything that is counted on and on, whatever its property. */
  public static FoldFamily counter(Unit unit, OptionalLong modulus) {
    return new CounterFamily(new CounterRules(modulus, Statistic.hasPerHour(unit)));
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
