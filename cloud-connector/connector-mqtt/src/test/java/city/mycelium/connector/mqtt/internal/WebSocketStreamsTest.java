package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of RFC 6455, and a server that says what no real one says on demand. */
class WebSocketStreamsTest {

  private static final String HELLO = "48 65 6c 6c 6f";

  /** What goes over the connection: what we said, and what the server will say. */
  private static final class Carrier {
    final ByteArrayOutputStream said = new ByteArrayOutputStream();
    final Deque<byte[]> answers = new ArrayDeque<>();

    /** Empty pieces are time-outs. */
    final InputStream in =
        new InputStream() {
          private byte[] now = {};
          private int at;

          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
          }

          @Override
          public int read(byte[] bytes, int from, int most) throws IOException {
            if (at == now.length) {
              byte[] next = answers.poll();
              if (next == null) {
                return -1;
              }
              if (next.length == 0) {
                throw new SocketTimeoutException("nothing yet");
              }
              now = next;
              at = 0;
            }
            int count = Math.min(most, now.length - at);
            System.arraycopy(now, at, bytes, from, count);
            at += count;
            return count;
          }
        };

    Carrier answers(String hex) {
      answers.add(HexFormat.ofDelimiter(" ").parseHex(hex));
      return this;
    }

    Carrier answersText(String text) {
      answers.add(text.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    }

    Carrier isSilent() {
      answers.add(new byte[0]);
      return this;
    }

    WebSocketStreams open() throws IOException {
      return WebSocketStreams.open(in, said, "b.example:9001", "/mqtt?a=b");
    }
  }

  /** A server that shakes hands as it should, with these bytes after it. */
  private static WebSocketStreams opened(Carrier carrier) throws IOException {
    Deque<byte[]> later = new ArrayDeque<>(carrier.answers);
    carrier.answers.clear();
    InputStream shaking =
        new InputStream() {
          private boolean shaken;

          @Override
          public int read() throws IOException {
            if (!shaken) {
              shaken = true;
              carrier.answersText(
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Accept: "
                      + accept(carrier)
                      + "\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n");
              carrier.answers.addAll(later);
            }
            return carrier.in.read();
          }

          @Override
          public int read(byte[] bytes, int from, int most) throws IOException {
            return carrier.in.read(bytes, from, most);
          }
        };
    WebSocketStreams opened =
        WebSocketStreams.open(shaking, carrier.said, "b.example:9001", "/mqtt?a=b");
    carrier.said.reset();
    return opened;
  }

  /** RFC 6455, 4.2.2: base64 of the SHA-1 of the key and a fixed text. */
  private static String accept(Carrier carrier) {
    Matcher key =
        Pattern.compile("Sec-WebSocket-Key: (\\S+)\r\n")
            .matcher(carrier.said.toString(StandardCharsets.US_ASCII));
    assertThat(key.find()).isTrue();
    assertThat(Base64.getDecoder().decode(key.group(1))).hasSize(16);
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest(
                      (key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                          .getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  // RFC 6455, 4.1; MQTT 5, 6 [MQTT-6.0.0-3]: the subprotocol is mqtt.
  @Test
  void theQuestionIsAsTheStandardHasIt() {
    Carrier carrier = new Carrier();
    assertThatThrownBy(carrier::open).isInstanceOf(EOFException.class);
    assertThat(carrier.said.toString(StandardCharsets.US_ASCII).split("\r\n"))
        .startsWith("GET /mqtt?a=b HTTP/1.1")
        .contains(
            "Host: b.example:9001",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: mqtt");
  }

  @ParameterizedTest
  @CsvSource({
    "401, does not let this gateway in",
    "404, check the path /mqtt in",
    "301, sends us elsewhere",
    "503, overloaded or not there",
    "200, the one for MQTT"
  })
  void anotherStatusIsQuotedWithWhatToDo(int status, String words) {
    assertThatThrownBy(new Carrier().answersText("HTTP/1.1 " + status + " Why\r\n\r\n")::open)
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("answers HTTP status " + status)
        .hasMessageContaining(words)
        .hasMessageNotContaining("a=b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: mqtt"
            + "\r\n\r\n", // RFC 6455, 1.3: right for another key
        "nonsense: nonsense\r\n: \r\n\r\n"
      })
  void whoDoesNotShakeHandsIsNotSpokenTo(String answer) {
    assertThatThrownBy(new Carrier().answersText(answer)::open)
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("/mqtt");
  }

  @Test
  void whoSaysTooMuchIsNotListenedTo() {
    assertThatThrownBy(new Carrier().answersText("x".repeat(20_000))::open)
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("too much");
  }

  // RFC 6455, 5.7, with opcode 2 for binary: a single frame; two fragments with a ping between them
  // (5.4); 256 bytes with a length of two bytes; 64 KiB with one of eight.
  @Test
  void whateverTheFramesAreTheirBytesAreOneStream() throws Exception {
    Carrier carrier = new Carrier();
    carrier
        .answers("82 05 " + HELLO)
        .answers("02 03 48 65 6c 89 05 " + HELLO + " 80 02 6c 6f")
        .answers("82 7e 01 00")
        .answers("01 ".repeat(255) + "01")
        .answers("82 7f 00 00 00 00 00 01 00 00");
    byte[] sixtyFour = new byte[65_536];
    Arrays.fill(sixtyFour, (byte) 2);
    carrier.answers.add(sixtyFour);
    InputStream in = opened(carrier).in();

    assertThat(new String(in.readNBytes(10), StandardCharsets.US_ASCII)).isEqualTo("HelloHello");
    assertThat(in.readNBytes(256)).containsOnly(1);
    assertThat(in.readNBytes(65_536)).isEqualTo(sixtyFour);
    assertThat(in.read()).isEqualTo(-1);
  }

  // 5.5.3: a pong has the ping's payload; 5.3: what a client says is masked.
  @Test
  void aPingIsAnswered() throws Exception {
    Carrier carrier = new Carrier().answers("89 05 " + HELLO);
    WebSocketStreams streams = opened(carrier);
    assertThat(streams.in().read()).isEqualTo(-1);
    byte[] pong = carrier.said.toByteArray();
    assertThat(pong).startsWith(0x8a, 0x85).hasSize(11);
    assertThat(unmasked(pong, 2)).isEqualTo("Hello".getBytes(StandardCharsets.US_ASCII));
  }

  // Paho's socket times out once a second, wherever a frame may be cut.
  @Test
  void aTimeOutWithinAFrameLosesNothing() throws Exception {
    Carrier carrier =
        new Carrier().answers("82").isSilent().answers("05 48").isSilent().answers("65 6c 6c 6f");
    InputStream in = opened(carrier).in();
    assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    assertThat(in.readNBytes(5)).isEqualTo("Hello".getBytes(StandardCharsets.US_ASCII));
  }

  // 5.5.1: closing is answered with the same code, and is the end of the stream.
  @Test
  void whoClosesIsAnswered() throws Exception {
    Carrier carrier = new Carrier().answers("82 01 41 88 02 03 e9 82 01 42");
    InputStream in = opened(carrier).in();
    assertThat(in.readAllBytes()).containsExactly('A');
    byte[] close = carrier.said.toByteArray();
    assertThat(close).startsWith(0x88, 0x82);
    assertThat(unmasked(close, 2)).containsExactly(0x03, 0xe9);
  }

  // MQTT 5, 6 [MQTT-6.0.0-1]: binary; RFC 6455, 5.2: no reserved bits without an extension.
  @ParameterizedTest
  @CsvSource({
    "81 05 48 65 6c 6c 6f, text",
    "c2 05 48 65 6c 6c 6f, does not keep to WebSocket",
    "82 7f 00 00 00 00 7f ff ff ff, does not keep to WebSocket"
  })
  void whatNoBrokerMaySayEndsIt(String frames, String words) throws Exception {
    InputStream in = opened(new Carrier().answers(frames)).in();
    assertThatThrownBy(in::read).isInstanceOf(PeerException.class).hasMessageContaining(words);
  }

  // One frame for what is flushed at once, whatever pieces it was written in.
  @Test
  void whatIsFlushedIsOneMaskedFrame() throws Exception {
    Carrier carrier = new Carrier();
    WebSocketStreams streams = opened(carrier);
    streams.out().write('H');
    streams.out().write("ello".getBytes(StandardCharsets.US_ASCII));
    assertThat(carrier.said.size()).isZero();
    streams.out().flush();
    byte[] frame = carrier.said.toByteArray();
    assertThat(frame).startsWith(0x82, 0x85).hasSize(11);
    assertThat(unmasked(frame, 2)).isEqualTo("Hello".getBytes(StandardCharsets.US_ASCII));
  }

  /** RFC 6455, 5.3: four bytes of mask, and what they were laid over. */
  private static byte[] unmasked(byte[] frame, int maskAt) {
    byte[] payload = Arrays.copyOfRange(frame, maskAt + 4, frame.length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= frame[maskAt + i % 4];
    }
    return payload;
  }
}
