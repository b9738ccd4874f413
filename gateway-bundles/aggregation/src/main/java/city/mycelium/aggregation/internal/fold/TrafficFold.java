package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Passages (vehicles, people) that a detector has counted anew in each period, in the manner of
 * NDW: what is missing is left out, not taken for nothing.
 *
 * <ul>
 *   <li>{@code sum}: all that were counted.
 *   <li>{@code minutes}: for how many minutes there is a count: results * period (NDW: gebruikte
 *       minuten, of the bicycle export; M in the rule of the day totals).
 *   <li>{@code per-hour}: the mean of the minutes that are there, as an intensity: sum * 60 /
 *       minutes (NDW, Snelheden en intensiteiten: vehicles per hour; DEXTER, Rapportages,
 *       Dagtotalen: the sum over M minutes of their intensities, / M, times 24 for a day).
 * </ul>
 *
 * The last two need to know the sampling period. A detector that only speaks when something passes
 * has none, and one that counts on and on is a {@link CounterFold}. Added exactly, rounded once.
 * Merges exactly.
 */
final class TrafficFold implements Fold {

  private static final byte VERSION = 1;

  /** More than pass anywhere in any period. */
  private static final double MOST = 1e12;

  private static final double SECONDS_PER_MINUTE = 60;
  private static final double MINUTES_PER_HOUR = 60;

  private final @Nullable Duration period;
  private final ExactSum sum;
  private long count;

  TrafficFold(@Nullable Duration period) {
    this(period, new ExactSum(), 0);
  }

  private TrafficFold(@Nullable Duration period, ExactSum sum, long count) {
    this.period = period;
    this.sum = sum;
    this.count = count;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Measurement passages
        && 0 <= passages.value()
        && passages.value() <= MOST;
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    sum.add(((Result.Measurement) result).value());
    count++;
  }

  @Override
  public void merge(Fold other) {
    TrafficFold more = (TrafficFold) other;
    sum.add(more.sum);
    count += more.count;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Map<Statistic, Double> statistics = new TreeMap<>();
    if (count == 0) {
      return statistics;
    }
    statistics.put(Statistic.SUM, sum.total());
    if (period != null) {
      double minutes = count * (period.toMillis() / 1e3) / SECONDS_PER_MINUTE;
      statistics.put(Statistic.MINUTES, minutes);
      statistics.put(Statistic.PER_HOUR, sum.total() * MINUTES_PER_HOUR / minutes);
    }
    return statistics;
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return null;
  }

  @Override
  public byte[] toBytes() {
    return new PackedWriter(VERSION).number(count).bytes(sum.toBytes()).toBytes();
  }

  static TrafficFold read(byte[] bytes, @Nullable Duration period) {
    PackedReader in = new PackedReader(bytes, VERSION);
    long count = in.count();
    ExactSum sum = in.sum();
    in.end();
    PackedReader.require(
        0 <= sum.total() && sum.total() <= MOST * count, "so many cannot have passed");
    return new TrafficFold(period, sum, count);
  }
}
