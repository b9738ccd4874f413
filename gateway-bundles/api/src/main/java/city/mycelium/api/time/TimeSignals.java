package city.mycelium.api.time;

/** Where a driver hands in the time that its device knows. Safe for use by many threads. */
public interface TimeSignals {

  /**
   * A device that knows the time has told it.
   *
   * @param source what kind of device, such as {@code gnss}
   * @param epochMillis the time it told, UTC epoch milliseconds
   * @param uncertaintyMillis how far off that may be, all delays on the way included
   * @param monotonicNanos when it was heard, by {@link Clock#monotonicNanos()}
   */
  void heard(String source, long epochMillis, long uncertaintyMillis, long monotonicNanos);
}
