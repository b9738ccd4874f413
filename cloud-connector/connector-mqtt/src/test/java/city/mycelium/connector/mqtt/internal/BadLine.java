package city.mycelium.connector.mqtt.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port that behaves as badly as the test wants: passes everything on to a broker, passes
 * nothing any more, cuts what stands, closes what comes, or takes it and says nothing.
 */
final class BadLine implements AutoCloseable {

  /** What it does with a new connection. */
  enum Manner {
    PASS_ON,
    CLOSE_AT_ONCE,
    SAY_NOTHING
  }

  private final ServerSocket server;
  private final int brokerPort;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Manner manner;
  private volatile boolean frozen;

  private BadLine(Manner manner, int brokerPort) {
    this.manner = manner;
    this.brokerPort = brokerPort;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread("accept", this::accept);
  }

  static BadLine to(int brokerPort) {
    return new BadLine(Manner.PASS_ON, brokerPort);
  }

  static BadLine thatOnly(Manner manner) {
    return new BadLine(manner, 0);
  }

  int port() {
    return server.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  void become(Manner other) {
    manner = other;
  }

  /** From now on nothing passes in either direction, and nobody is told. */
  void freeze() {
    frozen = true;
  }

  /** What stands breaks; new connections are as good as ever. */
  void cut() {
    sockets.forEach(BadLine::close);
    sockets.clear();
    frozen = false;
  }

  @Override
  public void close() {
    close(server);
    cut();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = server.accept();
        accepted.incrementAndGet();
        switch (manner) {
          case CLOSE_AT_ONCE -> client.close();
          case SAY_NOTHING -> sockets.add(client);
          case PASS_ON -> {
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
            sockets.add(client);
            sockets.add(broker);
            thread("there", () -> pass(client, broker));
            thread("back", () -> pass(broker, client));
          }
        }
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
        // The broker behind is not there: the client that was just taken is let go.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!frozen) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // It was cut: so is the other end.
    }
  }

  private static void thread(String name, Runnable task) {
    Thread thread = new Thread(task, "bad-line-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(@Nullable AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception e) { // AutoCloseable's: it was closed already
      throw new IllegalStateException(e);
    }
  }
}
