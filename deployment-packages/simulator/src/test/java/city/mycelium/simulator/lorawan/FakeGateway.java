package city.mycelium.simulator.lorawan;

import city.mycelium.testkit.Await;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A gateway as far as packet forwarders see it: a UDP port, and what comes there. */
final class FakeGateway implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final List<Report> reports = new ArrayList<>();
  private final List<String> txAcks = new ArrayList<>();
  private @Nullable SocketAddress wayDown;

  /** What a forwarder reported. */
  record Report(long eui, JsonObject rxpk) {

    byte[] frame() {
      return Base64.getDecoder().decode(rxpk.getString("data"));
    }

    long tmst() {
      return rxpk.getJsonNumber("tmst").longValueExact();
    }
  }

  FakeGateway() throws IOException {
    socket.setSoTimeout(20);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  /** The reports so far, once there are so many. */
  List<Report> awaitReports(int count, Runnable meanwhile) {
    Await.await(
        count + " reports have come",
        () -> {
          meanwhile.run();
          take();
          return reports.size() >= count;
        },
        PATIENCE);
    return List.copyOf(reports);
  }

  /** Waits until a forwarder has shown the way for downlinks. */
  void awaitWayDown() {
    Await.await(
        "a forwarder has pulled",
        () -> {
          take();
          return wayDown != null;
        },
        PATIENCE);
  }

  /** Has a frame sent; returns what the forwarder says to that. */
  String tell(byte[] frame, long tmst, double megahertz, String dataRate, Runnable meanwhile)
      throws IOException {
    String json =
        String.format(
            Locale.ROOT,
            "{\"txpk\":{\"imme\":false,\"tmst\":%d,\"freq\":%.3f,\"rfch\":0,\"powe\":14,"
                + "\"modu\":\"LORA\",\"datr\":\"%s\",\"codr\":\"4/5\",\"ipol\":true,"
                + "\"size\":%d,\"data\":\"%s\"}}",
            tmst,
            megahertz,
            dataRate,
            frame.length,
            Base64.getEncoder().encodeToString(frame));
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        ByteBuffer.allocate(4 + body.length)
            .put((byte) 2)
            .putShort((short) 77)
            .put((byte) 3)
            .put(body)
            .array();
    int before = txAcks.size();
    socket.send(new DatagramPacket(bytes, bytes.length, wayDown));
    Await.await(
        "the forwarder says what it does with it",
        () -> {
          meanwhile.run();
          take();
          return txAcks.size() > before;
        },
        PATIENCE);
    return txAcks.get(before);
  }

  private void take() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
    while (true) {
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return;
      }
      ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
      int token = bytes.getInt(0) >> 8 & 0xffff;
      int kind = bytes.get(3);
      long eui = bytes.getLong(4);
      String json =
          new String(packet.getData(), 12, packet.getLength() - 12, StandardCharsets.UTF_8);
      if (kind == 0) {
        reports.add(
            new Report(
                eui,
                Json.createReader(new StringReader(json))
                    .readObject()
                    .getJsonArray("rxpk")
                    .getJsonObject(0)));
        answer(token, 1, packet.getSocketAddress());
      } else if (kind == 2) {
        wayDown = packet.getSocketAddress();
        answer(token, 4, packet.getSocketAddress());
      } else {
        txAcks.add(json);
      }
    }
  }

  private void answer(int token, int kind, SocketAddress to) throws IOException {
    byte[] bytes = {2, (byte) (token >> 8), (byte) token, (byte) kind};
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }

  @Override
  public void close() {
    socket.close();
  }
}
