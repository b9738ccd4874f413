package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import org.jspecify.annotations.Nullable;

/** Goes through the states of one bay in the order of time and counts. Not thread-safe. */
final class BayWalk {

  /**
   * How an {@link Edge} says that a car stands there, and that nobody saw it come: the time is that
   * at which it was found.
   */
  private static final String FOUND = "found-occupied";

  private BayState state = BayState.UNKNOWN;

  /** Since when it is in this state, and whether that is when it began to be. */
  private long since;

  private boolean sawItBegin;

  private long at;
  long knownMillis;
  long occupiedMillis;
  long arrivals;
  long departures;
  long stays;
  long stayMillis;
  long longestMillis;

  /** Begins at the edge of a window. */
  BayWalk(long from, @Nullable Edge before) {
    at = from;
    if (before != null) {
      since = before.phenomenonTime();
      boolean isFound =
          before.result() instanceof Result.Category category && category.value().equals(FOUND);
      state = isFound ? BayState.OCCUPIED : BayState.of(before.result()).orElse(BayState.UNKNOWN);
      sawItBegin = !isFound;
    }
  }

  /** From this time on the bay is in that state. */
  void at(long time, BayState next) {
    until(time);
    if (next == state) {
      return; // it only says so again
    }
    if (state == BayState.FREE && next == BayState.OCCUPIED) {
      arrivals++;
    }
    if (state == BayState.OCCUPIED && next == BayState.FREE) {
      departures++;
      if (sawItBegin) {
        stays++;
        stayMillis += time - since;
        longestMillis = Math.max(longestMillis, time - since);
      }
    }
    // After a time of which nothing is known, it is not known what happened in it either.
    sawItBegin = state.isKnown();
    state = next;
    since = time;
  }

  /** Nothing changed until this time. */
  void until(long time) {
    long passed = Math.max(0, time - at);
    if (state.isKnown()) {
      knownMillis += passed;
    }
    if (state == BayState.OCCUPIED) {
      occupiedMillis += passed;
    }
    at = Math.max(at, time);
  }

  /** What whoever goes on from here must know. */
  Edge edge() {
    boolean isFound = state == BayState.OCCUPIED && !sawItBegin;
    return new Edge(since, new Result.Category(isFound ? FOUND : state.word()));
  }
}
