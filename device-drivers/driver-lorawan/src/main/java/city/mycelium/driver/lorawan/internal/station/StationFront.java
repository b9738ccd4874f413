package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import city.mycelium.tls.SetupException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to LoRa Basics Stations. If the port cannot be opened, or its certificate not be read, it
 * is tried again. Safe for use by many threads.
 */
public final class StationFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StationFront.class);
  private static final int LEAVING_MILLIS = 1_000;

  /** A station on a slow line and a slow processor needs a second or two for TLS. */
  private static final Duration MANNERS = Duration.ofSeconds(10);

  private final StationSettings settings;
  private final Duration manners;
  private final Scheduler scheduler;
  private final Backoff backoff;
  private final Stations stations;
  private final Logger log;
  private volatile @Nullable StationSocket listening;

  // From here on: touched by the Scheduler's tasks only, and by close() when it has ended.

  private @Nullable StationSocket socket;
  private String trouble = "";

  /**
   * A front end that does not listen yet.
   *
   * @param listener hears on a thread of the server's, and must return at once
   */
  public StationFront(
      StationSettings settings,
      Plan plan,
      RadioListener listener,
      Clock clock,
      TrustedTime time,
      Schedulers schedulers,
      RandomGenerator random) {
    this(settings, plan, listener, clock, time, schedulers, random, MANNERS, LOG);
  }

  StationFront(
      StationSettings settings,
      Plan plan,
      RadioListener listener,
      Clock clock,
      TrustedTime time,
      Schedulers schedulers,
      RandomGenerator random,
      Duration manners,
      Logger log) {
    this.settings = settings;
    this.manners = manners;
    this.log = log;
    scheduler = schedulers.serial("lorawan-station");
    backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
    stations =
        new Stations(
            settings, plan, listener, clock, time, scheduler, random.nextInt(1 << 30), log);
  }

  /** Begins to listen; returns at once. */
  public void start() {
    scheduler.execute(this::listen);
  }

  /** The port that is listened on; nothing while there is none. */
  public OptionalInt port() {
    StationSocket now = listening;
    return now == null ? OptionalInt.empty() : OptionalInt.of(now.getPort());
  }

  /** How it is. */
  public StationsStatus status() {
    return stations.status();
  }

  /** Stops listening and ends all connections; returns within seconds. */
  @Override
  public void close() {
    scheduler.close();
    stations.close();
    stop();
  }

  private void listen() {
    try {
      Door door = new Door(settings, stations, manners, scheduler, log);
      var made =
          new Object() {
            @Nullable StationSocket socket;
          };
      StationSocket fresh =
          new StationSocket(
              settings,
              stations,
              door,
              () -> scheduler.execute(() -> listens(made.socket)),
              cause -> scheduler.execute(() -> failed(made.socket, String.valueOf(cause))));
      made.socket = fresh;
      socket = fresh;
      fresh.start();
    } catch (SetupException e) {
      failed(socket, String.valueOf(e.getMessage()));
    }
  }

  private void listens(@Nullable StationSocket which) {
    if (which == null || which != socket) {
      return;
    }
    listening = which;
    backoff.reset();
    trouble = "";
    log.info(
        "stations are listened to at {} port {}{}",
        settings.bindAddress().getHostAddress(),
        which.getPort(),
        settings.tls() == null ? ", without TLS" : "");
  }

  private void failed(@Nullable StationSocket which, String why) {
    if (which != socket) {
      return;
    }
    stop();
    if (!why.equals(trouble)) {
      trouble = why;
      log.warn(
          "stations cannot be listened to at {} port {}, trying again: {}",
          settings.bindAddress().getHostAddress(),
          settings.port(),
          why);
    }
    scheduler.after(backoff.next(), this::listen);
  }

  private void stop() {
    StationSocket now = socket;
    socket = null;
    listening = null;
    if (now != null) {
      try {
        now.stop(LEAVING_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
