package city.mycelium.simulator.demo;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a device said last, in words as short as they go. For one thread. */
final class LastValues {

  private static final double PASCAL_PER_HECTOPASCAL = 100;

  /** In the order in which they are shown. */
  private enum Word {
    TEMPERATURE("air-temperature", "%.1f°C"),
    HUMIDITY("relative-humidity", "%.0f%%"),
    PRESSURE("air-pressure", "%.0fhPa"),
    FINE_DUST("PM2.5", "PM2.5 %.1f"),
    DUST("PM10", "PM10 %.1f"),
    NITROGEN_DIOXIDE("NO2", "NO2 %.1f"),
    BAY("parking-spot-status", "%s"),
    ROOM("distance", "%.0f cm to the waste"),
    PLACE("position", "%.5f° N %.5f° E");

    private final String property;
    private final String format;

    Word(String property, String format) {
      this.property = property;
      this.format = format;
    }

    static Optional<Word> of(String property) {
      for (Word word : values()) {
        if (word.property.equals(property)) {
          return Optional.of(word);
        }
      }
      return Optional.empty();
    }
  }

  private final Map<Word, String> words = new EnumMap<>(Word.class);

  /**
   * Takes one of the receiver's latest Observations; what nobody wants to see is passed over.
   *
   * @param latest an element of {@code /v1/datastreams/latest}
   * @return whether it is shown
   */
  boolean take(JsonObject latest) {
    JsonObject observation = latest.getJsonObject("observation");
    boolean position = observation.getString("kind").equals("position");
    Optional<Word> word =
        position ? Optional.of(Word.PLACE) : Word.of(latest.getString("property", ""));
    if (latest.containsKey("window") || word.isEmpty()) {
      return false;
    }
    words.put(word.get(), say(word.get(), observation, latest.getString("unit", "")));
    return true;
  }

  private static String say(Word word, JsonObject observation, String unit) {
    if (observation.get("result") instanceof JsonNumber number) {
      double value = number.doubleValue() / (unit.equals("Pa") ? PASCAL_PER_HECTOPASCAL : 1);
      return String.format(Locale.ROOT, word.format, value);
    }
    if (observation.get("result") instanceof JsonString text) {
      return String.format(Locale.ROOT, word.format, text.getString());
    }
    // GeoJSON: longitude first (RFC 7946, 3.1.1).
    var place =
        observation
            .getJsonObject("result")
            .getJsonArray("coordinates")
            .getValuesAs(JsonNumber.class);
    return String.format(
        Locale.ROOT, word.format, place.get(1).doubleValue(), place.get(0).doubleValue());
  }

  @Override
  public String toString() {
    return String.join(" ", words.values());
  }
}
