package city.mycelium.aggregation.internal;

import city.mycelium.api.observation.PhenomenonTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Windows of several hours, one ending with every hour, so that each hour falls into as many of
 * them. They are as long as they say, whatever the clock on the wall does.
 *
 * @param hours how long each of them is
 */
record RunningGrid(int hours) implements Grid {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /**
   * The windows that an hour is part of.
   *
   * @param time of a whole hour
   */
  @Override
  public List<PhenomenonTime> of(PhenomenonTime time) {
    return LongStream.range(0, hours)
        .mapToObj(i -> endingAt(time.from() + (i + 1) * HOUR))
        .toList();
  }

  @Override
  public PhenomenonTime after(PhenomenonTime window) {
    return endingAt(window.to() + HOUR);
  }

  private PhenomenonTime endingAt(long end) {
    return PhenomenonTime.between(
        Math.max(0, end - hours * HOUR), Math.min(WindowGrid.END_OF_TIME, end));
  }
}
