package city.mycelium.bench.dialects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Accepts every connection, and from some moment on says nothing, for ever. */
final class SilentServer implements AutoCloseable {

  /** CONNACK: no session, success, no properties (MQTT 5, 3.2). */
  private static final byte[] CONNACK = {0x20, 0x03, 0x00, 0x00, 0x00};

  private final ServerSocket socket;
  private final boolean greets;
  private final List<Socket> connections = new ArrayList<>();

  private SilentServer(boolean greets) {
    this.greets = greets;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port on this machine", e);
    }
    start("silent-server", this::accept);
  }

  /** Reads what comes, and never says a word. */
  static SilentServer mute() {
    return new SilentServer(false);
  }

  /** Greets as an MQTT 5 broker does; then as {@link #mute}. */
  static SilentServer greeting() {
    return new SilentServer(true);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        synchronized (connections) {
          connections.add(connection);
        }
        start("silent-connection", () -> read(connection));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void read(Socket connection) {
    byte[] bytes = new byte[8_192];
    try {
      InputStream in = connection.getInputStream();
      if (greets && in.read(bytes) > 0) {
        connection.getOutputStream().write(CONNACK);
      }
      while (in.read(bytes) >= 0) {
        // Nobody answers.
      }
    } catch (IOException e) {
      // Whoever it was has gone.
    }
  }

  private static void start(String name, Runnable what) {
    Thread thread = new Thread(what, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    synchronized (connections) {
      for (Socket connection : connections) {
        connection.close();
      }
    }
  }
}
