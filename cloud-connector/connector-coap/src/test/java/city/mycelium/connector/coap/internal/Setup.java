package city.mycelium.connector.coap.internal;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings for a server of the test, with short times; each test changes what it is about. */
final class Setup {

  private final String uri;
  private Security security = new Security.None();
  private int nstart = 1;
  private int blockSize = 1_024;
  private Duration ackTimeout = Duration.ofMillis(300);
  private Duration connectTimeout = Duration.ofSeconds(8);
  private Duration answerTimeout = Duration.ofSeconds(20);
  private Duration keepAlive = Duration.ZERO;
  private int maxRetransmit = 4;
  private String directory = "";
  private @Nullable ObjectSecurity oscore;

  private Setup(String uri) {
    this.uri = uri;
  }

  static Setup to(String uri) {
    return new Setup(uri);
  }

  static Setup udp(int port) {
    return to("coap://127.0.0.1:" + port + "/city");
  }

  static Setup dtls(int port, Security security) {
    return to("coaps://127.0.0.1:" + port + "/city").security(security);
  }

  Setup security(Security how) {
    security = how;
    return this;
  }

  Setup nstart(int messages) {
    nstart = messages;
    return this;
  }

  Setup blockSize(int bytes) {
    blockSize = bytes;
    return this;
  }

  Setup ackTimeout(Duration time) {
    ackTimeout = time;
    return this;
  }

  /** Before a message on a bad link is given up. */
  Setup patient() {
    maxRetransmit = 9;
    answerTimeout = Duration.ofMinutes(1);
    return this;
  }

  Setup connectTimeout(Duration time) {
    connectTimeout = time;
    return this;
  }

  Setup answerTimeout(Duration time) {
    answerTimeout = time;
    return this;
  }

  Setup keepAlive(Duration time) {
    keepAlive = time;
    return this;
  }

  Setup directory(String rd) {
    directory = rd;
    return this;
  }

  Setup oscore(ObjectSecurity how) {
    oscore = how;
    return this;
  }

  CoapSettings settings() {
    return new CoapSettings(
        "city",
        CoapAddress.parse(uri),
        false,
        security,
        oscore,
        new Pace(
            nstart, blockSize, ackTimeout, maxRetransmit, connectTimeout, answerTimeout, keepAlive),
        directory.isEmpty()
            ? null
            : new Directory(
                CoapAddress.parse(directory), "mushroomgateway", Duration.ofSeconds(90_000)),
        Duration.ofMillis(50),
        Duration.ofMillis(400));
  }

  /** A UDP port that nobody listens on now. */
  static int freePort() {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    } catch (SocketException e) {
      throw new AssertionError(e);
    }
  }
}
