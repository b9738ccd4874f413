package city.mycelium.api.device;

import java.time.Duration;

/** One line of a timetable. Immutable. */
public final class Step {

  private final Duration at;
  private final byte[] words;
  private final boolean wantsResults;

  private Step(Duration at, byte[] words, boolean wantsResults) {
    this.at = at;
    this.words = words.clone();
    this.wantsResults = wantsResults;
  }

  /** Say this, and expect nothing in particular. */
  public static Step say(Duration at, byte[] words) {
    return new Step(at, words, false);
  }

  /** Say this, and take the next set of results for the answer. */
  public static Step ask(Duration at, byte[] words) {
    return new Step(at, words, true);
  }

  /** Take the next set of results that the device gives of its own accord. */
  public static Step listen(Duration at) {
    return new Step(at, new byte[0], true);
  }

  /** When: counted from the opening of the line, or from the beginning of its cycle. */
  public Duration at() {
    return at;
  }

  /** What is said; empty for nothing. */
  public byte[] words() {
    return words.clone();
  }

  /** Whether a set of results is wanted from now on. */
  public boolean wantsResults() {
    return wantsResults;
  }
}
