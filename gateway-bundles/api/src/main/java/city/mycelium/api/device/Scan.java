package city.mycelium.api.device;

import java.util.List;

/**
 * What was found in a piece of a byte stream.
 *
 * @param frames the whole frames, in order
 * @param consumed how many bytes are done with; the rest may be the beginning of a frame and is
 *     wanted again, with what follows
 * @param noise how many of those belonged to no frame
 */
public record Scan<F>(List<F> frames, int consumed, int noise) {

  public Scan {
    frames = List.copyOf(frames);
  }
}
