package city.mycelium.dialect.kura.internal;

import city.mycelium.api.observation.Result.Position;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of one moment, as Kura's KuraPayload holds them.
 *
 * @param timestamp UTC epoch milliseconds
 * @param position where that was; null if it may not be told or is not known
 * @param metrics by name: a Double, Long, Boolean or String
 */
record KuraPayload(long timestamp, @Nullable Position position, SortedMap<String, Object> metrics) {

  KuraPayload {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
