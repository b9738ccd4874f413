package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.Fold;
import city.mycelium.aggregation.internal.fold.FoldFamily;
import city.mycelium.aggregation.internal.fold.Paired;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One aggregate Datastream: which windows it has, and which of them are open. Not thread-safe. */
final class Lane {

  /**
   * What does not change.
   *
   * @param aggregate the derived Datastream
   * @param longest what takes longer than this says nothing about a window; null where the results
   *     are Summaries
   * @param period how often something is expected; null to ask the Datastream for its own
   * @param holdback how long after its end a window waits
   * @param expects whether a window in which nothing came is issued too, because something was
   *     expected
   */
  record Plan(
      DatastreamId aggregate,
      Grid grid,
      List<FoldFamily> families,
      Validity validity,
      @Nullable Duration longest,
      @Nullable Duration period,
      Duration holdback,
      boolean expects) {

    boolean isOfSummaries() {
      return longest == null;
    }

    boolean remembers() {
      return families.stream().anyMatch(FoldFamily::remembers);
    }

    /** Whether a window in which nothing came may tell something all the same. */
    boolean fills() {
      return expects || remembers();
    }
  }

  private final Plan plan;
  private final Fold[] samples;
  private final long longestMillis;

  /** By their end: the first is over first. */
  private final NavigableMap<Long, Window> open = new TreeMap<>();

  private final @Nullable Succession succession;

  /** The one that took the last result: mostly the next goes there too. */
  private @Nullable Window current;

  Lane(Plan plan, Duration silence) {
    this.plan = plan;
    samples = plan.families().stream().map(FoldFamily::begin).toArray(Fold[]::new);
    Duration longest = plan.longest();
    longestMillis = longest == null ? Long.MAX_VALUE : longest.toMillis();
    succession = plan.fills() ? new Succession(plan, silence) : null;
  }

  Plan plan() {
    return plan;
  }

  /** Its windows are issued one after the other, also where nothing came. */
  Optional<Succession> succession() {
    return Optional.ofNullable(succession);
  }

  /** Whether it sums up such a result. */
  boolean takes(PhenomenonTime time, Result result) {
    if (!takes(time)) {
      return false;
    }
    for (Fold sample : samples) {
      if (sample.accepts(result)) {
        return true;
      }
    }
    return false;
  }

  /** Whether something of such a time may go into its windows. */
  boolean takes(PhenomenonTime time) {
    return time.millis() <= longestMillis;
  }

  /** Whether a companion's result matters to it; see {@link Paired}. */
  boolean takesCompanion(PhenomenonTime time, Result companion) {
    return !plan.isOfSummaries()
        && takes(time)
        && Arrays.stream(samples)
            .anyMatch(s -> s instanceof Paired paired && paired.acceptsCompanion(companion));
  }

  /** Whether it hears a companion at all. */
  boolean isPaired() {
    return Arrays.stream(samples).anyMatch(Paired.class::isInstance);
  }

  /** The windows that something of this time belongs to. */
  Collection<PhenomenonTime> windowsOf(PhenomenonTime time) {
    Window last = current;
    return last != null && !plan.isOfSummaries() && last.contains(time.from())
        ? List.of(last.time())
        : plan.grid().of(time);
  }

  WindowKey key(PhenomenonTime window) {
    return new WindowKey(plan.aggregate(), window);
  }

  Optional<Window> open(PhenomenonTime window) {
    Window last = current;
    if (last == null || !last.time().equals(window)) {
      last = open.get(window.to());
      current = last == null ? current : last;
    }
    return Optional.ofNullable(last);
  }

  Collection<Window> open() {
    return open.values();
  }

  void put(Window window) {
    open.put(window.time().to(), window);
  }

  void remove(Window window) {
    open.remove(window.time().to());
    current = null;
  }

  /** The first that is open after a window. */
  Optional<Window> firstOpenAfter(PhenomenonTime window) {
    return Optional.ofNullable(open.higherEntry(window.to())).map(Map.Entry::getValue);
  }

  /** The first that is over at a time, holdback and all. */
  Optional<Window> firstOver(long epochMillis) {
    return Optional.ofNullable(open.firstEntry())
        .map(Map.Entry::getValue)
        .filter(window -> window.time().to() <= overBy(epochMillis));
  }

  /** What ends no later than this is over. */
  long overBy(long epochMillis) {
    return epochMillis - plan.holdback().toMillis();
  }
}
