package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.Edge;
import city.mycelium.aggregation.internal.fold.Fold;
import city.mycelium.aggregation.internal.fold.FoldFamily;
import city.mycelium.aggregation.internal.fold.NumbersFamily;
import city.mycelium.aggregation.internal.fold.Span;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Statistic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must come out, recomputed plainly from the whole log: sort by time, cut into windows, sum
 * up. Knows nothing of how the Aggregator does it, but for the grid. Revisions are 1 throughout, to
 * be left out of a comparison.
 */
final class Recomputation {

  private static final MathContext MANY_DIGITS = new MathContext(1_500);
  private static final Comparator<Observation> IN_TIME =
      Comparator.<Observation>comparingLong(o -> o.phenomenonTime().from())
          .thenComparingLong(o -> o.identity().offset());

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final FakeRegistry registry;
  private final AggregationSettings settings;
  private final long now;
  private final Map<WindowKey, Summary> summaries = new TreeMap<>();

  private Recomputation(FakeRegistry registry, AggregationSettings settings, long now) {
    this.registry = registry;
    this.settings = settings;
    this.now = now - settings.holdback().toMillis();
  }

  static Map<WindowKey, Summary> of(
      Collection<Observation> log, FakeRegistry registry, AggregationSettings settings, long now) {
    Recomputation recomputation = new Recomputation(registry, settings, now);
    Map<DatastreamId, List<Observation>> byDatastream =
        log.stream()
            .filter(observation -> !(observation.result() instanceof Summary))
            .filter(observation -> observation.quality() == Quality.GOOD)
            .sorted(IN_TIME)
            .collect(Collectors.groupingBy(Observation::datastream));
    for (Datastream raw : registry.datastreams()) {
      List<Observation> own = byDatastream.getOrDefault(raw.id(), List.of());
      settings.grids().forEach(grid -> recomputation.windows(raw, grid, own));
      if (settings.rules().eightHourMeans().contains(raw.property().name())
          && settings.windows().contains(Duration.ofHours(1))) {
        recomputation.eightHours(raw);
      }
    }
    return recomputation.summaries;
  }

  private void windows(Datastream raw, WindowGrid grid, List<Observation> all) {
    List<FoldFamily> families = new Functions(settings.functions(), settings.dayParts()).of(raw);
    List<Observation> own =
        all.stream()
            .filter(o -> families.stream().anyMatch(f -> f.begin().accepts(o.result())))
            .toList();
    if (own.isEmpty()) {
      return;
    }
    boolean expects =
        raw.samplingPeriod() != null && grid.length().compareTo(settings.rules().emptyFrom()) >= 0;
    PhenomenonTime window = grid.at(own.get(0).phenomenonTime().from());
    long heardTo = window.to();
    @Nullable Edge before = null;
    int next = 0;
    while (window.to() <= now) {
      List<Observation> inside = new ArrayList<>();
      while (next < own.size() && own.get(next).phenomenonTime().from() < window.to()) {
        inside.add(own.get(next++));
      }
      if (!inside.isEmpty()) {
        heardTo = window.to();
      }
      boolean told =
          !inside.isEmpty()
              || ((expects || before != null)
                  && window.from() < heardTo + settings.rules().silence().toMillis());
      if (told) {
        put(raw.over(grid.length()).id(), window, summary(raw, families, window, before, inside));
      } else if (next == own.size()) {
        return;
      }
      before = after(families, before, inside);
      window =
          told || before != null
              ? grid.at(window.to())
              : grid.at(own.get(next).phenomenonTime().from());
    }
  }

  private static @Nullable Edge after(
      List<FoldFamily> families, @Nullable Edge before, List<Observation> inside) {
    for (FoldFamily family : families) {
      if (family.remembers()) {
        Edge last = fold(family, inside).last(before);
        return last == null ? before : last;
      }
    }
    return null;
  }

  private static Fold fold(FoldFamily family, List<Observation> inside) {
    Fold fold = family.begin();
    for (Observation observation : inside) {
      if (fold.accepts(observation.result())) {
        fold.add(observation.phenomenonTime().from(), observation.result());
      }
    }
    return fold;
  }

  private Summary summary(
      Datastream raw,
      List<FoldFamily> families,
      PhenomenonTime window,
      @Nullable Edge before,
      List<Observation> inside) {
    Duration period = raw.samplingPeriod();
    long expected = period == null ? 0 : window.millis() / period.toMillis();
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    long n = 0;
    for (FoldFamily family : families) {
      if (family instanceof NumbersFamily numbers) {
        statistics.putAll(numbers(numbers.wanted(), inside));
      } else {
        // What a family makes of its results in their order is tested there.
        statistics.putAll(
            fold(family, inside).statistics(new Span(window.from(), window.to()), before));
      }
      n = Math.max(n, fold(family, inside).count());
    }
    return new Summary(
        n, expected, statistics, n >= Math.ceil(expected * settings.rules().percent() / 100.0), 1);
  }

  private static Map<Statistic, Double> numbers(Set<Statistic> wanted, List<Observation> inside) {
    List<Double> values =
        inside.stream()
            .map(Observation::result)
            .filter(Result.Measurement.class::isInstance)
            .map(result -> ((Result.Measurement) result).value())
            .toList();
    BigDecimal n = BigDecimal.valueOf(values.size());
    Map<Statistic, Double> statistics = new TreeMap<>();
    if (!values.isEmpty()) {
      BigDecimal sum = sum(values.stream().map(BigDecimal::new).toList());
      BigDecimal squares =
          sum(values.stream().map(BigDecimal::new).map(x -> x.multiply(x)).toList());
      statistics.put(Statistic.MIN, values.stream().min(Double::compare).orElseThrow());
      statistics.put(Statistic.MAX, values.stream().max(Double::compare).orElseThrow());
      statistics.put(Statistic.SUM, sum.doubleValue());
      statistics.put(Statistic.MEAN, sum.divide(n, MANY_DIGITS).doubleValue());
      if (values.size() > 1) {
        BigDecimal spread = squares.multiply(n).subtract(sum.multiply(sum));
        statistics.put(
            Statistic.SD,
            spread
                .divide(n.multiply(n.subtract(BigDecimal.ONE)), MANY_DIGITS)
                .sqrt(MANY_DIGITS)
                .doubleValue());
      }
    }
    statistics.keySet().retainAll(wanted);
    statistics.values().removeIf(value -> !Double.isFinite(value));
    return statistics;
  }

  private static BigDecimal sum(Collection<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Of the hours as they stand. */
  private void eightHours(Datastream raw) {
    Datastream hours = raw.over(Duration.ofHours(1));
    Datastream eights = hours.over(Duration.ofHours(8));
    Datastream days = eights.over(Duration.ofDays(1));
    TreeMap<Long, Summary> byEnd = new TreeMap<>();
    summaries.forEach(
        (key, summary) -> {
          if (key.aggregate().equals(hours.id())) {
            byEnd.put(key.window().to(), summary);
          }
        });
    TreeMap<Long, Summary> running = new TreeMap<>();
    for (long hour : byEnd.keySet()) {
      for (long end = hour; end < hour + 8 * HOUR && end + 60_000 <= now; end += HOUR) {
        running.put(
            end,
            ofMeans(
                valid(byEnd.subMap(end - 8 * HOUR + 1, end + 1).values()),
                8,
                Statistic.MEAN,
                settings.rules().hoursOfEight()));
      }
    }
    running.forEach(
        (end, summary) -> put(eights.id(), PhenomenonTime.between(end - 8 * HOUR, end), summary));
    WindowGrid calendar = new WindowGrid(Duration.ofDays(1), settings.zone());
    for (long end : running.keySet()) {
      PhenomenonTime day = calendar.at(end - 1);
      if (day.to() + 120_000 <= now) {
        put(
            days.id(),
            day,
            ofMeans(
                valid(running.subMap(day.from() + 1, day.to() + 1).values()),
                day.millis() / HOUR,
                Statistic.MAX,
                settings.rules().eightsOfDay()));
      }
    }
  }

  private static List<Double> valid(Collection<Summary> summaries) {
    return summaries.stream()
        .filter(Summary::valid)
        .map(Summary::statistics)
        .filter(statistics -> statistics.containsKey(Statistic.MEAN))
        .map(statistics -> statistics.get(Statistic.MEAN))
        .toList();
  }

  private static Summary ofMeans(List<Double> means, long expected, Statistic told, int needed) {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    if (!means.isEmpty()) {
      statistics.put(
          told,
          told.equals(Statistic.MAX)
              ? means.stream().max(Double::compare).orElseThrow()
              : sum(means.stream().map(BigDecimal::new).toList())
                  .divide(BigDecimal.valueOf(means.size()), MANY_DIGITS)
                  .doubleValue());
    }
    return new Summary(means.size(), expected, statistics, means.size() >= needed, 1);
  }

  private void put(DatastreamId aggregate, PhenomenonTime window, Summary summary) {
    summaries.put(new WindowKey(aggregate, window), summary);
  }
}
