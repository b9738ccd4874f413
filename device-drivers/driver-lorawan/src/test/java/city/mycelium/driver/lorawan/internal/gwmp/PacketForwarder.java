package city.mycelium.driver.lorawan.internal.gwmp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/**
 * A packet forwarder as it looks from the network: speaks Semtech's UDP protocol (PROTOCOL.TXT)
 * over two real sockets, one up and one down, as the original does. Knows nothing of the server's
 * code. For one thread.
 */
final class PacketForwarder implements AutoCloseable {

  private final long eui;
  private final int version;
  private final DatagramSocket up;
  private final DatagramSocket down;
  private int token;

  /** A datagram that came from the server. */
  record FromServer(int version, int token, int kind, String json) {}

  PacketForwarder(long eui, int version, int serverPort) throws IOException {
    this.eui = eui;
    this.version = version;
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    up = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    up.connect(server);
    down = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    down.connect(server);
  }

  /** Reports a frame; returns the token. */
  int push(byte[] phyPayload, long tmst) throws IOException {
    return pushJson(
        String.format(
            Locale.ROOT,
            "{\"rxpk\":[{\"tmst\":%d,\"chan\":0,\"rfch\":0,\"freq\":868.1,\"stat\":1,"
                + "\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\",\"rssi\":-60,"
                + "\"lsnr\":7.5,\"size\":%d,\"data\":\"%s\"}]}",
            tmst,
            phyPayload.length,
            Base64.getEncoder().encodeToString(phyPayload)));
  }

  int pushJson(String json) throws IOException {
    return send(up, 0x00, ++token, json);
  }

  int pull() throws IOException {
    return send(down, 0x02, ++token, "");
  }

  void txAck(int ofToken, String error) throws IOException {
    send(down, 0x05, ofToken, "{\"txpk_ack\":{\"error\":\"" + error + "\"}}");
  }

  FromServer awaitUp(Duration patience) throws IOException {
    return receive(up, patience);
  }

  FromServer awaitDown(Duration patience) throws IOException {
    return receive(down, patience);
  }

  private int send(DatagramSocket socket, int kind, int itsToken, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        ByteBuffer.allocate(12 + body.length)
            .put((byte) version)
            .putShort((short) itsToken)
            .put((byte) kind)
            .putLong(eui)
            .put(body)
            .array();
    socket.send(new DatagramPacket(bytes, bytes.length));
    return itsToken;
  }

  private static FromServer receive(DatagramSocket socket, Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server said nothing within " + patience, e);
    }
    ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    int itsVersion = bytes.get();
    int itsToken = bytes.getShort() & 0xffff;
    int kind = bytes.get();
    return new FromServer(
        itsVersion, itsToken, kind, StandardCharsets.UTF_8.decode(bytes).toString());
  }

  @Override
  public void close() {
    up.close();
    down.close();
  }
}
