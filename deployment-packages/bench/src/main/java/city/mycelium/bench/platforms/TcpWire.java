package city.mycelium.bench.platforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Passes TCP connections on to a port of this machine. What goes wrong is what goes wrong with TCP:
 * a connection ends in the middle of a message, or before an answer; or it stands and nothing comes
 * any more. Between two connections there is no order, within one there always is.
 */
final class TcpWire implements Wire {

  private static final int CHUNK = 16 * 1_024;
  private static final int BACKLOG = 50;
  private static final long DELAY_NANOS = 20_000_000;
  private static final long DETOUR_NANOS = 150_000_000;

  private final Fault fault;
  private final Strikes strikes;
  private final InetSocketAddress here;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger slowed = new AtomicInteger();
  private volatile int target;
  private volatile @Nullable ServerSocket server;

  TcpWire(Fault fault, Strikes strikes, int target) throws IOException {
    this.fault = fault;
    this.strikes = strikes;
    this.target = target;
    ServerSocket begun = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    here = new InetSocketAddress(InetAddress.getLoopbackAddress(), begun.getLocalPort());
    listen(begun);
  }

  private void listen(ServerSocket begun) {
    server = begun;
    Daemon.start("wire-accept", () -> accept(begun));
  }

  @Override
  public int port() {
    return here.getPort();
  }

  @Override
  public void leadTo(int port) {
    target = port;
  }

  @Override
  public int struck() {
    return strikes.count() + slowed.get();
  }

  @Override
  public void cut() {
    ServerSocket open = server;
    if (open != null) {
      Daemon.close(open);
      server = null;
    }
    links.forEach(Link::end);
  }

  @Override
  public void mend() throws IOException {
    ServerSocket begun = new ServerSocket();
    begun.setReuseAddress(true); // those that were cut off still hold the port
    begun.bind(here, BACKLOG);
    listen(begun);
  }

  @Override
  public void close() {
    cut();
  }

  private void accept(ServerSocket at) {
    while (!at.isClosed()) {
      try {
        Socket near = at.accept();
        try {
          Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
          near.setTcpNoDelay(true);
          far.setTcpNoDelay(true);
          Link link = new Link(near, far, accepted.getAndIncrement());
          links.add(link);
          Daemon.start("wire-up", link::up);
          Daemon.start("wire-down", link::down);
        } catch (IOException e) { // the platform is not there
          Daemon.close(near);
        }
      } catch (IOException e) { // cut
        return;
      }
    }
  }

  private final class Link {
    private final Socket near;
    private final Socket far;
    private final boolean isDetour;
    private volatile boolean isDead;

    Link(Socket near, Socket far, int number) {
      this.near = near;
      this.far = far;
      isDetour = fault == Fault.REORDER && number % 2 == 0;
    }

    void end() {
      Daemon.close(near);
      Daemon.close(far);
      links.remove(this);
    }

    void up() {
      pass(near, far, true);
    }

    void down() {
      pass(far, near, false);
    }

    private void pass(Socket from, Socket to, boolean up) {
      byte[] chunk = new byte[CHUNK];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
          if (isDead) {
            continue; // swallowed: nobody hears, and nobody is told
          }
          int passing = up ? upwards(length) : downwards(length);
          out.write(chunk, 0, passing);
          if (passing < length && !isDead) {
            break;
          }
        }
      } catch (IOException e) {
        // One side hung up or was cut off: the other follows, below.
      }
      if (up || !isDead) { // of a dead line only the gateway can be the one to give up
        end();
      }
    }

    /** How much of what goes to the platform gets through. */
    private int upwards(int length) {
      if (fault == Fault.DROP && strikes.now()) {
        return length / 2;
      }
      if (fault == Fault.DELAY) {
        pause(DELAY_NANOS);
      } else if (isDetour) {
        pause(DETOUR_NANOS);
      }
      return length;
    }

    /** How much of what the platform says gets through. */
    private int downwards(int length) {
      if (fault == Fault.DUPLICATE && strikes.now()) {
        return 0;
      }
      if (fault == Fault.HANG && strikes.now()) {
        isDead = true;
        return 0;
      }
      if (fault == Fault.DELAY) {
        pause(DELAY_NANOS);
      }
      return length;
    }
  }

  private void pause(long nanos) {
    slowed.incrementAndGet();
    LockSupport.parkNanos(nanos);
  }
}
