package city.mycelium.connector.http.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP port that waits for a request and then does as the test wants. */
final class Liar implements AutoCloseable {

  /** What it does when a request has begun to come. */
  interface Manner {
    void answer(OutputStream out) throws IOException;
  }

  /** Says nothing, for as long as somebody waits. */
  static final Manner NOTHING = out -> {};

  /** How many requests have begun to come. */
  final AtomicInteger requests = new AtomicInteger();

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final boolean hangsUp;
  private volatile Manner manner;

  private Liar(boolean hangsUp, Manner manner) throws IOException {
    this.hangsUp = hangsUp;
    this.manner = manner;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  /** Hangs up afterwards. */
  static Liar thatSaysAndGoes(String text) throws IOException {
    return new Liar(true, out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Stays, and says no more. */
  static Liar thatSaysAndStays(String text) throws IOException {
    return new Liar(false, out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static Liar thatGoesOnAndOn(Manner manner) throws IOException {
    return new Liar(true, manner);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        thread(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      byte[] some = new byte[4096];
      if (socket.getInputStream().read(some) > 0) { // not if somebody only knocks
        requests.incrementAndGet();
        manner.answer(socket.getOutputStream());
        socket.getOutputStream().flush();
        if (hangsUp) {
          socket.shutdownOutput();
          while (socket.getInputStream().read(some) > 0) {
            // To its end, so that what was said is not lost in a reset.
          }
          socket.close();
        }
      } else {
        socket.close();
      }
    } catch (IOException e) {
      // The other side had enough.
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "liar");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
