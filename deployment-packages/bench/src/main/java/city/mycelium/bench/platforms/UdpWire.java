package city.mycelium.bench.platforms;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes datagrams on to a port of this machine; each may get lost, late, or come twice. */
final class UdpWire implements Wire {

  private static final int LONGEST = 65_535;
  private static final long LATE_MILLIS = 150;
  private static final long HANG_NANOS = 1_500_000_000;

  private final Fault fault;
  private final Strikes strikes;
  private final DatagramSocket front;
  private final Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger struck = new AtomicInteger();
  private final ScheduledExecutorService late =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "wire-late");
            thread.setDaemon(true);
            return thread;
          });
  private volatile int target;
  private volatile boolean isCut;
  private volatile long deadUntilNanos = System.nanoTime();

  UdpWire(Fault fault, Strikes strikes, int target) throws IOException {
    this.fault = fault;
    this.strikes = strikes;
    this.target = target;
    front = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Daemon.start("wire-up", this::up);
  }

  @Override
  public int port() {
    return front.getLocalPort();
  }

  @Override
  public void leadTo(int port) {
    target = port;
  }

  @Override
  public void cut() {
    isCut = true;
  }

  @Override
  public void mend() {
    isCut = false;
  }

  @Override
  public int struck() {
    return struck.get();
  }

  @Override
  public void close() {
    front.close();
    backs.values().forEach(DatagramSocket::close);
    late.shutdownNow();
  }

  private void up() {
    receive(
        front,
        packet -> {
          DatagramSocket back = back(packet.getSocketAddress());
          byte[] bytes = bytes(packet);
          pass(
              () ->
                  back.send(
                      new DatagramPacket(
                          bytes, bytes.length, InetAddress.getLoopbackAddress(), target)));
        });
  }

  /** Each client has a port of its own at the platform's side. */
  private DatagramSocket back(SocketAddress client) throws IOException {
    DatagramSocket known = backs.get(client);
    if (known != null) {
      return known;
    }
    DatagramSocket back =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    backs.put(client, back);
    Daemon.start(
        "wire-down",
        () ->
            receive(
                back,
                packet -> {
                  byte[] bytes = bytes(packet);
                  pass(() -> front.send(new DatagramPacket(bytes, bytes.length, client)));
                }));
    return back;
  }

  private static byte[] bytes(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @FunctionalInterface
  private interface Taker {
    void take(DatagramPacket packet) throws IOException;
  }

  @FunctionalInterface
  private interface Passing {
    void pass() throws IOException;
  }

  private static void receive(DatagramSocket socket, Taker taker) {
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        socket.receive(packet);
        taker.take(packet);
      } catch (IOException e) { // closed; or nobody is there just now, which UDP tells the sender
        continue;
      }
    }
  }

  private void pass(Passing passing) throws IOException {
    int number = passed.getAndIncrement();
    if (isCut || deadUntilNanos - System.nanoTime() > 0) {
      return;
    }
    switch (fault) {
      case DROP -> {
        if (number % 5 == 2) {
          struck.incrementAndGet();
        } else {
          passing.pass();
        }
      }
      case DUPLICATE -> {
        passing.pass();
        if (number % 2 == 1) {
          struck.incrementAndGet();
          passing.pass();
        }
      }
      case DELAY -> later(passing);
      case REORDER -> {
        if (number % 3 == 0) {
          later(passing);
        } else {
          passing.pass();
        }
      }
      case HANG -> {
        if (strikes.now()) {
          struck.incrementAndGet();
          deadUntilNanos = System.nanoTime() + HANG_NANOS;
        } else {
          passing.pass();
        }
      }
      default -> passing.pass();
    }
  }

  private void later(Passing passing) {
    struck.incrementAndGet();
    try {
      var unused =
          late.schedule(
              () -> {
                passing.pass();
                return true;
              },
              LATE_MILLIS,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) { // the cell is over
      return;
    }
  }
}
