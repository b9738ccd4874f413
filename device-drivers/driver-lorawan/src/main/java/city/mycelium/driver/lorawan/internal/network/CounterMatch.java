package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import java.util.Optional;

/**
 * Which counter a frame means, of which it carries the lower 16 bits only (LoRaWAN 1.0.3, 4.3.1.5):
 * the MIC decides.
 *
 * @param kind how it stands to the last one
 * @param fCnt all 32 bits
 * @param lost frames between the last one and this
 */
record CounterMatch(Kind kind, long fCnt, long lost) {

  /** MAX_FCNT_GAP (LoRaWAN 1.0.3, 4.3.1.5, and RP002 for its value). */
  static final long MAX_GAP = 16384;

  private static final long HALF = 0x10000;
  private static final long MOST = 0xffffffffL;

  /**
   * How many upper halves are tried for a device that was never heard before and has counted on
   * elsewhere: a million frames are ten years of one every five minutes.
   */
  private static final int FIRST_TRIES = 16;

  enum Kind {
    /** One that was not there yet. */
    NEW,
    /** The last one, sent again. */
    AGAIN,
    /** One from before. */
    BACK
  }

  /**
   * Finds it, with at most three MICs (sixteen at the first contact with a personalized device).
   *
   * @param last the last counter that was taken; negative if none was
   * @param mayBeUnderWay whether the device may have counted on before it was first heard
   * @return nothing if no counter makes the MIC fit
   */
  static Optional<CounterMatch> of(
      DataFrame frame, SessionKeys keys, long last, boolean mayBeUnderWay) {
    int low = frame.header().fCnt();
    if (last < 0) {
      return first(frame, keys, low, mayBeUnderWay);
    }
    if (low == (last & (HALF - 1)) && frame.isFrom(keys, last)) {
      return Optional.of(new CounterMatch(Kind.AGAIN, last, 0));
    }
    long gap = (low - last - 1) & (HALF - 1);
    long next = last + 1 + gap;
    if (next <= MOST && frame.isFrom(keys, next)) {
      return Optional.of(new CounterMatch(Kind.NEW, next, gap));
    }
    long before = next - HALF;
    if (before >= 0 && before != last && frame.isFrom(keys, before)) {
      return Optional.of(new CounterMatch(Kind.BACK, before, 0));
    }
    if (low != before && low < last && frame.isFrom(keys, low)) {
      return Optional.of(new CounterMatch(Kind.BACK, low, 0));
    }
    return Optional.empty();
  }

  private static Optional<CounterMatch> first(
      DataFrame frame, SessionKeys keys, int low, boolean mayBeUnderWay) {
    for (int high = 0; high < (mayBeUnderWay ? FIRST_TRIES : 1); high++) {
      long fCnt = high * HALF + low;
      if (frame.isFrom(keys, fCnt)) {
        return Optional.of(new CounterMatch(Kind.NEW, fCnt, mayBeUnderWay ? 0 : fCnt));
      }
    }
    return Optional.empty();
  }
}
