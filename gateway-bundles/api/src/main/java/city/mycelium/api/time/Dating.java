package city.mycelium.api.time;

/** When a {@link Moment} was, as far as that can be known. */
public sealed interface Dating {

  /**
   * It is known.
   *
   * @param epochMillis UTC epoch milliseconds
   */
  record At(long epochMillis) implements Dating {}

  /**
   * More will never be known: the machine was switched off before the time could be trusted.
   *
   * @param from not earlier, UTC epoch milliseconds
   * @param to not later, UTC epoch milliseconds
   */
  record Within(long from, long to) implements Dating {
    public Within {
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("0 <= from <= to, not " + from + " and " + to);
      }
    }
  }

  /** It may be known later. */
  record NotYet() implements Dating {}
}
