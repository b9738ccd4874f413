package city.mycelium.connector.mqtt.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttConnAck;
import org.eclipse.paho.mqttv5.common.packet.MqttConnect;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.jspecify.annotations.Nullable;

/**
 * The broker's end of one connection, played by the test: it says what a real broker would not say
 * on demand, and reads what a real one would not tell. For the test's thread.
 */
final class ScriptedBroker implements AutoCloseable {

  private final ServerSocket server;
  private @Nullable Socket client;

  ScriptedBroker() {
    this(anywhere());
  }

  /** One that listens where the test wants. */
  ScriptedBroker(ServerSocket listening) {
    server = listening;
    try {
      server.setSoTimeout((int) Owner.PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket anywhere() {
    try {
      return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Takes the next client, and reads how it introduces itself. */
  MqttConnect awaitConnect() throws IOException, MqttException {
    accept();
    return await(MqttConnect.class);
  }

  /** Takes the next client, whichever MQTT it speaks. */
  Socket accept() throws IOException {
    Socket taken = server.accept();
    client = taken;
    taken.setSoTimeout((int) Owner.PATIENCE.toMillis());
    return taken;
  }

  /** Reads the next packet, which must be of this kind. */
  <T extends MqttWireMessage> T await(Class<T> kind) throws IOException, MqttException {
    return kind.cast(MqttWireMessage.createWireMessage(await()));
  }

  /** The next packet, byte by byte. */
  byte[] await() throws IOException, MqttException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    byte type = in.readByte();
    int length = 0;
    int shift = 0;
    for (byte more = -1; more < 0; shift += 7) { // MQTT 5, 1.5.5
      more = in.readByte();
      length |= (more & 0x7F) << shift;
    }
    byte[] rest = in.readNBytes(length);
    byte[] size = MqttWireMessage.encodeVariableByteInteger(length);
    byte[] packet = new byte[1 + size.length + rest.length];
    packet[0] = type;
    System.arraycopy(size, 0, packet, 1, size.length);
    System.arraycopy(rest, 0, packet, 1 + size.length, rest.length);
    return packet;
  }

  /** Says these bytes: hexadecimal, with spaces between them. */
  void say(String hex) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(HexFormat.ofDelimiter(" ").parseHex(hex));
    out.flush();
  }

  /** Ends this connection without a word. */
  void hangUp() throws IOException {
    client.close();
  }

  /** Lets the client in. */
  void welcome(MqttProperties offered) throws IOException, MqttException {
    say(new MqttConnAck(false, 0, offered));
  }

  void say(MqttWireMessage packet) throws IOException, MqttException {
    OutputStream out = client.getOutputStream();
    out.write(packet.getHeader());
    out.write(packet.getPayload());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (client != null) {
      client.close();
    }
  }
}
