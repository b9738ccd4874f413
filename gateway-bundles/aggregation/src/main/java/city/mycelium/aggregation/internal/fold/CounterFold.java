package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A total that only grows (energy, vehicles, tips of a rain gauge), over a window.
 *
 * <ul>
 *   <li>{@code delta} = what was counted from the last reading before the window to the last one in
 *       it. What lies between two readings belongs to the window of the later one: then whole
 *       numbers stay whole, the deltas of all windows add up to what the counter counted, and a
 *       reading never changes a window that is over. Without a reading before the window it begins
 *       at the first one in it; with one reading in all there is no delta.
 *   <li>{@code per-hour} = delta / time between these two readings: so it is right after an outage
 *       too, when the delta holds more than the window. Not given in units that have none per hour.
 *   <li>{@code resets} = how often the counter began again; {@link CounterRules} tells that from a
 *       rollover. Of a reset only what was counted since is known: then delta is the least that was
 *       counted.
 * </ul>
 *
 * Exact: whole numbers without limit, each figure rounded once. Merges exactly. Keeps every reading
 * of the window: one that comes late can change what those around it mean.
 */
final class CounterFold implements Fold {

  private static final byte VERSION = 1;
  private static final double MILLIS_PER_HOUR = 3.6e6;

  private final CounterRules rules;
  private final Timeline readings;

  CounterFold(CounterRules rules) {
    this(rules, new Timeline());
  }

  private CounterFold(CounterRules rules, Timeline readings) {
    this.rules = rules;
    this.readings = readings;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Counter;
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    readings.add(phenomenonTime, ((Result.Counter) result).value());
  }

  @Override
  public void merge(Fold other) {
    readings.merge(((CounterFold) other).readings);
  }

  @Override
  public long count() {
    return readings.size();
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Map<Statistic, Double> statistics = new TreeMap<>();
    boolean hasBefore = before != null && accepts(before.result());
    int first = hasBefore ? 0 : 1;
    if (readings.size() <= first) {
      return statistics;
    }
    long began = before != null && hasBefore ? before.phenomenonTime() : readings.time(0);
    long previous =
        before != null && hasBefore
            ? ((Result.Counter) before.result()).value()
            : readings.value(0);
    BigInteger delta = BigInteger.ZERO;
    long resets = 0;
    for (int i = first; i < readings.size(); i++) {
      long next = readings.value(i);
      delta = delta.add(BigInteger.valueOf(rules.counted(previous, next)));
      if (rules.isReset(previous, next)) {
        resets++;
      }
      previous = next;
    }
    statistics.put(Statistic.DELTA, delta.doubleValue());
    statistics.put(Statistic.RESETS, (double) resets);
    long millis = readings.time(readings.size() - 1) - began;
    if (rules.givesPerHour() && millis > 0) {
      statistics.put(Statistic.PER_HOUR, delta.doubleValue() * MILLIS_PER_HOUR / millis);
    }
    return statistics;
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    int last = readings.size() - 1;
    return last < 0
        ? before
        : new Edge(readings.time(last), new Result.Counter(readings.value(last)));
  }

  @Override
  public byte[] toBytes() {
    PackedWriter out = new PackedWriter(VERSION);
    readings.write(out);
    return out.toBytes();
  }

  static CounterFold read(byte[] bytes, CounterRules rules) {
    PackedReader in = new PackedReader(bytes, VERSION);
    Timeline readings =
        Timeline.read(in, value -> PackedReader.require(value >= 0, "a counter is negative"));
    in.end();
    return new CounterFold(rules, readings);
  }
}
