package city.mycelium.simulator.sender;

import city.mycelium.simulator.kit.Post;
import java.io.IOException;

/** Carries one post to the gateway. Safe for use by many threads. */
public interface Carrier {

  /**
   * Posts and waits for the answer.
   *
   * @return the HTTP status
   * @throws IOException if no answer came: refused, reset, or not in time
   */
  int post(Post post) throws IOException;

  /**
   * Posts and hangs up without listening, as a kit does that loses its patience.
   *
   * @throws IOException if it did not even come to posting
   */
  void postAndHangUp(Post post) throws IOException;
}
