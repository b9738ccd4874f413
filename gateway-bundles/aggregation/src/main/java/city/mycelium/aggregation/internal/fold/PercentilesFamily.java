package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Statistic;
import java.util.List;
import java.util.TreeSet;

/**
 * Percentiles of plain numbers by a {@link Sketch}: off by at most {@link Sketch#RELATIVE_ERROR} of
 * their value, whatever the data. Sketches merge without any further error.
 *
 * @param percents which ones, each 1 to 99
 */
public record PercentilesFamily(List<Integer> percents) implements FoldFamily {

  public PercentilesFamily {
    percents = List.copyOf(new TreeSet<>(percents));
    percents.forEach(Statistic::percentile);
  }

  @Override
  public String name() {
    return "percentiles";
  }

  @Override
  public Fold begin() {
    return new PercentilesFold(percents, new Sketch());
  }

  @Override
  public Fold read(byte[] bytes) {
    return new PercentilesFold(percents, Sketch.read(bytes));
  }

  @Override
  public boolean remembers() {
    return false;
  }

  @Override
  public boolean mergesExactly() {
    return true;
  }
}
