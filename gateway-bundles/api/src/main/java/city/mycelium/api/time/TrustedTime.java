package city.mycelium.api.time;

/**
 * Whether the time is right, and when things were that happened before it was. Safe for use by many
 * threads; does not block.
 *
 * <p>Trust comes from the state of the machine's synchronisation, never from the look of the time,
 * and goes at once when the wall clock leaps.
 */
public interface TrustedTime {

  /** Whether the time can be believed now. */
  Trust trust();

  /** Now, without a calendar. */
  Moment now();

  /** When a moment was; of this start of the machine or of an earlier one. */
  Dating date(Moment moment);

  /**
   * Calls the listener after trust has come or gone, on a thread of the clock's; it must return at
   * once.
   */
  Cancellable onChange(Runnable listener);
}
