package city.mycelium.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The client's part of TLS over a connection that stands. */
public final class ClientHandshake {

  private ClientHandshake() {}

  /**
   * Shakes hands, and checks that the certificate is for that host (RFC 2818, 3.1). Blocks for as
   * long as the connection's own time-out for reading allows. Afterwards the connection belongs to
   * the socket that is returned; if it fails it is still the caller's to close.
   *
   * <p>A server that knows nothing of ALPN ignores what is offered (RFC 7301, 3.2), and so do we
   * then: what it speaks shows soon enough.
   *
   * @param sockets what is trusted and shown: {@link TlsFiles#socketFactory()}
   * @param host the name that the certificate must be for; an IPv6 address with or without brackets
   * @throws IOException if it fails; {@link TlsWords} has words for it
   */
  public static SSLSocket over(
      Socket connected, SSLSocketFactory sockets, String host, int port, Alpn alpn)
      throws IOException {
    SSLSocket secure =
        (SSLSocket) sockets.createSocket(connected, host.replaceAll("[\\[\\]]", ""), port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!alpn.protocols().isEmpty()) {
      parameters.setApplicationProtocols(alpn.protocols().toArray(String[]::new));
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}
