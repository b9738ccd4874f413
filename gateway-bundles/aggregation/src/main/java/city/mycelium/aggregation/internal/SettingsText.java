package city.mycelium.aggregation.internal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings as people write them. */
final class SettingsText {

  private static final Pattern WEEKS = Pattern.compile("P([0-9])W");

  private SettingsText() {}

  /**
   * Lengths of windows out of ISO 8601 durations.
   *
   * @throws IllegalArgumentException if one is none, with words for a person
   */
  static List<Duration> windows(List<String> texts) {
    return texts.stream().map(String::trim).map(SettingsText::window).toList();
  }

  private static Duration window(String text) {
    // java.time has no weeks in a Duration.
    Matcher weeks = WEEKS.matcher(text);
    try {
      return weeks.matches()
          ? Duration.ofDays(7L * Integer.parseInt(weeks.group(1)))
          : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "a window is an ISO 8601 duration such as PT10M, PT8H or P1D, not '" + text + "'", e);
    }
  }

  /**
   * Functions out of lines such as {@code PM2.5=mean,max,p95}.
   *
   * @throws IllegalArgumentException if one is none, with words for a person
   */
  static Map<String, List<String>> functions(List<String> lines) {
    Map<String, List<String>> functions = new LinkedHashMap<>();
    for (String line : lines) {
      String[] parts = line.split("=", 2);
      if (parts.length != 2 || parts[0].isBlank()) {
        throw new IllegalArgumentException(
            "functions are asked for as <property or datastream>=<function>,<function>, not '"
                + line
                + "'");
      }
      functions.put(parts[0].trim(), List.of(parts[1].trim().split(" *, *")));
    }
    return functions;
  }
}
