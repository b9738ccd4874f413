package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One parking bay over a window; the figures are those of parking surveys (occupancy, turnover and
 * duration; the facts come from states instead of from number plates).
 *
 * <ul>
 *   <li>A state holds until the next one; what was the case before the window comes from the Edge.
 *       Before anything was said nothing is known, and while the bay is closed or its state unknown
 *       likewise: that time counts neither as free nor as occupied.
 *   <li>{@code occupancy} = occupied time / known time; {@code known} is that time in seconds.
 *   <li>An arrival is a change from free to occupied, a departure one from occupied to free.
 *       Hearing the same state again is neither. Nor is being found occupied after a time of which
 *       nothing is known: the car may have come long ago.
 *   <li>{@code turnover} = arrivals / known hours, of this one bay.
 *   <li>A stay counts, whole, in the window in which it ends, however many windows ago it began;
 *       until then it counts as occupied time wherever it lasts. Of a car that nobody saw come, or
 *       go, the length is not known and not guessed.
 * </ul>
 *
 * Exact: times are whole milliseconds, each figure is rounded once. Merges exactly. Keeps every
 * result of the window.
 */
final class ParkingFold implements Fold {

  private static final byte VERSION = 1;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double MILLIS_PER_HOUR = 3.6e6;

  private final Timeline states;

  ParkingFold() {
    this(new Timeline());
  }

  private ParkingFold(Timeline states) {
    this.states = states;
  }

  @Override
  public boolean accepts(Result result) {
    return BayState.of(result).isPresent();
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    states.add(phenomenonTime, BayState.of(result).orElseThrow().code());
  }

  @Override
  public void merge(Fold other) {
    states.merge(((ParkingFold) other).states);
  }

  @Override
  public long count() {
    return states.size();
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Map<Statistic, Double> statistics = new TreeMap<>();
    if (states.size() == 0 && before == null) {
      return statistics;
    }
    BayWalk walk = walk(window.from(), before);
    walk.until(window.to());
    statistics.put(Statistic.KNOWN, walk.knownMillis / MILLIS_PER_SECOND);
    if (walk.knownMillis > 0) {
      statistics.put(Statistic.OCCUPANCY, (double) walk.occupiedMillis / walk.knownMillis);
      statistics.put(Statistic.ARRIVALS, (double) walk.arrivals);
      statistics.put(Statistic.DEPARTURES, (double) walk.departures);
      statistics.put(Statistic.TURNOVER, walk.arrivals * MILLIS_PER_HOUR / walk.knownMillis);
    }
    if (walk.stays > 0) {
      statistics.put(Statistic.STAY_MEAN, walk.stayMillis / (walk.stays * MILLIS_PER_SECOND));
      statistics.put(Statistic.STAY_MAX, walk.longestMillis / MILLIS_PER_SECOND);
    }
    return statistics;
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return states.size() == 0 ? before : walk(states.time(0), before).edge();
  }

  private BayWalk walk(long from, @Nullable Edge before) {
    BayWalk walk = new BayWalk(from, before);
    for (int i = 0; i < states.size(); i++) {
      walk.at(states.time(i), BayState.of(states.value(i)));
    }
    return walk;
  }

  @Override
  public byte[] toBytes() {
    PackedWriter out = new PackedWriter(VERSION);
    states.write(out);
    return out.toBytes();
  }

  static ParkingFold read(byte[] bytes) {
    PackedReader in = new PackedReader(bytes, VERSION);
    ParkingFold fold = new ParkingFold(Timeline.read(in, BayState::of));
    in.end();
    return fold;
  }
}
