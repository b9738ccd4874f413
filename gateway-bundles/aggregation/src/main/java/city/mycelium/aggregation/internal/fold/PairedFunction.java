package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Statistic;
import java.util.Map;

/** What a {@link PairedFold} tells of its numbers and their companions. */
public sealed interface PairedFunction permits WindDirection, VehicleSpeed {

  /** What it is called in the configuration. */
  String name();

  /** Whether a number is one of the kind; never one that is not finite. */
  boolean accepts(double value);

  /** Whether a number can be a weight; never one that is not finite. */
  boolean acceptsCompanion(double companion);

  /**
   * What there is to tell.
   *
   * @param pairs with at least one number
   */
  Map<Statistic, Double> statistics(Pairs pairs);
}
