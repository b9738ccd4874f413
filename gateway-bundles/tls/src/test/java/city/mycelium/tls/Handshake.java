package city.mycelium.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A handshake between two sockets of this machine, and one byte from the server. */
final class Handshake {

  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();

  private Handshake() {}

  /** What the client made of it: null if all is well. */
  static @Nullable Exception between(TlsFiles server, TlsFiles client, boolean wantsCertificate)
      throws Exception {
    return between(server, List.of(), client, Alpn.NONE, wantsCertificate);
  }

  /**
   * The same with protocols that are offered, and those that the server speaks; if it speaks none
   * it knows nothing of ALPN.
   */
  static @Nullable Exception between(
      TlsFiles server, List<String> spoken, TlsFiles client, Alpn offered, boolean wantsCertificate)
      throws Exception {
    try (SSLServerSocket listening =
        (SSLServerSocket)
            server
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setNeedClientAuth(wantsCertificate);
      SSLParameters parameters = listening.getSSLParameters();
      parameters.setApplicationProtocols(spoken.toArray(String[]::new));
      listening.setSSLParameters(parameters);
      Thread answering = new Thread(() -> answer(listening), "tls server of the test");
      answering.setDaemon(true);
      answering.start();
      return call(listening.getLocalPort(), client, offered, spoken);
    }
  }

  private static @Nullable Exception call(
      int port, TlsFiles client, Alpn offered, List<String> spoken) throws Exception {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      SSLSocket secure =
          ClientHandshake.over(plain, client.socketFactory(), "localhost", port, offered);
      if (!spoken.isEmpty() && !offered.protocols().isEmpty()) {
        assertThat(secure.getApplicationProtocol()).isIn(spoken).isIn(offered.protocols());
      }
      // Only listening: who writes into a connection that was refused may not hear why.
      return secure.getInputStream().read() == 1 ? null : new IOException("no byte came");
    } catch (IOException e) {
      return e;
    }
  }

  private static void answer(SSLServerSocket listening) {
    try (Socket socket = listening.accept()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(1);
    } catch (IOException e) {
      // The client hung up: what it made of that is what the test looks at.
    }
  }
}
