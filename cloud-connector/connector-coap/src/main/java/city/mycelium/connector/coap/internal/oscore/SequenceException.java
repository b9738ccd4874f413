package city.mycelium.connector.coap.internal.oscore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No sequence number can be given out without the danger that it was used before. */
public final class SequenceException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * The reason.
   *
   * @param why for a person, with what to do
   */
  SequenceException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
