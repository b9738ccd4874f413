package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.connector.Verb;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A platform with an MQTT door of its own, as ThingsBoard has one: a {@link Mind} takes a PUBLISH
 * before its PUBACK is written. Speaks as much of MQTT 5 as a gateway that publishes, and listens
 * to topics without wildcards, asks of a server.
 */
final class MqttPlatform implements FarEnd {

  // Packet types with their fixed flags (MQTT 5, 2.1.2 and 2.1.3).
  private static final int CONNECT = 0x10;
  private static final int CONNACK = 0x20;
  private static final int PUBLISH = 0x30;
  private static final int PUBACK = 0x40;
  private static final int SUBSCRIBE = 0x82;
  private static final int SUBACK = 0x90;
  private static final int PINGREQ = 0xc0;
  private static final int PINGRESP = 0xd0;
  private static final int DISCONNECT = 0xe0;

  private static final int TYPE = 0xf0;
  private static final int RETAIN = 0x01;
  private static final int QOS_1 = 0x02;

  /** MQTT 5, 3.4.2.1. */
  private static final int QUOTA_EXCEEDED = 0x97;

  private static final int UNSPECIFIED_ERROR = 0x80;
  private static final int PAYLOAD_FORMAT_INVALID = 0x99;

  private static final int BACKLOG = 50;

  private final String prefix;
  private final Mind mind;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();

  /** By topic. */
  private final Map<String, byte[]> retained = new ConcurrentHashMap<>();

  private volatile ServerSocket server;

  /**
   * Listens.
   *
   * @param prefix what topics begin with, with the slash; what follows is the channel
   * @param mind made with the way back to the gateway: the retained channel {@code ack}
   */
  MqttPlatform(String prefix, Function<Consumer<byte[]>, Mind> mind) throws IOException {
    this.prefix = prefix;
    this.mind = mind.apply(payload -> publish(prefix + "ack", payload));
    server = listening();
  }

  private ServerSocket listening() throws IOException {
    ServerSocket begun = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Daemon.start("mqtt-platform", () -> accept(begun));
    return begun;
  }

  private void accept(ServerSocket at) {
    while (!at.isClosed()) {
      try {
        Line line = new Line(at.accept());
        lines.add(line);
        Daemon.start("mqtt-line", line::serve);
      } catch (IOException e) { // closed: it restarts, or ends
        return;
      }
    }
  }

  private void publish(String topic, byte[] payload) {
    retained.put(topic, payload);
    lines.forEach(line -> line.tell(topic, payload, false));
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void restart() throws IOException {
    close();
    server = listening();
  }

  @Override
  public void close() {
    Daemon.close(server);
    lines.forEach(line -> Daemon.close(line.socket));
    lines.clear();
  }

  /** One client's connection. */
  private final class Line {
    final Socket socket;
    private final DataOutputStream out;
    private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
    private int lastPacketId;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      out = new DataOutputStream(socket.getOutputStream());
    }

    void serve() {
      try (socket) {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        while (true) {
          int first = in.readUnsignedByte();
          byte[] body = new byte[variable(in)];
          in.readFully(body);
          DataInputStream rest = new DataInputStream(new ByteArrayInputStream(body));
          if ((first & TYPE) == PUBLISH) {
            published(first, rest);
          } else if (first == CONNECT) {
            write(CONNACK, new byte[] {0, 0, 0}); // no session, success, no properties
          } else if (first == SUBSCRIBE) {
            subscribed(rest);
          } else if (first == PINGREQ) {
            write(PINGRESP, new byte[0]);
          } else if (first == DISCONNECT) {
            return;
          }
        }
      } catch (IOException e) { // it hung up, or was cut off: clients come back by themselves
        return;
      } finally {
        lines.remove(this);
      }
    }

    private void published(int first, DataInputStream in) throws IOException {
      String topic = in.readUTF();
      boolean isConfirmed = (first & QOS_1) != 0;
      int packetId = isConfirmed ? in.readUnsignedShort() : 0;
      in.skipNBytes(variable(in));
      byte[] payload = in.readAllBytes();
      Mind.Reply reply = new Mind.Reply(204);
      if (topic.startsWith(prefix)) {
        reply =
            mind.take(
                new Message(
                    Verb.POST,
                    topic.substring(prefix.length()),
                    Map.of(),
                    "",
                    payload,
                    (first & RETAIN) != 0,
                    isConfirmed ? Qos.AT_LEAST_ONCE : Qos.AT_MOST_ONCE));
      }
      if (isConfirmed) {
        int reason = reason(reply.status());
        write(
            PUBACK,
            reason == 0
                ? new byte[] {(byte) (packetId >> 8), (byte) packetId}
                : new byte[] {(byte) (packetId >> 8), (byte) packetId, (byte) reason});
      }
    }

    private void subscribed(DataInputStream in) throws IOException {
      int packetId = in.readUnsignedShort();
      in.skipNBytes(variable(in));
      ByteArrayOutputStream granted = new ByteArrayOutputStream();
      granted.write(packetId >> 8);
      granted.write(packetId);
      granted.write(0); // no properties
      Set<String> topics = ConcurrentHashMap.newKeySet();
      while (in.available() > 0) {
        topics.add(in.readUTF());
        granted.write(Math.min(1, in.readUnsignedByte() & 0x03));
      }
      write(SUBACK, granted.toByteArray());
      subscriptions.addAll(topics);
      for (String topic : topics) {
        byte[] payload = retained.get(topic);
        if (payload != null) {
          tell(topic, payload, true);
        }
      }
    }

    /** What cannot be told now is asked for anew with the next connection. */
    void tell(String topic, byte[] payload, boolean isRetained) {
      if (!subscriptions.contains(topic)) {
        return;
      }
      try {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(body);
        data.writeUTF(topic);
        synchronized (out) {
          lastPacketId = lastPacketId % 65_535 + 1;
          data.writeShort(lastPacketId);
          data.writeByte(0); // no properties
          data.write(payload);
          write(PUBLISH | QOS_1 | (isRetained ? RETAIN : 0), body.toByteArray());
        }
      } catch (IOException e) {
        Daemon.close(socket);
      }
    }

    private void write(int first, byte[] body) throws IOException {
      synchronized (out) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = body.length;
        do {
          packet.write(length > 127 ? length % 128 + 128 : length);
          length /= 128;
        } while (length > 0);
        packet.write(body);
        out.write(packet.toByteArray());
        out.flush();
      }
    }
  }

  private static int reason(int status) {
    if (status < 300) {
      return 0;
    }
    return switch (status) {
      case 400 -> PAYLOAD_FORMAT_INVALID;
      case 429, 503 -> QUOTA_EXCEEDED;
      default -> UNSPECIFIED_ERROR;
    };
  }

  /** A Variable Byte Integer (MQTT 5, 1.5.5). */
  private static int variable(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = in.readUnsignedByte();
      value |= (digit & 0x7f) << shift;
      if (digit < 128) {
        return value;
      }
    }
    throw new EOFException("a length of more than four bytes");
  }
}
