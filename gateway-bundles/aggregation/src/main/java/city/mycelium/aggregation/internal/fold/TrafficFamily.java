package city.mycelium.aggregation.internal.fold;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Passages counted anew in each period: {@link TrafficFold}.
 *
 * @param period over which each result counts; null if nobody knows
 */
public record TrafficFamily(@Nullable Duration period) implements FoldFamily {

  public TrafficFamily {
    if (period != null && period.toMillis() < 1) {
      throw new IllegalArgumentException("a period takes a millisecond or more, not " + period);
    }
  }

  @Override
  public String name() {
    return "traffic";
  }

  @Override
  public Fold begin() {
    return new TrafficFold(period);
  }

  @Override
  public Fold read(byte[] bytes) {
    return TrafficFold.read(bytes, period);
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
