package city.mycelium.connector.mqtt.internal;

import city.mycelium.tls.ClientHandshake;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What Paho's clients speak through: TCP, with TLS and WebSocket as the broker's address asks for
 * them; and closed from outside at once, also while it is being opened, whatever is being read or
 * written. Connected once; may be closed by any thread.
 */
final class BrokerSocket extends Socket {

  private final MqttSettings settings;
  private final @Nullable SSLSocketFactory tls;
  private final boolean expectsMqtt5;
  private final int longestPacket;
  private final Runnable ended;
  private final Socket plain = new Socket();
  private volatile @Nullable PacketGate gate;

  /**
   * A socket that is not connected.
   *
   * @param tls null if the address is without TLS
   * @param expectsMqtt5 whether an answer in MQTT 3.1.1 is one of a broker that does not understand
   * @param longestPacket what is read of one packet at most, in bytes
   * @param ended runs when it is closed, by whomever; may run more than once
   */
  BrokerSocket(
      MqttSettings settings,
      @Nullable SSLSocketFactory tls,
      boolean expectsMqtt5,
      int longestPacket,
      Runnable ended) {
    this.settings = settings;
    this.tls = tls;
    this.expectsMqtt5 = expectsMqtt5;
    this.longestPacket = longestPacket;
    this.ended = ended;
  }

  /**
   * Opens it with all of its layers. Each has the settings' whole time-out, which is finer than
   * Paho's; whoever waits for all of them closes it when it takes too long.
   */
  @Override
  public void connect(SocketAddress address, int ignored) throws IOException {
    BrokerAddress broker = settings.broker();
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new UnknownHostException(broker.host());
    }
    int millis = (int) settings.connectTimeout().toMillis();
    plain.connect(address, millis);
    plain.setSoTimeout(millis);
    plain.setTcpNoDelay(true);
    Socket carrier =
        tls == null
            ? plain
            : ClientHandshake.over(plain, tls, broker.host(), broker.port(), settings.alpn());
    InputStream in = new BufferedInputStream(carrier.getInputStream());
    OutputStream out = carrier.getOutputStream();
    if (broker.resource() != null) {
      WebSocketStreams webSocket =
          WebSocketStreams.open(in, out, broker.authority(), broker.resource());
      in = webSocket.in();
      out = webSocket.out();
    }
    gate = new PacketGate(in, out, expectsMqtt5, longestPacket);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return opened().in();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return opened().out();
  }

  private PacketGate opened() throws SocketException {
    PacketGate now = gate;
    if (now == null) {
      throw new SocketException("not connected");
    }
    return now;
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    plain.setSoTimeout(millis);
  }

  /** Paho does this before it closes; what is about to be closed needs no half of it. */
  @Override
  public void shutdownInput() {}

  /** Ends it, whatever waits in it: closing TLS in good order would wait for who writes. */
  @Override
  public synchronized void close() throws IOException {
    try {
      plain.close();
    } finally {
      ended.run();
    }
  }

  /** Gives Paho this socket, and no other. */
  SocketFactory factory() {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return BrokerSocket.this;
      }

      @Override
      public Socket createSocket(String host, int port) {
        throw connectsByItself();
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw connectsByItself();
      }

      @Override
      public Socket createSocket(InetAddress host, int port) {
        throw connectsByItself();
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw connectsByItself();
      }
    };
  }

  private static UnsupportedOperationException connectsByItself() {
    return new UnsupportedOperationException("Paho connects by itself");
  }
}
