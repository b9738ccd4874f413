package city.mycelium.connector.mqtt.internal;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.enums.Opcode;
import org.java_websocket.enums.Role;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.framing.BinaryFrame;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.framing.PongFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;

/**
 * MQTT's stream of bytes within a WebSocket (MQTT 5, 6; MQTT 3.1.1, 6) over a connection that
 * stands. Handshake and frames are Java-WebSocket's; it has no thread of its own. One thread reads,
 * one writes.
 */
final class WebSocketStreams {

  /** MQTT 5, 6 [MQTT-6.0.0-3]; registered with IANA. */
  private static final String SUBPROTOCOL = "mqtt";

  /** What a server may answer before it is one. */
  private static final int LONGEST_HEAD = 16 * 1024;

  /** Frames need not be packets (MQTT 5, 6); one for each is what brokers are used to. */
  private static final int FRAME_BUFFER = 64 * 1024;

  /** That is read; several packets may be in it. */
  private static final int LONGEST_FRAME = 4 << 20;

  private static final int READ_AT_ONCE = 8 * 1024;

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})(?: .*)?");
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Draft_6455 draft;
  private final InputStream carrierIn;
  private final OutputStream carrierOut;
  private final In in = new In();
  private final OutputStream out = new BufferedOutputStream(new Out(), FRAME_BUFFER);

  private WebSocketStreams(Draft_6455 draft, InputStream in, OutputStream out) {
    this.draft = draft;
    this.carrierIn = in;
    this.carrierOut = out;
  }

  /**
   * Shakes hands (RFC 6455, 4.1).
   *
   * @param in is read byte by byte: give one that is buffered
   * @param authority what the Host field says
   * @throws PeerException if the server wants no WebSocket there; for a person
   */
  static WebSocketStreams open(InputStream in, OutputStream out, String authority, String resource)
      throws IOException {
    Draft_6455 draft = new Draft_6455(List.of(), List.of(new Protocol(SUBPROTOCOL)), LONGEST_FRAME);
    draft.setParseMode(Role.CLIENT);
    HandshakeImpl1Client question = new HandshakeImpl1Client();
    question.setResourceDescriptor(resource);
    question.put("Host", authority);
    ClientHandshake request = draft.postProcessHandshakeRequestAsClient(question);
    for (ByteBuffer part : draft.createHandshake(request)) {
      write(out, part);
    }
    out.flush();
    byte[] head = readHead(in);
    refuseUnlessSwitching(head, resource);
    try {
      Handshakedata response = draft.translateHandshake(ByteBuffer.wrap(head));
      if (!(response instanceof ServerHandshake answer)
          || draft.acceptHandshakeAsClient(request, answer) != HandshakeState.MATCHED) {
        throw new PeerException(
            "speaks WebSocket at " + path(resource) + ", but not MQTT in it: check the path");
      }
    } catch (InvalidHandshakeException e) {
      throw notWebSocket(resource);
    }
    return new WebSocketStreams(draft, in, out);
  }

  /** Up to and with the empty line (RFC 9112, 2.1); what comes after it is not touched. */
  private static byte[] readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lineEnds = 0; // CR LF CR LF
    while (lineEnds < 4) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the end came within the WebSocket handshake");
      }
      head.write(b);
      lineEnds = b == (lineEnds % 2 == 0 ? '\r' : '\n') ? lineEnds + 1 : b == '\r' ? 1 : 0;
      if (head.size() > LONGEST_HEAD) {
        throw new PeerException("does not speak WebSocket there: it says too much");
      }
    }
    return head.toByteArray();
  }

  private static void refuseUnlessSwitching(byte[] head, String resource) throws PeerException {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    Matcher line = STATUS_LINE.matcher(text.substring(0, text.indexOf('\r')));
    if (!line.matches()) {
      throw notWebSocket(resource);
    }
    int status = Integer.parseInt(line.group(1));
    if (status != SWITCHING_PROTOCOLS) {
      throw new PeerException(
          "answers HTTP status " + status + " instead of WebSocket: " + advice(status, resource));
    }
  }

  private static String advice(int status, String resource) {
    return switch (status) {
      case 401, 403, 407 -> "it, or a proxy before it, does not let this gateway in";
      case 301, 302, 303, 307, 308 ->
          "it sends us elsewhere, and that is not followed; check the address";
      case 404, 405, 410 -> "check the path " + path(resource) + " in the address";
      case 429, 502, 503, 504 -> "it is overloaded or not there, behind its proxy";
      default -> "check the address, and that its path " + path(resource) + " is the one for MQTT";
    };
  }

  private static PeerException notWebSocket(String resource) {
    return new PeerException(
        "does not speak WebSocket at " + path(resource) + ": check the port and the path");
  }

  private static String path(String resource) {
    int query = resource.indexOf('?');
    return query < 0 ? resource : resource.substring(0, query);
  }

  private static void write(OutputStream to, ByteBuffer bytes) throws IOException {
    byte[] all = new byte[bytes.remaining()];
    bytes.get(all);
    to.write(all);
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /** Also by the thread that reads, which answers pings. */
  private synchronized void say(Framedata frame) throws IOException {
    write(carrierOut, draft.createBinaryFrame(frame));
    carrierOut.flush();
  }

  private final class In extends InputStream {

    private final byte[] chunk = new byte[READ_AT_ONCE];
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private boolean ended;

    @Override
    public int read() throws IOException {
      return await() ? next().get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      if (most == 0) {
        return 0;
      }
      if (!await()) {
        return -1;
      }
      int count = Math.min(most, next().remaining());
      next().get(bytes, from, count);
      return count;
    }

    @Override
    public int available() {
      return ready.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    private ByteBuffer next() {
      return ready.element();
    }

    /** Whether there is something; a time-out loses nothing of a frame that has begun. */
    private boolean await() throws IOException {
      while (true) {
        while (!ready.isEmpty() && !next().hasRemaining()) {
          ready.remove();
        }
        if (!ready.isEmpty()) {
          return true;
        }
        if (ended) {
          return false;
        }
        int count = carrierIn.read(chunk);
        ended = count < 0;
        if (count > 0) {
          take(ByteBuffer.wrap(chunk, 0, count));
        }
      }
    }

    private void take(ByteBuffer bytes) throws IOException {
      try {
        for (Framedata frame : draft.translateFrame(bytes)) {
          take(frame);
        }
      } catch (InvalidDataException e) {
        throw new PeerException("does not keep to WebSocket: " + e.getMessage());
      }
    }

    private void take(Framedata frame) throws IOException {
      if (ended) {
        return;
      }
      Opcode kind = frame.getOpcode();
      switch (kind) {
        case BINARY, CONTINUOUS -> ready.add(frame.getPayloadData());
        case PING -> say(new PongFrame((PingFrame) frame));
        case PONG -> {
          // Nobody asked.
        }
        case CLOSING -> {
          say(answerTo((CloseFrame) frame));
          ended = true;
        }
        case TEXT -> throw new PeerException("sends text over WebSocket, where MQTT is binary");
      }
    }
  }

  /** RFC 6455, 5.5.1: with the same code. */
  private static CloseFrame answerTo(CloseFrame frame) {
    CloseFrame answer = new CloseFrame();
    answer.setCode(
        frame.getCloseCode() == CloseFrame.NOCODE ? CloseFrame.NORMAL : frame.getCloseCode());
    return answer;
  }

  private final class Out extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      BinaryFrame frame = new BinaryFrame();
      frame.setPayload(ByteBuffer.wrap(bytes, from, length));
      say(frame);
    }
  }
}
