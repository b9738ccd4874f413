package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Speed of the wind over a window; in the unit of the Datastream.
 *
 * <ul>
 *   <li>{@code mean}: the scalar mean, that is of the speeds without their directions (WMO-No. 8,
 *       I.5); {@code min} and {@code max}: of the results.
 *   <li>{@code gust}: the greatest mean over 3 s (WMO-No. 306, I.1, 15.5.5: peak gusts should be
 *       three-second averages). Of a sensor that speaks more often than every 3 s it is the
 *       greatest mean of the results of 3 s that end with one of them, all of them in the window;
 *       of one that tells gusts it is the greatest of them. A sensor that speaks less often tells
 *       means over longer times, and the greatest of those is no gust but a lull of it (WMO-No. 8,
 *       I.5, 5.1.1: a mean of a minute is a "long gust"): then it is not given, {@code max} is.
 * </ul>
 *
 * The mean is added exactly and rounded once. Merges exactly. Keeps the results only if it needs
 * them for means over 3 s.
 */
final class WindSpeedFold implements Fold {

  private static final byte VERSION = 1;
  private static final long GUST_MILLIS = 3_000;

  /** More than any wind in any unit. */
  private static final double MOST = 1e6;

  private final int resultsPerGust;
  private final ExactSum sum;
  private final Timeline speeds;
  private long count;
  private double min;
  private double max;

  /**
   * @param resultsPerGust how many results there are in 3 s; 0 if less than one
   */
  WindSpeedFold(int resultsPerGust) {
    this(resultsPerGust, 0, new ExactSum(), MOST, 0, new Timeline());
  }

  private WindSpeedFold(
      int resultsPerGust, long count, ExactSum sum, double min, double max, Timeline speeds) {
    this.resultsPerGust = resultsPerGust;
    this.count = count;
    this.sum = sum;
    this.min = min;
    this.max = max;
    this.speeds = speeds;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Measurement speed && isSpeed(speed.value());
  }

  private static boolean isSpeed(double value) {
    return 0 <= value && value <= MOST;
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    double speed = ((Result.Measurement) result).value();
    count++;
    sum.add(speed);
    min = Math.min(min, speed);
    max = Math.max(max, speed);
    if (resultsPerGust > 1) {
      speeds.add(phenomenonTime, Timeline.ofDouble(speed));
    }
  }

  @Override
  public void merge(Fold other) {
    WindSpeedFold more = (WindSpeedFold) other;
    count += more.count;
    sum.add(more.sum);
    min = Math.min(min, more.min);
    max = Math.max(max, more.max);
    speeds.merge(more.speeds);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Map<Statistic, Double> statistics = new TreeMap<>();
    if (count > 0) {
      statistics.put(Statistic.MIN, min);
      statistics.put(Statistic.MEAN, sum.mean(count));
      statistics.put(Statistic.MAX, max);
      gust().ifPresent(gust -> statistics.put(Statistic.GUST, gust));
    }
    return statistics;
  }

  private OptionalDouble gust() {
    if (resultsPerGust <= 1) {
      return resultsPerGust == 1 ? OptionalDouble.of(max) : OptionalDouble.empty();
    }
    OptionalDouble greatest = OptionalDouble.empty();
    int first = 0;
    for (int last = 0; last < speeds.size(); last++) {
      while (speeds.time(last) - speeds.time(first) >= GUST_MILLIS) {
        first++;
      }
      boolean isAll = last + 1 == speeds.size() || speeds.time(last + 1) != speeds.time(last);
      // Of fewer it would be the gust of a shorter time, and so too great.
      if (isAll && last - first + 1 >= resultsPerGust) {
        double mean = mean(first, last);
        greatest = OptionalDouble.of(Math.max(mean, greatest.orElse(mean)));
      }
    }
    return greatest;
  }

  private double mean(int first, int last) {
    ExactSum some = new ExactSum();
    for (int i = first; i <= last; i++) {
      some.add(Timeline.toDouble(speeds.value(i)));
    }
    return some.mean(last - first + 1);
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return null;
  }

  @Override
  public byte[] toBytes() {
    PackedWriter out = new PackedWriter(VERSION);
    out.number(resultsPerGust).number(count).bytes(sum.toBytes()).real(min).real(max);
    speeds.write(out);
    return out.toBytes();
  }

  static WindSpeedFold read(byte[] bytes) {
    PackedReader in = new PackedReader(bytes, VERSION);
    int resultsPerGust = in.small();
    long count = in.count();
    ExactSum sum = in.sum();
    double min = in.real();
    double max = in.real();
    Timeline speeds =
        Timeline.read(
            in,
            bits -> PackedReader.require(isSpeed(Timeline.toDouble(bits)), "no speed of the wind"));
    in.end();
    PackedReader.require(
        count == 0
            ? sum.total() == 0
            : 0 <= min && min <= sum.mean(count) && sum.mean(count) <= max && max <= MOST,
        "no speed of the wind");
    PackedReader.require(
        speeds.size() == (resultsPerGust > 1 ? count : 0), "a speed is missing or too many");
    return new WindSpeedFold(resultsPerGust, count, sum, min, max, speeds);
  }
}
