package city.mycelium.clock.internal;

/**
 * Somebody who may know whether the time is right. Asked from time to time, always on the clock's
 * own thread: it may block, but not for longer than a few seconds.
 */
interface TimeSource {

  /** One word, as it stands in a {@link city.mycelium.api.time.Trust}. */
  String name();

  Answer ask();

  /** What it says. */
  sealed interface Answer {}

  /**
   * It vouches for a time.
   *
   * @param look when
   * @param epochMillis the time at that look, UTC; the wall clock's own if that is right
   * @param uncertaintyMillis how far off that may be
   * @param how for a person, such as {@code stratum 2}
   */
  record Vouches(Look look, long epochMillis, long uncertaintyMillis, String how)
      implements Answer {}

  /**
   * It does not know.
   *
   * @param why for a person
   */
  record Silent(String why) implements Answer {}
}
