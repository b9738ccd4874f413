package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one window of one Datastream. The order in which results come in, or in which
 * parts of the window are merged, makes no difference, down to the last bit. Not thread-safe.
 */
public interface Fold {

  /** Whether a result is of the kind that this one sums up; others are left out of the window. */
  boolean accepts(Result result);

  /**
   * One more result.
   *
   * @param phenomenonTime when it happened, or began; UTC epoch milliseconds
   * @param result one that {@link #accepts} says yes to
   */
  void add(long phenomenonTime, Result result);

  /**
   * What is known of another part of the window.
   *
   * @param other of the same family; is not changed
   */
  void merge(Fold other);

  /** How many results went in. */
  long count();

  /**
   * What there is to tell; only what is finite and known, and nothing if there is nothing.
   *
   * @param window the whole window
   * @param before the last that was known before the window; null if nothing was, or if the family
   *     does not {@link FoldFamily#remembers remember}
   */
  Map<Statistic, Double> statistics(Span window, @Nullable Edge before);

  /**
   * What a later window must know of this one; null if nothing went in, or if the family does not
   * {@link FoldFamily#remembers remember}.
   */
  @Nullable Edge last();

  /** All of it, with a version; {@link FoldFamily#read} is the reverse. */
  byte[] toBytes();
}
