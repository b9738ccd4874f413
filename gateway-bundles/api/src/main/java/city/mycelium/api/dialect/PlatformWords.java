package city.mycelium.api.dialect;

import city.mycelium.api.connector.Answer;
import java.nio.charset.StandardCharsets;

/** What a platform says beside its status, cut to what a person reads in a line. */
public final class PlatformWords {

  private static final int LONGEST = 200;

  private PlatformWords() {}

  /** Empty if it says nothing, else the beginning of it after a colon. */
  public static String of(Answer.Replied replied) {
    int length = Math.min(replied.body().length, 4 * LONGEST);
    String text =
        new String(replied.body(), 0, length, StandardCharsets.UTF_8)
            .replaceAll("[\\p{Cntrl}\\s\uFFFD]+", " ")
            .strip();
    if (text.isEmpty()) {
      return "";
    }
    return ": " + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
  }
}
