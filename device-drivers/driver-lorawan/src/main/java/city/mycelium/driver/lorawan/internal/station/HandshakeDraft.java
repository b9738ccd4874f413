package city.mycelium.driver.lorawan.internal.station;

import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.handshake.Handshakedata;

/**
 * RFC 6455 without extensions (compressed messages can be bombs), and with an end to how long an
 * opening request may be: Java-WebSocket keeps it in memory until it is whole.
 */
final class HandshakeDraft extends Draft_6455 {

  private static final int LONGEST_REQUEST = 8_192;

  private final int maxMessageBytes;

  HandshakeDraft(int maxMessageBytes) {
    super(List.of(), maxMessageBytes);
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public Handshakedata translateHandshake(ByteBuffer request) throws InvalidHandshakeException {
    if (request.remaining() > LONGEST_REQUEST) {
      throw new InvalidHandshakeException("the opening request is too long");
    }
    return super.translateHandshake(request);
  }

  /** The server makes one for each connection. */
  @Override
  public Draft copyInstance() {
    return new HandshakeDraft(maxMessageBytes);
  }
}
