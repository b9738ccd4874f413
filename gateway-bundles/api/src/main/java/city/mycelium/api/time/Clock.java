package city.mycelium.api.time;

/**
 * The gateway's only source of time. Implementations are safe for use by many threads.
 *
 * <p>The wall clock may jump in either direction; nothing may be ordered or timed by it. Intervals
 * are measured with {@link #monotonicNanos()}.
 */
public interface Clock {

  /** Wall time as UTC epoch milliseconds; may jump forwards and backwards. */
  long epochMillis();

  /** Nanoseconds since an arbitrary start; never goes back within one run of the gateway. */
  long monotonicNanos();
}
