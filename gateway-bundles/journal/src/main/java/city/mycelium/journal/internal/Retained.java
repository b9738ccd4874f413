package city.mycelium.journal.internal;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of retention took away.
 *
 * @param observations how many observations are gone
 * @param dropped per cursor, how many of them it had not yet passed
 */
public record Retained(long observations, Map<String, Long> dropped) {

  static final Retained NOTHING = new Retained(0, Map.of());

  public Retained {
    dropped = Map.copyOf(dropped);
  }

  Retained plus(Retained more) {
    Map<String, Long> sum = new TreeMap<>(dropped);
    more.dropped.forEach((cursor, count) -> sum.merge(cursor, count, Long::sum));
    return new Retained(observations + more.observations, sum);
  }
}
