package city.mycelium.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A packet forwarder as it looks from the network: speaks Semtech's UDP protocol (PROTOCOL.TXT)
 * over two real sockets, one up and one down, as the original does. Knows nothing of the server's
 * code. Each socket may be read by one thread at a time; sending is for any.
 */
public final class PacketForwarder implements AutoCloseable {

  private static final int PUSH_DATA = 0x00;
  private static final int PULL_DATA = 0x02;
  private static final int TX_ACK = 0x05;
  private static final int HEADER = 4;
  private static final int LONGEST = 4_096;

  private final long eui;
  private final int version;
  private final DatagramSocket up;
  private final DatagramSocket down;
  private final AtomicInteger token = new AtomicInteger();

  /** A datagram that came from the server. */
  public record FromServer(int version, int token, int kind, String json) {

    /** Tells a forwarder what to send. */
    public static final int PULL_RESP = 0x03;
  }

  /** One whose server is on this machine. */
  public PacketForwarder(long eui, int version, int serverPort) throws IOException {
    this(eui, version, new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
  }

  /**
   * One of a server.
   *
   * @param version of the protocol, the first byte of each datagram
   */
  public PacketForwarder(long eui, int version, InetSocketAddress server) throws IOException {
    this.eui = eui;
    this.version = version;
    up = new DatagramSocket();
    up.connect(server);
    down = new DatagramSocket();
    down.connect(server);
  }

  /** Reports a frame as it would be heard next door; returns the token. */
  public int push(byte[] phyPayload, long tmst) throws IOException {
    return pushJson(
        "{\"rxpk\":[" + rxpk(phyPayload, tmst, 868_100_000, "SF7BW125", -60, 7.5) + "]}");
  }

  /**
   * The report of a frame (PROTOCOL.TXT, 4).
   *
   * @param tmst microseconds, 32 bits
   * @param dataRate such as SF7BW125
   */
  public static String rxpk(
      byte[] phyPayload, long tmst, long frequencyHz, String dataRate, int rssiDbm, double snrDb) {
    return String.format(
        Locale.ROOT,
        "{\"tmst\":%d,\"chan\":0,\"rfch\":0,\"freq\":%.6f,\"stat\":1,"
            + "\"modu\":\"LORA\",\"datr\":\"%s\",\"codr\":\"4/5\",\"rssi\":%d,"
            + "\"lsnr\":%.1f,\"size\":%d,\"data\":\"%s\"}",
        tmst,
        frequencyHz / 1e6,
        dataRate,
        rssiDbm,
        snrDb,
        phyPayload.length,
        Base64.getEncoder().encodeToString(phyPayload));
  }

  /** Sends a PUSH_DATA with any body; returns the token. */
  public int pushJson(String json) throws IOException {
    return send(up, PUSH_DATA, token.incrementAndGet() & 0xffff, json);
  }

  /** Asks for downlinks, and shows the way for them; returns the token. */
  public int pull() throws IOException {
    return send(down, PULL_DATA, token.incrementAndGet() & 0xffff, "");
  }

  /** Says what became of a downlink: NONE, TOO_LATE, … (PROTOCOL.TXT, 6). */
  public void txAck(int ofToken, String error) throws IOException {
    send(down, TX_ACK, ofToken, "{\"txpk_ack\":{\"error\":\"" + error + "\"}}");
  }

  /**
   * What the server says to reports.
   *
   * @throws AssertionError if it says nothing in time
   */
  public FromServer awaitUp(Duration patience) throws IOException {
    return receiveUp(patience).orElseThrow(() -> silent(patience));
  }

  /**
   * What the server says on the way down.
   *
   * @throws AssertionError if it says nothing in time
   */
  public FromServer awaitDown(Duration patience) throws IOException {
    return receiveDown(patience).orElseThrow(() -> silent(patience));
  }

  private static AssertionError silent(Duration patience) {
    return new AssertionError("the server said nothing within " + patience);
  }

  /** What the server says to reports, or nothing if it is silent or not there. */
  public Optional<FromServer> receiveUp(Duration patience) throws IOException {
    return receive(up, patience);
  }

  /** What the server says on the way down, or nothing if it is silent or not there. */
  public Optional<FromServer> receiveDown(Duration patience) throws IOException {
    return receive(down, patience);
  }

  private int send(DatagramSocket socket, int kind, int itsToken, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        ByteBuffer.allocate(HEADER + Long.BYTES + body.length)
            .put((byte) version)
            .putShort((short) itsToken)
            .put((byte) kind)
            .putLong(eui)
            .put(body)
            .array();
    socket.send(new DatagramPacket(bytes, bytes.length));
    return itsToken;
  }

  private static Optional<FromServer> receive(DatagramSocket socket, Duration patience)
      throws IOException {
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return Optional.empty(); // UDP: who is not there is silent, and may come back
    }
    if (packet.getLength() < HEADER) {
      throw new IOException("a datagram of " + packet.getLength() + " bytes has no header");
    }
    ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    int itsVersion = bytes.get();
    int itsToken = bytes.getShort() & 0xffff;
    int kind = bytes.get();
    return Optional.of(
        new FromServer(
            itsVersion, itsToken, kind, StandardCharsets.UTF_8.decode(bytes).toString()));
  }

  @Override
  public void close() {
    up.close();
    down.close();
  }
}
