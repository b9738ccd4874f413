package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.lorawan.internal.guard.Refusals;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to one network and keeps listening: connects, watches, begins anew with growing pauses. A
 * message is acknowledged when its uplink is kept, and what cannot be kept is asked for again, so
 * that nothing is lost between broker and journal. Safe for use by many threads. It has three of
 * its own: one reads, one writes, since either may wait for the broker, and one sees to it that
 * neither waits for ever.
 */
public final class NetworkFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkFeed.class);

  /** Uplinks that are handed on and not yet kept; while there are so many nothing is read. */
  private static final int MOST_WAITING = 1_000;

  /** A connection that has stood so long was a good one; the next pause is short again. */
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  private final FeedSettings settings;
  private final NetworkFormat format;
  private final FeedListener listener;
  private final Clock clock;
  private final Scheduler reader;
  private final Scheduler writer;
  private final Scheduler timers;
  private final Backoff backoff;
  private final Refusals<Refusal> refusals;
  private final Logger log;
  private final LongAdder messages = new LongAdder();
  private final LongAdder uplinks = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private volatile @Nullable Socket socket;
  private volatile @Nullable Connection standing;
  private volatile boolean closed;
  private volatile String trouble = "it has not been tried yet";
  private volatile long heardNanos;

  // From here on: touched by the reader's tasks only.

  private String lastLogged = "";
  private boolean saidOnce;

  /** A feed that is not connected yet. */
  public NetworkFeed(
      FeedSettings settings,
      NetworkFormat format,
      FeedListener listener,
      Clock clock,
      Schedulers schedulers,
      RandomGenerator random) {
    this(
        settings,
        format,
        listener,
        clock,
        schedulers,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random),
        LOG);
  }

  NetworkFeed(
      FeedSettings settings,
      NetworkFormat format,
      FeedListener listener,
      Clock clock,
      Schedulers schedulers,
      Backoff backoff,
      Logger log) {
    this.settings = settings;
    this.format = format;
    this.listener = listener;
    this.clock = clock;
    this.backoff = backoff;
    this.log = log;
    reader = schedulers.serial("lorawan-feed-" + settings.name());
    writer = schedulers.serial("lorawan-feed-writer-" + settings.name());
    timers = schedulers.serial("lorawan-feed-timers-" + settings.name());
    refusals = new Refusals<>(Refusal.class, "feed " + settings.name(), clock, log);
  }

  /** Begins; returns at once. */
  public void start() {
    reader.execute(this::attempt);
  }

  /** How it is. */
  public FeedStatus status() {
    boolean stands = standing != null;
    return new FeedStatus(
        settings.name(),
        stands,
        stands ? "" : trouble,
        messages.sum(),
        uplinks.sum(),
        MOST_WAITING - room.availablePermits(),
        others.sum(),
        refusals.counted());
  }

  /** Ends it; returns within seconds. What is not yet kept the broker sends again another time. */
  @Override
  public void close() {
    closed = true;
    cut();
    reader.close();
    writer.close();
    timers.close();
  }

  private void cut() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.debug("feed {}: closing: {}", settings.name(), e.getMessage());
      }
    }
  }

  private void attempt() {
    if (closed) {
      return;
    }
    try (Connection connection = Connection.open(settings, this::register)) {
      listen(connection);
    } catch (IOException e) {
      lost(Connection.words(e));
    } catch (RuntimeException e) { // a fault of ours must not end the feed for ever
      fault(e);
      lost("a fault in this program: " + e);
    }
    standing = null;
    if (!closed) {
      reader.after(backoff.next(), this::attempt);
    }
  }

  private void register(Socket made) {
    socket = made;
    if (closed) { // meanwhile: then nobody has closed it
      cut();
    }
  }

  private void lost(String why) {
    if (closed) {
      return;
    }
    trouble = why;
    if (!why.equals(lastLogged)) { // not each time again
      lastLogged = why;
      log.warn(
          "feed {}: {} is not connected, trying again: {}",
          settings.name(),
          settings.broker(),
          why);
    }
  }

  private void listen(Connection connection) throws IOException {
    Acknowledgements acknowledgements =
        new Acknowledgements(
            id -> write(connection, Packets.puback(id)),
            why -> {
              refusals.add(Refusal.NOT_KEPT, why);
              // After its pause, so that a full disk is not asked a thousand times a second.
              cutLater(connection);
            });
    heardNanos = clock.monotonicNanos();
    long since = heardNanos;
    timers.after(settings.keepAlive().dividedBy(2), () -> watch(connection));
    while (!closed) {
      Packet packet = connection.read();
      heardNanos = clock.monotonicNanos();
      if (heardNanos - since > STABLE_AFTER.toNanos()) {
        backoff.reset();
      }
      switch (packet.type()) {
        case Packet.PUBLISH -> published(packet, acknowledgements);
        case Packet.SUBACK -> subscribed(connection, packet);
        case Packet.PINGRESP -> {} // that it came is enough
        default -> throw new IOException("it sends a packet that was not asked for");
      }
    }
  }

  private void subscribed(Connection connection, Packet suback) throws IOException {
    connection.subscribed(suback);
    standing = connection;
    lastLogged = "";
    log.info("feed {}: connected to {}", settings.name(), settings.broker());
    if (!connection.isAtLeastOnce() && !saidOnce) {
      saidOnce = true;
      log.warn(
          "feed {}: {} sends each message only once (QoS 0): what comes while it is not connected"
              + " is lost",
          settings.name(),
          settings.broker());
    }
  }

  /** Asks whether the broker is there, and ends the connection if it no longer says so. */
  private void watch(Connection connection) {
    if (socket == null || closed || isOver(connection)) {
      return;
    }
    long silent = clock.monotonicNanos() - heardNanos;
    if (silent > settings.keepAlive().multipliedBy(3).dividedBy(2).toNanos()) {
      cut(connection);
      return;
    }
    writer.execute(() -> write(connection, Packets.pingreq()));
    timers.after(settings.keepAlive().dividedBy(2), () -> watch(connection));
  }

  private boolean isOver(Connection connection) {
    Connection now = standing;
    return now != null && now != connection;
  }

  private void cutLater(Connection connection) {
    timers.after(Duration.ofSeconds(1), () -> cut(connection));
  }

  private void cut(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      log.debug("feed {}: closing: {}", settings.name(), e.getMessage());
    }
  }

  /** If it cannot be written the line has ended, which whoever reads sees too. */
  private void write(Connection connection, byte[] packet) {
    try {
      connection.write(packet);
    } catch (IOException e) {
      log.debug("feed {}: the line has ended: {}", settings.name(), e.getMessage());
    }
  }

  private void published(Packet packet, Acknowledgements acknowledgements) throws IOException {
    messages.increment();
    Packet.Publish publish = packet.publish();
    NetworkUplink uplink = packet.isWhole() ? read(publish) : tooLong(publish);
    Acknowledgements.@Nullable Place place =
        publish.qos() == 0 ? null : acknowledgements.came(publish.id());
    if (uplink == null) {
      if (place != null) {
        writer.execute(() -> acknowledgements.done(place, null)); // no better a second time
      }
      return;
    }
    awaitRoom();
    CompletableFuture<Void> kept = handOn(uplink);
    var unused =
        kept.whenComplete(
            // Whoever keeps uplinks must not wait for the broker.
            (nothing, why) -> writer.execute(() -> kept(place, acknowledgements, why)));
  }

  private void kept(
      Acknowledgements.@Nullable Place place,
      Acknowledgements acknowledgements,
      @Nullable Throwable why) {
    if (place != null) {
      acknowledgements.done(place, why);
    } else if (why != null) {
      refusals.add(Refusal.NOT_KEPT, String.valueOf(why.getMessage()));
    }
    room.release();
  }

  private CompletableFuture<Void> handOn(NetworkUplink uplink) {
    uplinks.increment();
    try {
      return listener.received(uplink);
    } catch (RuntimeException e) { // a fault of ours must not end the listening
      fault(e);
      return CompletableFuture.completedFuture(null); // it would meet it again and again
    }
  }

  private @Nullable NetworkUplink read(Packet.Publish publish) {
    try {
      FeedMessage message = format.read(publish.topic(), publish.payload());
      if (message instanceof FeedMessage.Up up) {
        return up.uplink();
      }
      others.increment();
    } catch (RefusedException e) {
      refusals.add(Refusal.CONTENT, e.getMessage() + ", on " + publish.topic());
    } catch (RuntimeException e) { // a fault of ours must not end the listening
      fault(e);
    }
    return null;
  }

  private void fault(RuntimeException e) {
    if (refusals.add(Refusal.FAULT, String.valueOf(e))) {
      log.error("feed {}: a message met a fault", settings.name(), e);
    }
  }

  private @Nullable NetworkUplink tooLong(Packet.Publish publish) {
    refusals.add(Refusal.TOO_LONG, "on " + publish.topic());
    return null;
  }

  /** While the journal is slow nothing is read: then the broker keeps it. */
  private void awaitRoom() throws IOException {
    try {
      while (!room.tryAcquire(1, TimeUnit.SECONDS)) {
        if (closed) {
          throw new IOException("closed");
        }
        heardNanos = clock.monotonicNanos(); // the silence is ours
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
