package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Statistic;
import java.math.BigDecimal;
import java.util.Set;

/**
 * Mean, least, greatest, sum and standard deviation of plain numbers. Everything is exact and
 * rounded once, so that an hour from minutes is an hour from what was measured.
 *
 * @param wanted which of them are told
 */
public record NumbersFamily(Set<Statistic> wanted) implements FoldFamily {

  /** All that it can tell. */
  public static final Set<Statistic> STATISTICS =
      Set.of(Statistic.MEAN, Statistic.MIN, Statistic.MAX, Statistic.SUM, Statistic.SD);

  public NumbersFamily {
    wanted = Set.copyOf(wanted);
    if (!STATISTICS.containsAll(wanted)) {
      throw new IllegalArgumentException("of numbers " + STATISTICS + " are known, not " + wanted);
    }
  }

  @Override
  public String name() {
    return "numbers";
  }

  @Override
  public Fold begin() {
    return new NumbersFold(wanted);
  }

  /**
   * A window of which this much is known, and no standard deviation.
   *
   * @throws ArithmeticException if no doubles add up to such a sum
   */
  public Fold begun(long count, double min, double max, BigDecimal sum) {
    return new NumbersFold(wanted, count, min, max, ExactSum.of(sum), null);
  }

  @Override
  public Fold read(byte[] bytes) {
    return NumbersFold.read(wanted, bytes);
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
