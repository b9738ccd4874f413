package city.mycelium.receiver.internal.store;

import city.mycelium.api.observation.Statistic;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statistics as a JSON object on one line, {@code {"p95":21.5,"sd":0.25}}, which both databases can
 * be asked for single ones: {@code statistics ->> '$.p95'} in SQLite, {@code
 * (statistics::json)->>'p95'} in PostgreSQL.
 */
final class StatisticsText {

  private StatisticsText() {}

  /** The text, in the order of the names; null if there are none. */
  static @Nullable String of(NavigableMap<Statistic, Double> statistics) {
    // A name has nothing in it that JSON would escape, and a finite double is written as JSON does.
    return statistics.isEmpty()
        ? null
        : statistics.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  /** The reverse of {@link #of}, of what it has written. */
  static NavigableMap<Statistic, Double> parse(String text) {
    NavigableMap<Statistic, Double> statistics = new TreeMap<>();
    for (String pair : text.substring(1, text.length() - 1).split(",", -1)) {
      Map.Entry<Statistic, Double> entry = entry(pair);
      statistics.put(entry.getKey(), entry.getValue());
    }
    return statistics;
  }

  private static Map.Entry<Statistic, Double> entry(String pair) {
    int colon = pair.indexOf(':');
    return Map.entry(
        new Statistic(pair.substring(1, colon - 1)), Double.valueOf(pair.substring(colon + 1)));
  }
}
