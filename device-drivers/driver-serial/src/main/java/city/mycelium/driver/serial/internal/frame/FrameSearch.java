package city.mycelium.driver.serial.internal.frame;

import city.mycelium.api.device.Scan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames by trying each place. Where something looks like the beginning of a frame and proves
 * to be none, it goes on with the next byte: noise cannot swallow the frame behind it.
 */
public final class FrameSearch {

  private FrameSearch() {}

  /** What begins at a place. Must not depend on what follows the frame. */
  @FunctionalInterface
  public interface Probe<F> {

    /**
     * Looks at one place.
     *
     * @param at less than the number of bytes
     */
    Find<F> at(byte[] bytes, int at);
  }

  /**
   * What was found at a place.
   *
   * @param frame null if there is none
   * @param length of the frame in bytes; 0 if there is none, -1 if it may become one
   */
  public record Find<F>(@Nullable F frame, int length) {

    /** No frame begins here. */
    public static <F> Find<F> none() {
      return new Find<>(null, 0);
    }

    /** What is there so far could be the beginning of a frame. */
    public static <F> Find<F> unfinished() {
      return new Find<>(null, -1);
    }

    /** A whole frame with its checksum passed. */
    public static <F> Find<F> frame(F frame, int length) {
      return new Find<>(frame, length);
    }
  }

  /** Searches a piece of the stream. */
  public static <F> Scan<F> scan(byte[] bytes, Probe<F> probe) {
    List<F> frames = new ArrayList<>();
    int at = 0;
    int noise = 0;
    while (at < bytes.length) {
      Find<F> find = probe.at(bytes, at);
      F frame = find.frame();
      if (frame != null) {
        frames.add(frame);
        at += find.length();
      } else if (find.length() < 0) {
        break;
      } else {
        noise++;
        at++;
      }
    }
    return new Scan<>(frames, at, noise);
  }
}
