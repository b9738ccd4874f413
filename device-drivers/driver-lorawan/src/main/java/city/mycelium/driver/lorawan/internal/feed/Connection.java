package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.tls.PemException;
import city.mycelium.driver.lorawan.internal.tls.PemFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker, on which everything is listened to that is to be. Reading is for one
 * thread; the rest is safe for use by many.
 */
final class Connection implements AutoCloseable {

  private static final int SUBSCRIPTION = 1;

  /** SUBACK (MQTT 3.1.1, 3.9.3): what was granted, or that it was not. */
  private static final int REFUSED = 0x80;

  private final FeedSettings settings;
  private final Socket plain;
  private final OutputStream out;
  private final InputStream in;
  private boolean atLeastOnce = true;

  private Connection(FeedSettings settings, Socket plain, Socket secured) throws IOException {
    this.settings = settings;
    this.plain = plain;
    in = new BufferedInputStream(secured.getInputStream());
    out = secured.getOutputStream();
  }

  /**
   * Connects and subscribes.
   *
   * @param registered gets the socket before anything can block, to close it from outside
   * @throws IOException if it does not work; the message is for a person
   */
  static Connection open(FeedSettings settings, Consumer<Socket> registered) throws IOException {
    Socket plain = new Socket();
    registered.accept(plain);
    try {
      int timeout = (int) settings.connectTimeout().toMillis();
      InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(settings.host());
      }
      plain.connect(address, timeout);
      plain.setSoTimeout(timeout);
      plain.setTcpNoDelay(true);
      Connection connection = new Connection(settings, plain, secured(settings, plain));
      connection.introduce();
      plain.setSoTimeout(0); // whether the broker is still there is asked by PINGREQ
      return connection;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket secured(FeedSettings settings, Socket plain) throws IOException {
    PemFiles files = settings.tls();
    if (files == null) {
      return plain;
    }
    try {
      SSLSocket secure =
          (SSLSocket)
              files
                  .context()
                  .getSocketFactory()
                  .createSocket(plain, settings.host(), settings.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is for this host
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (PemException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void introduce() throws IOException {
    write(
        Packets.connect(
            settings.clientId(),
            (int) settings.keepAlive().toSeconds(),
            settings.user(),
            password()));
    Packet connack = await(Packet.CONNACK);
    int code = connack.body().length < 2 ? -1 : connack.body()[1] & 0xff;
    if (code != 0) {
      throw new IOException(refusal(code));
    }
    write(Packets.subscribe(SUBSCRIPTION, settings.topics()));
  }

  /** MQTT 3.1.1, table 3.1. */
  private static String refusal(int code) {
    return switch (code) {
      case 1 -> "it does not speak MQTT 3.1.1";
      case 2 -> "it does not accept the client id: choose another";
      case 3 -> "it is not available";
      case 4 -> "wrong user or password: check user and passwordFile";
      case 5 -> "not authorized: check user, passwordFile and the broker's access rules";
      default -> "it refuses with code " + code;
    };
  }

  private byte @Nullable [] password() throws IOException {
    Path file = settings.passwordFile();
    if (file == null) {
      return null;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      int length = bytes.length;
      while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
        length--;
      }
      return Arrays.copyOf(bytes, length);
    } catch (IOException e) {
      throw new IOException(
          "the password file " + file + " cannot be read: is it there, may the gateway read it?",
          e);
    }
  }

  private Packet await(int type) throws IOException {
    Packet packet = read();
    if (packet.type() != type) {
      throw new IOException("it answers with another packet than was asked for");
    }
    return packet;
  }

  /** The next packet; waits for it. */
  Packet read() throws IOException {
    return Packet.read(in, settings.maxMessageBytes());
  }

  /**
   * Looks at the answer to the subscription. What the broker kept for us may come before it (MQTT
   * 3.1.1, 3.8.4).
   *
   * @throws IOException if one of the topics may not be listened to
   */
  void subscribed(Packet suback) throws IOException {
    byte[] codes = suback.body();
    for (int i = 2; i < codes.length; i++) {
      int code = codes[i] & 0xff;
      if (code == REFUSED) {
        int index = Math.min(i - 2, settings.topics().size() - 1);
        throw new IOException(
            "it does not let us listen to "
                + settings.topics().get(index)
                + ": check user and topics");
      }
      if (code == 0) {
        atLeastOnce = false;
      }
    }
  }

  /** Whether the broker keeps what comes while we are away. */
  boolean isAtLeastOnce() {
    return atLeastOnce;
  }

  synchronized void write(byte[] packet) throws IOException {
    out.write(packet);
    out.flush();
  }

  /** Ends it, whatever waits in it: closing TLS in good order would wait for who writes. */
  @Override
  public void close() throws IOException {
    plain.close();
  }

  /** What went wrong, for a person. */
  static String words(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return failure.getMessage()
          + " is a name that nobody knows: check the address, and the network's DNS";
    }
    if (failure instanceof ConnectException) {
      return "nobody listens there: does the broker run, is the port right?";
    }
    if (failure instanceof SocketTimeoutException) {
      return "it does not answer: is it an MQTT broker, and does it expect TLS or not?";
    }
    if (failure instanceof SSLException) {
      return "TLS failed: " + failure.getMessage();
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
