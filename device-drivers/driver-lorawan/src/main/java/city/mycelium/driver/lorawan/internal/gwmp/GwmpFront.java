package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to packet forwarders on a UDP port, with a thread of its own that does nothing but take
 * datagrams. If the port cannot be opened it is tried again. Safe for use by many threads.
 */
public final class GwmpFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GwmpFront.class);

  private final GwmpSettings settings;
  private final Scheduler loop;
  private final Scheduler timers;
  private final Backoff backoff;
  private final Forwarders forwarders;
  private final Logger log;
  private volatile @Nullable DatagramChannel channel;
  private volatile boolean closed;
  private String trouble = "";

  /**
   * A front end that does not listen yet.
   *
   * @param listener hears on the thread that takes datagrams, and must return at once
   */
  public GwmpFront(
      GwmpSettings settings,
      RadioListener listener,
      Clock clock,
      Schedulers schedulers,
      RandomGenerator random) {
    this(settings, listener, clock, schedulers, random, LOG);
  }

  GwmpFront(
      GwmpSettings settings,
      RadioListener listener,
      Clock clock,
      Schedulers schedulers,
      RandomGenerator random,
      Logger log) {
    this.settings = settings;
    this.log = log;
    loop = schedulers.serial("lorawan-udp");
    timers = schedulers.serial("lorawan-udp-timers");
    backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
    forwarders =
        new Forwarders(settings, listener, this::send, clock, timers, random.nextInt(1 << 16), log);
  }

  /** Begins to listen; returns at once. */
  public void start() {
    forwarders.start();
    loop.execute(this::listen);
  }

  /** The port that is listened on; nothing while there is none. */
  public OptionalInt port() {
    DatagramChannel open = channel;
    try {
      return open != null && open.getLocalAddress() instanceof InetSocketAddress address
          ? OptionalInt.of(address.getPort())
          : OptionalInt.empty();
    } catch (IOException e) { // it was closed this moment
      return OptionalInt.empty();
    }
  }

  /** How it is. */
  public GwmpStatus status() {
    return forwarders.status();
  }

  /** Stops listening; returns when nothing more is heard. What waits for TX_ACK is not sent. */
  @Override
  public void close() {
    closed = true;
    shut();
    loop.close();
    timers.close();
    forwarders.close();
  }

  private void listen() {
    if (closed) {
      return;
    }
    try {
      DatagramChannel opened = open();
      channel = opened;
      if (closed) { // meanwhile: then nobody has closed it
        shut();
        return;
      }
      backoff.reset();
      trouble = "";
      log.info("packet forwarders are listened to at {}", opened.getLocalAddress());
      hintAtBuffer(opened);
      takeAll(opened);
    } catch (ClosedChannelException e) {
      // By close(): that was wanted.
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(trouble)) {
        trouble = why;
        log.warn(
            "packet forwarders cannot be listened to at {} port {}, trying again: {}; does another"
                + " program use the port?",
            settings.bindAddress().getHostAddress(),
            settings.port(),
            why);
      }
    }
    shut();
    if (!closed) {
      loop.after(backoff.next(), this::listen);
    }
  }

  private DatagramChannel open() throws IOException {
    boolean four = settings.bindAddress() instanceof Inet4Address;
    DatagramChannel opened =
        DatagramChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      opened.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes());
      opened.bind(new InetSocketAddress(settings.bindAddress(), settings.port()));
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void hintAtBuffer(DatagramChannel opened) throws IOException {
    int given = opened.getOption(StandardSocketOptions.SO_RCVBUF);
    if (given < settings.receiveBufferBytes()) {
      log.info(
          "packet forwarders: the kernel keeps {} bytes while the gateway is busy, not the {} that"
              + " were asked for; for hundreds of frames a second set net.core.rmem_max to that",
          given,
          settings.receiveBufferBytes());
    }
  }

  private void takeAll(DatagramChannel from) throws IOException {
    // One byte more than is allowed shows that there were more.
    ByteBuffer buffer = ByteBuffer.allocateDirect(settings.maxDatagramBytes() + 1);
    while (!closed) {
      buffer.clear();
      if (from.receive(buffer) instanceof InetSocketAddress sender) {
        forwarders.received(buffer.flip(), sender);
      }
    }
  }

  private void send(byte[] datagram, InetSocketAddress to) throws IOException {
    DatagramChannel open = channel;
    if (open == null) {
      throw new IOException("the port is not open");
    }
    open.send(ByteBuffer.wrap(datagram), to);
  }

  private void shut() {
    DatagramChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.debug("closing the port: {}", e.getMessage());
      }
    }
  }
}
