package city.mycelium.api.time;

/** How much waits for its time; for people. Safe for use by many threads. */
public interface Undated {

  /** Readings that are kept durably and will be Observations when their {@link Moment} is dated. */
  long readings();
}
