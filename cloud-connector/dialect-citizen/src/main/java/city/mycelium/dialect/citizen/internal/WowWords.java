package city.mycelium.dialect.citizen.internal;

import static java.util.Map.entry;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What WOW calls what is measured, and its units (Met Office WOW, "Automatic upload": parameters of
 * {@code automaticreading}).
 */
final class WowWords {

  /** One parameter. */
  record Value(String parameter, double value) {}

  /** NIST SP 811, B.8: inch of mercury, conventional, in Pa. */
  private static final double PASCAL_PER_INCH_OF_MERCURY = 3386.389;

  /** The international mile, in km. */
  private static final double KILOMETRE_PER_MILE = 1.609344;

  private static final double MILLIMETRE_PER_INCH = 25.4;

  /**
   * A parameter, the unit that leads to WOW's, how many of it make one of WOW's, and which figure
   * of a window stands for it.
   */
  private record Word(String parameter, Unit unit, double divisor, Statistic ofWindow) {}

  private static final Map<ObservedProperty, Word> WORDS =
      Map.ofEntries(
          entry(
              Vocabulary.AIR_TEMPERATURE,
              new Word("tempf", Unit.DEGREE_FAHRENHEIT, 1, Statistic.MEAN)),
          entry(
              Vocabulary.DEW_POINT, new Word("dewptf", Unit.DEGREE_FAHRENHEIT, 1, Statistic.MEAN)),
          entry(
              Vocabulary.RELATIVE_HUMIDITY, new Word("humidity", Unit.PERCENT, 1, Statistic.MEAN)),
          entry(
              Vocabulary.AIR_PRESSURE,
              new Word("baromin", Unit.PASCAL, PASCAL_PER_INCH_OF_MERCURY, Statistic.MEAN)),
          entry(
              Vocabulary.WIND_SPEED,
              new Word(
                  "windspeedmph", Unit.KILOMETRE_PER_HOUR, KILOMETRE_PER_MILE, Statistic.MEAN)),
          entry(
              Vocabulary.WIND_GUST,
              new Word("windgustmph", Unit.KILOMETRE_PER_HOUR, KILOMETRE_PER_MILE, Statistic.MAX)),
          entry(
              Vocabulary.WIND_DIRECTION, new Word("winddir", Unit.DEGREE, 1, Statistic.DIRECTION)));

  /** Rain is told as what fell in the past hour, which only an aggregate of an hour knows. */
  private static final Word RAIN =
      new Word("rainin", Unit.MILLIMETRE, MILLIMETRE_PER_INCH, Statistic.SUM);

  private WowWords() {}

  /** Nothing if WOW has no word for it, or it has no value that stands for its window. */
  static Optional<Value> of(Described described) {
    Datastream datastream = described.datastream();
    boolean isHour = Duration.ofHours(1).equals(datastream.window());
    Word word =
        isHour && datastream.property().equals(Vocabulary.RAIN_AMOUNT)
            ? RAIN
            : WORDS.get(datastream.property());
    if (word == null) {
      return Optional.empty();
    }
    OptionalDouble value = value(described.observation().result(), word.ofWindow());
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Value(
                word.parameter(),
                datastream.unit().convert(value.getAsDouble(), word.unit()) / word.divisor()));
  }

  private static OptionalDouble value(Result result, Statistic ofWindow) {
    if (result instanceof Result.Measurement number) {
      return OptionalDouble.of(number.value());
    }
    return result instanceof Result.Summary summary && summary.valid()
        ? summary.value(ofWindow)
        : OptionalDouble.empty();
  }
}
