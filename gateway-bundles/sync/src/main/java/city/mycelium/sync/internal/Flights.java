package city.mycelium.sync.internal;

import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What is out. Owned by its Destination's Scheduler. */
final class Flights {

  /** At most the in-flight window and a few more, so it is searched from end to end. */
  private final List<Flight> out = new ArrayList<>();

  void add(Flight flight) {
    out.add(flight);
  }

  void remove(Flight flight) {
    out.remove(flight);
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
