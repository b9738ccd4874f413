package city.mycelium.sync.internal;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What is out. Owned by its Destination's Scheduler. */
final class Flights {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private final Destination destination;
  private final Clock clock;
  private final RandomGenerator random;

  /** At most the in-flight window and a few more, so it is searched from end to end. */
  private final List<Flight> out = new ArrayList<>();

  Flights(Destination destination, Clock clock, RandomGenerator random) {
    this.destination = destination;
    this.clock = clock;
    this.random = random;
  }

  /** A flight that is not out yet. */
  Flight make(Flight.Kind kind, OffsetRange covers) {
    return new Flight(
        kind,
        covers,
        new Backoff(destination.proofTimeout(), destination.retryAtMost(), random),
        new Backoff(FIRST_RETRY, destination.retryAtMost(), random));
  }

  /** It goes out with the next look. */
  void addDue(Flight flight) {
    flight.sendAgainAt(clock.monotonicNanos());
    out.add(flight);
  }

  void add(Flight flight) {
    out.add(flight);
  }

  /**
   * Goes on as two, due now, in the place of the one: what came first goes first, and is cut again
   * before the next is, so that few are ever open.
   *
   * @param middle the offset with which the second begins
   */
  void cutInTwo(Flight flight, long middle) {
    int place = out.indexOf(flight);
    OffsetRange covers = flight.covers();
    out.remove(place);
    out.add(place, part(flight, new OffsetRange(middle, covers.last())));
    out.add(place, part(flight, new OffsetRange(covers.first(), middle - 1)));
  }

  private Flight part(Flight whole, OffsetRange covers) {
    Flight part = make(whole.kind(), covers).partOf(whole);
    part.sendAgainAt(clock.monotonicNanos());
    return part;
  }

  void remove(Flight flight) {
    out.remove(flight);
  }

  /** Whatever is out is due again, through no fault of its own. */
  void allDue() {
    for (Flight flight : out) {
      flight.excuse();
      flight.sendAgainAt(clock.monotonicNanos());
    }
  }

  List<Flight> all() {
    return List.copyOf(out);
  }

  long count(Flight.Kind kind) {
    return out.stream().filter(flight -> flight.kind() == kind).count();
  }

  boolean has(Predicate<Flight> condition) {
    return out.stream().anyMatch(condition);
  }

  /** Ranges that the cursor has yet to pass. */
  List<OffsetRange> counted() {
    return out.stream().filter(Flight::isCounted).map(Flight::covers).toList();
  }

  /** Those that lie wholly in the range: nothing is believed of what was never sent. */
  List<Flight> within(OffsetRange offsets) {
    return out.stream().filter(flight -> Ranges.isWithin(flight.covers(), offsets)).toList();
  }

  /** Those that lie wholly in the range, and those that it is a part of. */
  List<Flight> touching(OffsetRange offsets) {
    return out.stream()
        .filter(
            flight ->
                Ranges.isWithin(flight.covers(), offsets)
                    || Ranges.isWithin(offsets, flight.covers()))
        .toList();
  }

  /** Those of that very range. */
  List<Flight> of(OffsetRange covers) {
    return out.stream().filter(flight -> flight.covers().equals(covers)).toList();
  }

  /** Those that the range is a part of. */
  List<Flight> around(OffsetRange offsets) {
    return out.stream().filter(flight -> Ranges.isWithin(offsets, flight.covers())).toList();
  }

  /** Those that should go out (again) now, urgent ones first. */
  List<Flight> due(long nowNanos) {
    return out.stream()
        .filter(flight -> flight.isDue(nowNanos))
        .sorted(Comparator.comparing(Flight::isUrgent).reversed())
        .toList();
  }

  /** How long until the next of those that are not due now is. */
  OptionalLong nanosToNext(long nowNanos) {
    return out.stream()
        .filter(flight -> !flight.isDue(nowNanos))
        .mapToLong(flight -> flight.dueNanos() - nowNanos)
        .min();
  }

  /** The journal has moved the cursor there: what it passed or cut has no meaning any more. */
  void cut(long position) {
    out.removeIf(flight -> flight.isCounted() && flight.covers().first() <= position);
  }

  /** What has overtaken the cursor has been passed by it. */
  void forgetEarly(long position) {
    out.removeIf(
        flight -> flight.kind() == Flight.Kind.EARLY && flight.covers().last() <= position);
  }
}
