package city.mycelium.driver.push.internal.kit;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.driver.push.internal.line.FieldValue;
import city.mycelium.driver.push.internal.line.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an airRohr kit says, in any of its three formats; device {@code airrohr.<node>}, where
 * the node is what Sensor.Community knows the kit by, such as {@code esp8266-1234567}.
 *
 * <ul>
 *   <li>{@code push-sensor-data}: JSON per physical sensor; the headers say which kit and which
 *       pin;
 *   <li>the kit's "own API": JSON with everything, value types with a prefix, the chip's id inside;
 *   <li>the kit's InfluxDB: a point with a {@code node} tag and the same prefixed names.
 * </ul>
 *
 * Values are strings. There is no time in any of them.
 *
 * <p>Source: opendata-stuttgart/sensors-software, airrohr-firmware.ino, {@code sendData}, {@code
 * sendDataToOptionalApis}, {@code create_influxdb_string_from_data}.
 */
public final class AirRohrMessage {

  private static final String FAMILY = "airrohr";
  private static final Pattern PREFIXED = Pattern.compile("([A-Z][A-Z0-9]{0,15})_(.+)");
  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:[eE][+-]?+\\d++)?+");
  private static final int LONGEST_NUMBER = 64;

  /** The firmware lets people choose between these. */
  private static final long SHORTEST_INTERVAL_MILLIS = 5_000;

  private static final long LONGEST_INTERVAL_MILLIS = 86_400_000;

  private final DeviceId device;
  private final KitSettings settings;
  private final @Nullable PhenomenonTime time;
  private final List<Reading> results = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  private AirRohrMessage(DeviceId device, KitSettings settings, @Nullable PhenomenonTime time) {
    this.device = device;
    this.settings = settings;
    this.time = time;
  }

  /**
   * Reads a JSON body.
   *
   * @param node the {@code X-Sensor} header, or empty; without it the body must hold {@code
   *     esp8266id}
   * @param pin the {@code X-PIN} header, or empty if the value types carry prefixes
   */
  public static Heard read(String body, String node, String pin, KitSettings settings) {
    AirRohrBody json;
    try {
      json = AirRohrBody.read(body);
    } catch (IllegalArgumentException e) {
      return new Heard.Unclear(String.valueOf(e.getMessage()));
    }
    Map<String, String> values = json.values();
    if (values == null) {
      return new Heard.Unclear("the body has no array 'sensordatavalues'");
    }
    if (node.isEmpty() && json.id().isEmpty()) {
      return new Heard.Unclear(
          "neither the header X-Sensor nor 'esp8266id' says which kit this is");
    }
    Optional<AirRohrFields.Pin> sensor = AirRohrFields.pin(pin);
    if (!pin.isEmpty() && sensor.isEmpty()) {
      return new Heard.Unclear("no sensor is known on X-PIN " + shortened(pin));
    }
    return read(
        node.isEmpty() ? "esp8266-" + json.id() : node,
        values,
        sensor,
        Collections.nCopies(
            json.incomplete(), "an entry of 'sensordatavalues' lacks 'value_type' or 'value'"),
        null,
        pin + '\n' + body.strip(),
        settings);
  }

  /** Reads a point with a {@code node} tag. */
  public static Heard read(Line.Good line, String node, KitSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    line.point().fields().forEach((name, value) -> values.put(name, text(value)));
    return read(
        node,
        values,
        Optional.empty(),
        List.of(),
        line.point().epochMillis(),
        line.text(),
        settings);
  }

  private static Heard read(
      String node,
      Map<String, String> values,
      Optional<AirRohrFields.Pin> pin,
      List<String> complaints,
      @Nullable Long epochMillis,
      String fingerprint,
      KitSettings settings) {
    try {
      PhenomenonTime time = epochMillis == null ? null : KitTime.at(epochMillis);
      AirRohrMessage message = new AirRohrMessage(KitDevice.named(FAMILY, node), settings, time);
      message.complaints.addAll(complaints);
      return new Heard.Message(message.of(values, pin, fingerprint));
    } catch (IllegalArgumentException e) {
      return new Heard.Unclear(String.valueOf(e.getMessage()));
    }
  }

  private KitMessage of(
      Map<String, String> values, Optional<AirRohrFields.Pin> pin, String fingerprint) {
    Duration period = period(values.getOrDefault("interval", ""));
    Map<String, OptionalDouble> place = new HashMap<>();
    values.forEach(
        (type, text) -> {
          Matcher prefixed = PREFIXED.matcher(type);
          boolean hasPrefix = prefixed.matches();
          String sensor =
              hasPrefix ? prefixed.group(1) : pin.map(AirRohrFields.Pin::sensor).orElse("");
          String value = hasPrefix ? prefixed.group(2) : type;
          String name = hasPrefix ? type : pin.map(AirRohrFields.Pin::prefix).orElse("") + type;
          if (sensor.equals("GPS")) {
            place.put(value, number(text));
          } else {
            AirRohrFields.find(sensor, value)
                .ifPresentOrElse(
                    field -> result(name, field, text, period), () -> ignored.add(type));
          }
        });
    position(place, period);
    return new KitMessage(
        device,
        period,
        KitTime.stamped(fingerprint, time),
        time != null,
        results,
        List.of(),
        complaints,
        ignored);
  }

  private void result(String name, KitField field, String text, Duration period) {
    OptionalDouble number = number(text);
    if (number.isEmpty()) {
      complaints.add("value " + name + " must be a number");
    } else if (!field.isSentinel(number.getAsDouble())) {
      results.add(
          new Reading(
              new Channel(device, name, field.property(), field.unit(), period),
              time,
              new Measurement(number.getAsDouble()),
              null));
    }
  }

  private void position(Map<String, OptionalDouble> place, Duration period) {
    if (settings.keepPositions()) {
      Positions.of(
              place.getOrDefault("lat", OptionalDouble.empty()),
              place.getOrDefault("lon", OptionalDouble.empty()),
              place.getOrDefault("height", OptionalDouble.empty()))
          .ifPresent(
              position ->
                  results.add(
                      new Reading(Positions.channel(device, period), time, position, null)));
    }
  }

  /** The kit's own word about its interval, in milliseconds, if it gives one that can be. */
  private Duration period(String interval) {
    OptionalDouble millis = number(interval);
    return millis.isPresent()
            && millis.getAsDouble() >= SHORTEST_INTERVAL_MILLIS
            && millis.getAsDouble() <= LONGEST_INTERVAL_MILLIS
        ? Duration.ofMillis(Math.round(millis.getAsDouble()))
        : settings.airRohrPeriod();
  }

  /** A number; NaN for what the firmware writes when it has none; nothing for anything else. */
  private static OptionalDouble number(String text) {
    String stripped = text.strip();
    return switch (stripped) {
      case "", "nan", "inf", "-inf", "ovf", "-ovf" -> OptionalDouble.of(Double.NaN);
      default ->
          stripped.length() <= LONGEST_NUMBER && NUMBER.matcher(stripped).matches()
              ? OptionalDouble.of(Double.parseDouble(stripped))
              : OptionalDouble.empty();
    };
  }

  private static String text(FieldValue value) {
    if (value instanceof FieldValue.Text text) {
      return text.value();
    }
    OptionalDouble number = value.number();
    if (number.isEmpty()) {
      return String.valueOf(value instanceof FieldValue.Truth truth && truth.value());
    }
    return Double.isNaN(number.getAsDouble()) ? "nan" : Double.toString(number.getAsDouble());
  }

  private static String shortened(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "…";
  }
}
