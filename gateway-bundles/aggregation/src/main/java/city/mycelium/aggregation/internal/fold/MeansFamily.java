package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Statistic;

/**
 * An aggregate of aggregates: the mean, or the greatest, of the means that valid Summaries tell, as
 * Directive 2008/50/EC asks (Annex VII, A.2, and Annex XI). Of each shorter window the Summary of
 * the highest revision counts.
 *
 * @param told {@link Statistic#MEAN} or {@link Statistic#MAX} of the means
 */
public record MeansFamily(Statistic told) implements FoldFamily {

  public MeansFamily {
    if (!told.equals(Statistic.MEAN) && !told.equals(Statistic.MAX)) {
      throw new IllegalArgumentException("of means the mean or the max is told, not " + told);
    }
  }

  @Override
  public String name() {
    return "means";
  }

  @Override
  public Fold begin() {
    return new MeansFold(told);
  }

  @Override
  public Fold read(byte[] bytes) {
    return MeansFold.read(told, bytes);
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
