package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;

/**
 * A Fold that hears a second Datastream of the same Thing, its companion: what it sums up is
 * weighed by what the companion said at the very same phenomenonTime, as a weather station tells
 * direction and speed in one message. Which property accompanies which is in {@link Families}.
 *
 * <p>Without a companion it tells what its own results tell. The companion does not count into
 * {@link #count}; it, too, may come in any order, before or after.
 */
public interface Paired extends Fold {

  /** Whether a companion's result can be a weight. */
  boolean acceptsCompanion(Result companion);

  /**
   * One more result of the companion.
   *
   * @param phenomenonTime when it happened, or began; UTC epoch milliseconds
   * @param companion one that {@link #acceptsCompanion} says yes to
   */
  void accompany(long phenomenonTime, Result companion);
}
