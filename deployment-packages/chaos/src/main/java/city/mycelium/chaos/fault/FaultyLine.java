package city.mycelium.chaos.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A line between the gateway and the broker that can be cut, or go dead without a word. Safe for
 * use by many threads.
 */
public final class FaultyLine implements AutoCloseable {

  private static final int BUFFER_BYTES = 16_384;

  private final ServerSocket listening;
  private final int to;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean dead = new AtomicBoolean();

  private FaultyLine(ServerSocket listening, int to) {
    this.listening = listening;
    this.to = to;
  }

  /**
   * Lays a line.
   *
   * @param to the port on this machine that it leads to
   */
  public static FaultyLine to(int to) throws IOException {
    FaultyLine line = new FaultyLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), to);
    daemon("line", line::accept);
    return line;
  }

  /** Where it begins. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Every connection is reset (TCP RST), as by a router that has forgotten it. */
  public void reset() {
    open.forEach(FaultyLine::reset);
  }

  /**
   * From now on, or no longer, connections stay open and nothing gets through: half-open, as when a
   * modem loses its carrier. What was swallowed is gone, so its connection is reset at the end.
   */
  public void setDead(boolean dead) {
    this.dead.set(dead);
    if (!dead) {
      reset();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        daemon("line-up", () -> connect(near));
      } catch (IOException e) {
        // The line is being closed, or one caller hung up at once: the next may come.
      }
    }
  }

  private void connect(Socket near) {
    open.add(near);
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
      open.add(far);
      daemon("line-down", () -> pump(far, near));
      pump(near, far);
    } catch (IOException e) {
      reset(near); // nobody is at the far end
    }
  }

  private void pump(Socket from, Socket into) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      int count;
      while ((count = in.read(buffer)) >= 0) {
        if (!dead.get()) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // One end has gone, and so goes the other.
    } finally {
      open.remove(from);
      open.remove(into);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0); // a close then sends RST (socket(7), SO_LINGER)
      socket.close();
    } catch (SocketException e) {
      // It is closed already.
    } catch (IOException e) {
      // It is broken: that was wanted.
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    reset();
  }
}
