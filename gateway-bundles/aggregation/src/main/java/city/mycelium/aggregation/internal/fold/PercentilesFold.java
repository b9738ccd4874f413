package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** See {@link PercentilesFamily}. */
final class PercentilesFold implements Fold {

  private final List<Integer> percents;
  private final Sketch sketch;

  PercentilesFold(List<Integer> percents, Sketch sketch) {
    this.percents = percents;
    this.sketch = sketch;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Measurement;
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    sketch.add(((Result.Measurement) result).value());
  }

  @Override
  public void merge(Fold other) {
    sketch.add(((PercentilesFold) other).sketch);
  }

  @Override
  public long count() {
    return sketch.count();
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Map<Statistic, Double> all = new TreeMap<>();
    if (sketch.count() > 0) {
      percents.forEach(
          percent -> all.put(Statistic.percentile(percent), sketch.percentile(percent)));
    }
    return all;
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return null;
  }

  @Override
  public byte[] toBytes() {
    return sketch.toBytes();
  }
}
