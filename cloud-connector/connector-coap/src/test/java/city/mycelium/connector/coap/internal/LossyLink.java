package city.mycelium.connector.coap.internal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A link over UDP on which datagrams get lost, wait, double and overtake each other, by count: the
 * same datagrams always meet the same fate. Like a NAT, it can come from another port any time.
 */
final class LossyLink implements AutoCloseable {

  private static final int DTLS_HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int HANDSHAKE_TYPE_AT = 13;

  /** What happens to the datagram of this number, from 1, in its direction. */
  @FunctionalInterface
  interface Fate {
    /** How many copies are passed on now; -1: it waits for the next one and then follows it. */
    int copies(int number, byte[] datagram);
  }

  static final Fate PASS = (number, datagram) -> 1;

  /** One in ten gets lost, one in twenty doubles, one in twenty is overtaken. */
  static final Fate BAD =
      (number, datagram) -> {
        int lot = new Random(7L * number).nextInt(20);
        return lot < 2 ? 0 : lot == 2 ? 2 : lot == 3 ? -1 : 1;
      };

  final AtomicInteger clientHellos = new AtomicInteger();
  final AtomicInteger up = new AtomicInteger();
  final AtomicInteger down = new AtomicInteger();
  private final DatagramSocket inner;
  private final InetSocketAddress server;
  private volatile DatagramSocket outer;
  private volatile @Nullable SocketAddress client;
  private volatile Fate upward = PASS;
  private volatile Fate downward = PASS;
  private volatile int rebindEvery;
  final AtomicInteger rebindings = new AtomicInteger();

  LossyLink(int serverPort) throws IOException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    inner = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    outer = newOuter();
    daemon(this::carryUp);
  }

  LossyLink fates(Fate up, Fate down) {
    upward = up;
    downward = down;
    return this;
  }

  /** From now on the source port changes after so many datagrams. */
  LossyLink rebindEvery(int datagrams) {
    rebindEvery = datagrams;
    return this;
  }

  int port() {
    return inner.getLocalPort();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "lossy-link");
    thread.setDaemon(true);
    thread.start();
  }

  private DatagramSocket newOuter() throws IOException {
    DatagramSocket made =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    daemon(() -> carryDown(made));
    return made;
  }

  private void carryUp() {
    List<byte[]> waiting = new ArrayList<>();
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        inner.receive(packet);
        client = packet.getSocketAddress();
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        if (bytes.length > HANDSHAKE_TYPE_AT
            && bytes[0] == DTLS_HANDSHAKE
            && bytes[HANDSHAKE_TYPE_AT] == CLIENT_HELLO) {
          clientHellos.incrementAndGet();
        }
        int number = up.incrementAndGet();
        if (rebindEvery > 0 && number % rebindEvery == 0) {
          DatagramSocket before = outer;
          outer = newOuter();
          before.close();
          rebindings.incrementAndGet();
        }
        DatagramSocket to = outer;
        pass(upward, number, bytes, waiting, datagram -> to.send(packet(datagram, server)));
      }
    } catch (IOException e) {
      outer.close(); // the test is over
    }
  }

  private void carryDown(DatagramSocket from) {
    List<byte[]> waiting = new ArrayList<>();
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        from.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        SocketAddress to = client;
        if (to != null) {
          pass(
              downward,
              down.incrementAndGet(),
              bytes,
              waiting,
              datagram -> inner.send(packet(datagram, to)));
        }
      }
    } catch (IOException e) {
      return; // rebound, or the test is over
    }
  }

  @FunctionalInterface
  private interface Way {
    void send(byte[] datagram) throws IOException;
  }

  private static void pass(Fate fate, int number, byte[] datagram, List<byte[]> waiting, Way way)
      throws IOException {
    int copies = fate.copies(number, datagram);
    for (int i = 0; i < copies; i++) {
      way.send(datagram);
    }
    for (byte[] overtaken : waiting) {
      way.send(overtaken);
    }
    waiting.clear();
    if (copies < 0) {
      waiting.add(datagram);
    }
  }

  private static DatagramPacket packet(byte[] bytes, SocketAddress to) {
    return new DatagramPacket(bytes, bytes.length, to);
  }

  @Override
  public void close() {
    inner.close();
    outer.close();
  }
}
