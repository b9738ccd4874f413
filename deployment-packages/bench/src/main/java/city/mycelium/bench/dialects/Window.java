package city.mycelium.bench.dialects;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Statistic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a Datastream said since the window was opened. Not thread-safe. */
final class Window {

  /** What is told of it, as the aggregation tells it of such. */
  enum Kind {
    MEAN,
    NOISE,
    COUNT
  }

  private final Datastream datastream;
  private final Kind kind;
  private final int expected;
  private final List<Double> values = new ArrayList<>();
  private double before = Double.NaN;

  Window(Datastream datastream, Kind kind, int everyMinutes) {
    this.datastream = datastream;
    this.kind = kind;
    this.expected = (int) (length(datastream).toMinutes() / everyMinutes);
  }

  Datastream datastream() {
    return datastream;
  }

  long minutes() {
    return length(datastream).toMinutes();
  }

  void take(Result result) {
    values.add(
        result instanceof Result.Counter counter
            ? (double) counter.value()
            : ((Result.Measurement) result).value());
  }

  /** The Summary; the next window is open. */
  Summary close() {
    SortedMap<Statistic, Double> statistics = new TreeMap<>();
    List<Double> sorted = values.stream().sorted().toList();
    double last = sorted.get(sorted.size() - 1);
    switch (kind) {
      case MEAN -> statistics.put(Statistic.MEAN, mean(sorted));
      case NOISE -> {
        statistics.put(Statistic.LAEQ, energyMean(sorted));
        statistics.put(Statistic.LA10, sorted.get(sorted.size() * 9 / 10));
        statistics.put(Statistic.LA90, sorted.get(sorted.size() / 10));
      }
      case COUNT -> {
        double delta = last - (Double.isNaN(before) ? sorted.get(0) : before);
        statistics.put(Statistic.DELTA, delta);
        statistics.put(Statistic.PER_HOUR, delta * 60 / minutes());
      }
    }
    if (kind != Kind.COUNT) {
      statistics.put(Statistic.MIN, sorted.get(0));
      statistics.put(Statistic.MAX, last);
    }
    before = last;
    values.clear();
    return new Summary(sorted.size(), expected, statistics, true, 1);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }

  private static double energyMean(List<Double> decibels) {
    return 10
        * Math.log10(
            decibels.stream().mapToDouble(level -> Math.pow(10, level / 10)).sum()
                / decibels.size());
  }

  private static Duration length(Datastream datastream) {
    return Objects.requireNonNull(datastream.window(), "an aggregate has a window");
  }
}
