package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.lorawan.internal.guard.Refusals;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to one network and keeps listening: connects, watches, begins anew with growing pauses. A
 * message is acknowledged when its uplink is kept, and what cannot be kept is asked for again, so
 * that nothing is lost between broker and journal. Safe for use by many threads. It has two of its
 * own, one for attempts and one for pauses, and while it is connected those of {@link Connection}.
 */
public final class NetworkFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkFeed.class);

  /** Uplinks that are handed on and not yet kept; while there are so many nothing is read. */
  private static final int MOST_WAITING = 1_000;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A connection that has stood so long was a good one; the next pause is short again. */
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  private final FeedSettings settings;
  private final NetworkFormat format;
  private final FeedListener listener;
  private final Clock clock;
  private final Scheduler reader;
  private final Scheduler timers;
  private final Backoff backoff;
  private final Refusals<Refusal> refusals;
  private final Logger log;
  private final LongAdder messages = new LongAdder();
  private final LongAdder uplinks = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private volatile @Nullable Connection current;
  private volatile boolean stands;
  private volatile boolean closed;
  private volatile String trouble = "it has not been tried yet";

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
    timers = schedulers.serial("lorawan-feed-timers-" + settings.name());
    refusals = new Refusals<>(Refusal.class, "feed " + settings.name(), clock, log);
  }

  /** Begins; returns at once. */
  public void start() {
    reader.execute(this::attempt);
  }

  /** How it is. */
  public FeedStatus status() {
    boolean connected = stands;
    return new FeedStatus(
        settings.name(),
        connected,
        connected ? "" : trouble,
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
    Connection open = current;
    if (open != null) {
      open.end("closed");
    }
    reader.close();
    timers.close();
  }

  private void attempt() {
    if (closed) {
      return;
    }
    try (Connection connection = new Connection(settings)) {
      listen(connection);
    } catch (IOException e) {
      lost(Failures.words(e));
    } catch (RuntimeException e) { // a fault of ours must not end the feed for ever
      fault(e);
      lost("a fault in this program: " + e);
    }
    stands = false;
    if (!closed) {
      reader.after(backoff.next(), this::attempt);
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
    current = connection;
    if (closed) { // meanwhile: then nobody has ended it
      return;
    }
    Acknowledgements acknowledgements =
        new Acknowledgements(
            connection::acknowledge,
            why -> {
              refusals.add(Refusal.NOT_KEPT, why);
              // After its pause, so that a full disk is not asked a thousand times a second.
              timers.after(PAUSE, () -> connection.end("an uplink could not be kept: " + why));
            });
    boolean atLeastOnce =
        connection.open(
            (topic, message) -> arrived(topic, message, connection, acknowledgements),
            () -> room.availablePermits() == 0);
    long since = clock.monotonicNanos();
    stands(atLeastOnce);
    try {
      connection.awaitEnd();
    } finally {
      stands = false;
      if (clock.monotonicNanos() - since > STABLE_AFTER.toNanos()) {
        backoff.reset();
      }
    }
  }

  private void stands(boolean atLeastOnce) {
    stands = true;
    lastLogged = "";
    log.info("feed {}: connected to {}", settings.name(), settings.broker());
    if (!atLeastOnce && !saidOnce) {
      saidOnce = true;
      log.warn(
          "feed {}: {} sends each message only once (QoS 0): what comes while it is not connected"
              + " is lost",
          settings.name(),
          settings.broker());
    }
  }

  /** On Paho's thread; while it is here no more is read. */
  private void arrived(
      String topic, MqttMessage message, Connection connection, Acknowledgements acknowledgements)
      throws IOException {
    messages.increment();
    NetworkUplink uplink = read(topic, message.getPayload());
    Acknowledgements.@Nullable Place place =
        message.getQos() == 0 ? null : acknowledgements.came(message.getId());
    if (uplink == null) {
      if (place != null) {
        acknowledgements.done(place, null); // no better a second time
      }
      return;
    }
    awaitRoom(connection);
    var unused = handOn(uplink).whenComplete((nothing, why) -> kept(place, acknowledgements, why));
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

  private @Nullable NetworkUplink read(String topic, byte[] payload) {
    if (payload.length > settings.maxMessageBytes()) {
      refusals.add(Refusal.TOO_LONG, payload.length + " bytes on " + topic);
      return null;
    }
    try {
      FeedMessage message = format.read(topic, payload);
      if (message instanceof FeedMessage.Up up) {
        return up.uplink();
      }
      others.increment();
    } catch (RefusedException e) {
      refusals.add(Refusal.CONTENT, e.getMessage() + ", on " + topic);
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

  /** While the journal is slow nothing is read: then the broker keeps it. */
  private void awaitRoom(Connection connection) throws IOException {
    try {
      while (!room.tryAcquire(1, TimeUnit.SECONDS)) {
        if (connection.isOver()) {
          throw new IOException("the connection has ended");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
