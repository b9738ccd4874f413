package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Observation in the terms of its attribute.
 *
 * @param entity the id of the entity that it belongs to
 * @param json the value: a number, text, truth, or a GeoJSON Point
 * @param unitCode of a number; null if there is none to tell
 */
record Value(
    String entity, Attribute attribute, Described of, Object json, @Nullable String unitCode) {

  /** Sixteen digits of a double and one conversion: the last digit is noise. */
  private static final MathContext DIGITS = new MathContext(14);

  long offset() {
    return of.observation().identity().offset();
  }

  PhenomenonTime time() {
    return of.observation().phenomenonTime();
  }

  boolean isPlace() {
    return json instanceof JsonObject;
  }

  Optional<Result.Summary> summary() {
    return of.observation().result() instanceof Result.Summary summary
        ? Optional.of(summary)
        : Optional.empty();
  }

  /** What is replaced by whatever is newer of the same. */
  String key() {
    return entity + " " + attribute.name();
  }

  /**
   * The Observation in the attribute's terms.
   *
   * @throws UnspeakableException if the attribute cannot have it
   */
  static Value of(Described described, Attribute attribute, String entity)
      throws UnspeakableException {
    Result result = described.observation().result();
    Unit from = described.datastream().unit();
    if (result instanceof Result.Measurement measurement) {
      return number(described, attribute, entity, measurement.value(), from);
    }
    if (result instanceof Result.Counter counter) {
      if (described.datastream().property().equals(Vocabulary.VEHICLE_COUNT)
          && attribute.name().equals("intensity")) {
        throw new UnspeakableException(
            "a running total of "
                + counter.value()
                + " is no intensity, which is the vehicles of a period: send the aggregates of "
                + described.datastream().id()
                + " instead");
      }
      return number(described, attribute, entity, (double) counter.value(), from);
    }
    if (result instanceof Result.Summary summary) {
      return window(described, attribute, entity, summary, from);
    }
    if (attribute.unitCode() != null) {
      throw new UnspeakableException(
          attribute.type()
              + "."
              + attribute.name()
              + " is a number, but "
              + described.datastream().id()
              + " says something else");
    }
    if (result instanceof Result.Position place) {
      Double altitude = place.altitude();
      List<Double> coordinates =
          altitude == null
              ? List.of(place.longitude(), place.latitude())
              : List.of(place.longitude(), place.latitude(), altitude);
      return new Value(
          entity,
          attribute,
          described,
          JsonObject.of(Map.of("type", "Point", "coordinates", coordinates)),
          null);
    }
    if (result instanceof Result.Truth truth) {
      if (!attribute.words().isEmpty()) {
        throw new UnspeakableException(
            attribute.name() + " is one of " + attribute.words().values() + ", not yes or no");
      }
      return new Value(entity, attribute, described, truth.value(), null);
    }
    return new Value(entity, attribute, described, word(attribute, result), null);
  }

  private static String word(Attribute attribute, Result result) throws UnspeakableException {
    String word =
        result instanceof Result.Category category
            ? category.value()
            : ((Result.Text) result).value();
    if (attribute.words().isEmpty()) {
      return word;
    }
    String theirs = attribute.words().get(word);
    if (theirs == null) {
      throw new UnspeakableException(
          attribute.type()
              + "."
              + attribute.name()
              + " is one of "
              + String.join(", ", attribute.words().keySet().stream().sorted().toList())
              + ", but this is '"
              + word
              + "'");
    }
    return theirs;
  }

  private static Value window(
      Described described, Attribute attribute, String entity, Result.Summary summary, Unit from)
      throws UnspeakableException {
    Statistic statistic = attribute.statistic();
    if (statistic == null || summary.value(statistic).isEmpty()) {
      throw new UnspeakableException(
          "a window of "
              + described.datastream().id()
              + " holds "
              + (summary.statistics().isEmpty() ? "nothing" : summary.statistics().keySet())
              + ", of which "
              + attribute.type()
              + "."
              + attribute.name()
              + " can say nothing"
              + (statistic == null ? "" : ": it would need " + statistic));
    }
    return number(
        described,
        attribute,
        entity,
        summary.value(statistic).getAsDouble(),
        statistic.unitIn(from));
  }

  private static Value number(
      Described described, Attribute attribute, String entity, double value, Unit from)
      throws UnspeakableException {
    Unit to = attribute.unit();
    if (to == null && !attribute.words().isEmpty()) {
      throw new UnspeakableException(
          attribute.name() + " is one of " + attribute.words().values() + ", not a number");
    }
    if (to != null && !from.convertsTo(to)) {
      throw new UnspeakableException(
          attribute.type()
              + "."
              + attribute.name()
              + " is in "
              + to.code()
              + ", to which "
              + from.code()
              + " of "
              + described.datastream().id()
              + " does not convert");
    }
    double sent = to == null || to == from ? value : rounded(from.convert(value, to));
    if (sent < attribute.least() || sent > attribute.most()) {
      throw new UnspeakableException(
          "the schema of "
              + attribute.type()
              + " wants "
              + attribute.name()
              + (sent < attribute.least() ? " >= " + attribute.least() : " <= " + attribute.most())
              + ", but "
              + described.datastream().id()
              + " says "
              + sent
              + ": calibrate the sensor, or give the Datastream an attribute of its own in the"
              + " mapping file");
    }
    return new Value(
        entity,
        attribute,
        described,
        sent,
        to == null ? UnitCodes.of(from).orElse(null) : attribute.unitCode());
  }

  /** Another statistic of the window, in the attribute's unit where that measures the same. */
  double inAttributesUnit(Statistic statistic, double value) {
    Unit from = statistic.unitIn(of.datastream().unit());
    Unit to = attribute.unit();
    if (to == null || from == to || from != of.datastream().unit()) {
      return value;
    }
    return from.convertsTo(to) ? rounded(from.convert(value, to)) : value;
  }

  private static double rounded(double value) {
    return new BigDecimal(Double.toString(value)).round(DIGITS).doubleValue();
  }

  /** How the window's length is written, where it is one. */
  static String period(Duration window) {
    return window.toHours() > 0 && window.toHours() % 24 == 0 && window.toMinutesPart() == 0
        ? "P" + window.toDays() + "D"
        : window.toString();
  }
}
