package city.mycelium.connector.mqtt.internal;

import java.io.IOException;

/**
 * What a broker did that cannot be lived with. Its message is for a person, and goes on with a
 * sentence that begins with the broker.
 */
final class PeerException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean older;

  private PeerException(String message, boolean older) {
    super(message);
    this.older = older;
  }

  PeerException(String message) {
    this(message, false);
  }

  /** It answered MQTT 5 with words of MQTT 3.1.1. */
  static PeerException older() {
    return new PeerException("answers as MQTT 3.1.1 does", true);
  }

  boolean isOlder() {
    return older;
  }
}
