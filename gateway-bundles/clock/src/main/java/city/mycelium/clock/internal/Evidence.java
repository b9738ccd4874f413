package city.mycelium.clock.internal;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether the wall clock has been left alone since it was last synchronised. Whoever
 * synchronises it does not notice at once that somebody else has set it, and goes on to say that
 * all is well; so his word holds only for as long as the clock goes on as it did when he first said
 * it. For one thread.
 */
final class Evidence {

  private final long oldestMillis;
  private long synchronisedAt = Long.MIN_VALUE;
  private @Nullable Look firstSeen;

  /**
   * Nothing is known yet.
   *
   * @param oldestMillis a synchronisation that is older when it is first heard of says nothing
   */
  Evidence(long oldestMillis) {
    this.oldestMillis = oldestMillis;
  }

  /**
   * Whether a synchronisation still holds.
   *
   * @param synchronisedAtMillis when it was, by the wall clock of that time
   */
  boolean holds(long synchronisedAtMillis, Look now) {
    Look since = firstSeen;
    if (since == null || synchronisedAtMillis != synchronisedAt) {
      synchronisedAt = synchronisedAtMillis;
      long age = now.wallMillis() - synchronisedAtMillis;
      since = age >= -Tolerance.STEP_MILLIS && age <= oldestMillis ? now : null;
      firstSeen = since;
    }
    return since != null && now.isSteadySince(since);
  }
}
