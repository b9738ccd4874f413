package city.mycelium.api.connector;

/**
 * What was found when one layer of a connection was tried.
 *
 * @param layer a word: {@code name}, {@code route}, {@code tls}, {@code login} …
 * @param finding whether it works
 * @param sentence what was found, and what to do if it does not work; for a person
 */
public record Check(String layer, Finding finding, String sentence) {

  /** What can be found. */
  public enum Finding {
    WORKS,
    FAILS,
    /** It was not tried, or cannot be; the sentence says why. That speaks against nothing. */
    UNTRIED
  }

  /** One that was tried. */
  public Check(String layer, boolean ok, String sentence) {
    this(layer, ok ? Finding.WORKS : Finding.FAILS, sentence);
  }

  /** One that was not. */
  public static Check untried(String layer, String why) {
    return new Check(layer, Finding.UNTRIED, why);
  }

  /** Whether nothing speaks against it. */
  public boolean ok() {
    return finding != Finding.FAILS;
  }
}
