package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.push.internal.line.FieldValue;
import city.mycelium.driver.push.internal.line.Line;
import city.mycelium.driver.push.internal.line.Point;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one point of a paddenstoel or a relative, device {@code <measurement>.<id tag>}. Two shapes
 * are in use:
 *
 * <ul>
 *   <li>the firmware's: {@code paddenstoel,id=123 Temp=12.5,PM25=8.1}, as a rule without a time;
 *       sensors that are not fitted say {@code -1.00};
 *   <li>the portal's, for other suppliers: {@code timestamp_from}, {@code timestamp_to}, and beside
 *       each value {@code X} its unit {@code X-eenheid} and sensor {@code X-meetopstelling}.
 * </ul>
 *
 * <p>-1 is no result where it cannot be one (dust, humidity, pressure …). In the firmware's shape a
 * temperature of -1.00 counts only if humidity or pressure, which come from the same chip, are
 * there as well; a gas of -1.00 never does. So a frosty hour of a whole kit is kept, and a missing
 * thermometer does not report frost all year; the price is a rare -1.00 of a thermometer that is
 * alone, or of a gas cell near zero. Who writes the portal's shape leaves out what is missing, so
 * there -1 is what it says.
 */
public final class PaddenstoelPoint {

  private static final String UNIT = "-eenheid";
  private static final String SETUP = "-meetopstelling";
  private static final String FROM = "timestamp_from";
  private static final String TO = "timestamp_to";
  private static final Set<String> NO_RESULTS = Set.of(FROM, TO, "lat", "lon");

  /**
   * A schedule is made of such steps; an interval that is not is no schedule, but a coincidence.
   */
  private static final long STEP_OF_SCHEDULES_MILLIS = 10_000;

  private final Point point;
  private final KitSettings settings;
  private final DeviceId device;
  private final boolean portal;
  private final @Nullable PhenomenonTime time;
  private final @Nullable Duration samplingPeriod;
  private final List<Reading> results = new ArrayList<>();
  private final List<Reading> doubtful = new ArrayList<>();
  private final List<Reading> setups = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  private PaddenstoelPoint(Point point, String id, KitSettings settings) {
    this.point = point;
    this.settings = settings;
    device = KitDevice.named(point.measurement(), id);
    portal =
        point.fields().keySet().stream()
            .anyMatch(field -> field.equals(FROM) || field.equals(TO) || field.endsWith(UNIT));
    time = time();
    samplingPeriod = portal ? schedule(time) : settings.paddenstoelPeriod();
  }

  /** Reads a point with an {@code id} tag. */
  public static Heard read(Line.Good line, String id, KitSettings settings) {
    try {
      return new Heard.Message(
          new PaddenstoelPoint(line.point(), id, settings).message(line.text()));
    } catch (IllegalArgumentException e) {
      return new Heard.Unclear(String.valueOf(e.getMessage()));
    }
  }

  private KitMessage message(String text) {
    point.fields().forEach(this::field);
    position();
    results.addAll(doubtful.stream().filter(this::isBelievable).toList());
    return new KitMessage(
        device,
        settings.paddenstoelPeriod(),
        KitTime.stamped(text, time),
        time != null,
        results,
        setups,
        complaints,
        ignored);
  }

  private void field(String name, FieldValue value) {
    if (NO_RESULTS.contains(name) || name.endsWith(UNIT)) {
      return;
    }
    if (name.endsWith(SETUP)) {
      setup(name, value);
      return;
    }
    Optional<KitField> known = PaddenstoelFields.find(point.measurement(), name);
    if (known.isEmpty()) {
      ignored.add(name);
      return;
    }
    KitField field = known.get();
    OptionalDouble number = value.number();
    if (number.isEmpty()) {
      complaints.add("field " + name + " must be a number");
      return;
    }
    if (field.isSentinel(number.getAsDouble())) {
      return;
    }
    Optional<Unit> unit = unit(name, field);
    if (unit.isPresent()) {
      Reading reading =
          new Reading(
              new Channel(device, name, field.property(), unit.get(), samplingPeriod),
              time,
              new Measurement(number.getAsDouble()),
              null);
      (field.isDoubtful(number.getAsDouble()) && !portal ? doubtful : results).add(reading);
    }
  }

  private boolean isBelievable(Reading minusOne) {
    return minusOne.channel().property().equals(Vocabulary.AIR_TEMPERATURE)
        && results.stream()
            .map(result -> result.channel().property())
            .anyMatch(
                property ->
                    property.equals(Vocabulary.RELATIVE_HUMIDITY)
                        || property.equals(Vocabulary.AIR_PRESSURE));
  }

  /**
   * The unit that the message states, the usual one if it states none, nothing if it is no unit.
   */
  private Optional<Unit> unit(String name, KitField field) {
    FieldValue stated = point.fields().get(name + UNIT);
    if (stated == null) {
      return Optional.of(field.unit());
    }
    Optional<Unit> unit =
        stated instanceof FieldValue.Text words ? UnitWords.unit(words.value()) : Optional.empty();
    if (unit.isEmpty()) {
      complaints.add("field " + name + UNIT + " names no unit that is known here");
    } else if (!unit.get().measures(field.property())) {
      complaints.add(
          "field "
              + name
              + " cannot be given in "
              + unit.get().code()
              + ", only in "
              + field.property().unit().code()
              + " or a unit that converts to it");
      return Optional.empty();
    }
    return unit;
  }

  private void setup(String name, FieldValue value) {
    String measured = name.substring(0, name.length() - SETUP.length());
    if (PaddenstoelFields.find(point.measurement(), measured).isEmpty()) {
      ignored.add(name);
    } else if (value instanceof FieldValue.Text words && words.value().length() <= Text.MAX_CHARS) {
      setups.add(
          new Reading(
              new Channel(device, name, Vocabulary.MEASURING_SETUP, Unit.ONE, null),
              time,
              new Text(words.value()),
              null));
    } else {
      complaints.add(
          "field " + name + " must be a text of at most " + Text.MAX_CHARS + " characters");
    }
  }

  private void position() {
    if (settings.keepPositions()) {
      Positions.of(number("lat"), number("lon"), OptionalDouble.empty())
          .ifPresent(place -> results.add(positionReading(place)));
    }
  }

  private Reading positionReading(Position place) {
    return new Reading(Positions.channel(device, samplingPeriod), time, place, null);
  }

  private OptionalDouble number(String field) {
    FieldValue value = point.fields().get(field);
    return value == null ? OptionalDouble.empty() : value.number();
  }

  private @Nullable PhenomenonTime time() {
    Map<String, FieldValue> fields = point.fields();
    FieldValue from = fields.get(FROM);
    FieldValue to = fields.get(TO);
    if (from == null && to == null) {
      return point.epochMillis() == null ? null : KitTime.at(point.epochMillis());
    }
    long begin = millis(from == null ? TO : FROM, from == null ? to : from);
    long end = millis(to == null ? FROM : TO, to == null ? from : to);
    if (end < begin) {
      throw new IllegalArgumentException(TO + " is before " + FROM);
    }
    return KitTime.between(begin, end);
  }

  private static long millis(String name, @Nullable FieldValue value) {
    if (value instanceof FieldValue.Text text) {
      try {
        return OffsetDateTime.parse(text.value()).toInstant().toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) {
        throw new IllegalArgumentException(
            name + " must be a time with its zone, such as \"2026-11-23T12:00:00Z\"", e);
      }
    }
    throw new IllegalArgumentException(name + " must be a text between double quotes");
  }

  private static @Nullable Duration schedule(@Nullable PhenomenonTime time) {
    return time != null && time.millis() > 0 && time.millis() % STEP_OF_SCHEDULES_MILLIS == 0
        ? Duration.ofMillis(time.millis())
        : null;
  }
}
