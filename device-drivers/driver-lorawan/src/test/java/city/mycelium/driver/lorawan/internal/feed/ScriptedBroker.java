package city.mycelium.driver.lorawan.internal.feed;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A broker that does what the test says, packet by packet (MQTT 3.1.1, 3). */
final class ScriptedBroker implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
  private Socket socket = new Socket();
  private DataInputStream in;
  private DataOutputStream out;

  ScriptedBroker() throws IOException {
    server.setSoTimeout(PATIENCE_MILLIS);
  }

  int port() {
    return server.getLocalPort();
  }

  void accept() throws IOException {
    socket.close();
    socket = server.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  void hangUp() throws IOException {
    socket.close();
  }

  /** The next packet: its first byte, and what comes after its length. */
  byte[] read() throws IOException {
    int first = in.readByte();
    int length = 0;
    int digit;
    int shift = 0;
    do {
      digit = in.readByte();
      length |= (digit & 0x7f) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    byte[] packet = new byte[length + 1];
    packet[0] = (byte) first;
    in.readFully(packet, 1, length);
    return packet;
  }

  /** CONNACK. */
  void welcome(int code) throws IOException {
    read();
    out.write(new byte[] {0x20, 2, 0, (byte) code});
  }

  /** SUBACK, for one topic. */
  void subscribed(int granted) throws IOException {
    byte[] subscribe = read();
    out.write(new byte[] {(byte) 0x90, 3, subscribe[1], subscribe[2], (byte) granted});
  }

  void write(int... bytes) throws IOException {
    for (int b : bytes) {
      out.write(b);
    }
  }

  void publish(int qos, int id, String topic, String payload) throws IOException {
    out.write(0x30 | qos << 1);
    writeRest(id, topic, payload);
  }

  /** A PUBLISH without its first byte; with QoS 0 the id is 0. */
  void writeRest(int id, String topic, String payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeUTF(topic);
    if (id > 0) {
      data.writeShort(id);
    }
    data.write(payload.getBytes(StandardCharsets.UTF_8));
    out.write(body.size() & 0x7f | 0x80);
    out.write(body.size() >> 7); // 128 to 16383 bytes
    out.write(body.toByteArray());
  }

  /** Reads until the other side has gone. */
  void awaitHangUp() throws IOException {
    unread = in.readAllBytes();
  }

  private byte[] unread = {};

  /** What came before it went. */
  byte[] unread() {
    return unread;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    server.close();
  }
}
