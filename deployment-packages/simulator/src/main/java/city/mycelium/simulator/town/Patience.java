package city.mycelium.simulator.town;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for other processes. */
public final class Patience {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private Patience() {}

  /** A question to another process, which may not be there to answer yet. */
  @FunctionalInterface
  public interface Question {
    boolean isSo() throws IOException, InterruptedException;
  }

  /**
   * Returns when it is so.
   *
   * @param what is waited for, in words that follow "until"
   * @throws IOException if it is not so by the deadline
   */
  public static void until(String what, Duration deadline, Question question)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    IOException last = null;
    while (true) {
      try {
        if (question.isSo()) {
          return;
        }
      } catch (IOException e) {
        last = e;
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException(
            "waited " + deadline.toSeconds() + " s in vain until " + what + reason(last), last);
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  private static String reason(@Nullable IOException last) {
    return last == null ? "" : " (" + last.getMessage() + ")";
  }
}
