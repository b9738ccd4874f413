package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sensor says of a parking bay: a truth (occupied or not), or one of the words of the
 * observed property {@code parking-spot-status} (FIWARE smart data model ParkingSpot, status). The
 * order is kept on disk, and is that in which states of the very same time count: the last of them
 * holds.
 */
enum BayState {
  FREE,
  OCCUPIED,

  /** Nobody may park there, whatever stands there: not part of the supply. */
  CLOSED,

  UNKNOWN;

  private static final BayState[] STATES = values();

  /** The state that a result tells, or nothing if it is about something else. */
  static Optional<BayState> of(Result result) {
    if (result instanceof Result.Truth truth) {
      return Optional.of(truth.value() ? OCCUPIED : FREE);
    }
    if (result instanceof Result.Category category) {
      for (BayState state : STATES) {
        if (state.word().equals(category.value())) {
          return Optional.of(state);
        }
      }
    }
    return Optional.empty();
  }

  /** The one that was kept as this number. */
  static BayState of(long ordinal) {
    return STATES[(int) ordinal];
  }

  static void check(long ordinal) {
    PackedReader.require(0 <= ordinal && ordinal < STATES.length, "no state of a bay: " + ordinal);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the bay can be counted on: one can tell whether somebody may park there. */
  boolean isKnown() {
    return this == FREE || this == OCCUPIED;
  }
}
