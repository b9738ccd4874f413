package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sensor says of a parking bay: a truth (occupied or not), or one of the words of the
 * observed property {@code parking-spot-status} (FIWARE smart data model ParkingSpot, status).
 */
enum BayState {
  FREE(0),
  OCCUPIED(1),

  /** Nobody may park there, whatever stands there: not part of the supply. */
  CLOSED(2),

  UNKNOWN(3);

  private static final List<BayState> STATES = List.of(values());

  private final long code;

  BayState(long code) {
    this.code = code;
  }

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

  /**
   * The one with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  static BayState of(long code) {
    return STATES.stream()
        .filter(state -> state.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no state of a bay has the code " + code));
  }

  /**
   * What stands for it on disk. Of states of the very same time the one with the greatest code
   * holds.
   */
  long code() {
    return code;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the bay can be counted on: one can tell whether somebody may park there. */
  boolean isKnown() {
    return this == FREE || this == OCCUPIED;
  }
}
