package city.mycelium.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Passes bytes on to a port of this machine and counts them, both ways. */
final class CountingProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final AtomicLong bytes = new AtomicLong();

  private CountingProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  static CountingProxy to(int target) throws IOException {
    CountingProxy proxy =
        new CountingProxy(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), target);
    daemon("proxy-accept", proxy::accept);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        daemon("proxy-up", () -> pass(client, far));
        daemon("proxy-down", () -> pass(far, client));
      } catch (IOException e) { // the benchmark ends by closing the server socket
        return;
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1_024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.addAndGet(n);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) { // one side hung up: the other follows
      return;
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
