package city.mycelium.driver.push.internal;

import city.mycelium.api.driver.Intake;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server that kits post to. Safe for use by many threads.
 *
 * <p>Requests are served by a fixed number of threads, each of which waits until what it was given
 * is safe. Time is watched on the scheduler.
 */
public final class HttpIntakeServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpIntakeServer.class);

  /** Connections that the kernel holds until they are accepted. */
  private static final int BACKLOG = 64;

  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(5);

  private static final int SECONDS_TO_END = 2;

  private final IntakeSettings settings;
  private final Scheduler scheduler;
  private final Exchanges exchanges;
  private @Nullable HttpServer server;
  private @Nullable Workers workers;
  private @Nullable Cancellable nextTry;
  private boolean troubled;
  private boolean closed;

  /**
   * A new server; nothing is opened before {@link #open}.
   *
   * @param scheduler for watching time; closed by whoever made it
   */
  public HttpIntakeServer(
      IntakeSettings settings, Intake intake, Clock clock, Scheduler scheduler) {
    this.settings = settings;
    this.scheduler = scheduler;
    Reception reception = new Reception(intake, clock, scheduler, settings);
    exchanges =
        new Exchanges(
            routes(reception, settings),
            new RateLimit(settings.perMinutePerRemote(), clock),
            settings.maxBodyBytes());
  }

  private static Map<String, Route> routes(Reception reception, IntakeSettings settings) {
    Endpoint lines = new LineProtocolEndpoint(reception, settings.kits());
    Endpoint ownApi = new AirRohrEndpoint(reception, settings.kits(), Answer.OK);
    Endpoint sensorCommunity = new AirRohrEndpoint(reception, settings.kits(), Answer.CREATED);
    Set<String> post = Set.of("POST");
    return Map.of(
        "/write", new Route(post, lines), // InfluxDB 1.x
        "/api/v2/write", new Route(post, lines), // InfluxDB 1.8 and 2.x
        "/query", new Route(post, InfluxManners::query),
        "/ping", new Route(Set.of("GET", "HEAD"), InfluxManners::ping),
        "/v1/push-sensor-data", new Route(post, sensorCommunity),
        "/data.php", new Route(post, ownApi), // what kits come with: URL_CUSTOM in ext_def.h
        "/api/airrohr", new Route(post, ownApi));
  }

  /**
   * Opens the port; while that fails, for another program may hold it, tries again every few
   * seconds until {@link #close}.
   */
  public synchronized void open() {
    if (closed || server != null) {
      return;
    }
    try {
      start();
    } catch (IOException e) {
      if (!troubled) {
        LOG.warn(
            "Kits cannot be heard: port {} of {} cannot be opened ({}). Is another program using it,"
                + " and is the address one of this machine's? Trying again every {} s",
            settings.port(),
            settings.bindAddress(),
            e.getMessage(),
            TRY_AGAIN_AFTER.toSeconds());
        troubled = true;
      }
      nextTry = scheduler.after(TRY_AGAIN_AFTER, this::open);
    }
  }

  private void start() throws IOException {
    JdkServerLimits.apply();
    HttpServer opened =
        HttpServer.create(new InetSocketAddress(settings.bindAddress(), settings.port()), BACKLOG);
    Workers opening =
        new Workers(
            "mycelium-push",
            settings.workers(),
            settings.waiting(),
            scheduler,
            settings.patience());
    opened.setExecutor(opening);
    opened.createContext("/", exchanges);
    opened.start();
    server = opened;
    workers = opening;
    troubled = false;
    LOG.info("listening on {}", uri(opened));
  }

  /** Where it listens; nothing while it does not. */
  public synchronized Optional<URI> address() {
    return Optional.ofNullable(server).map(HttpIntakeServer::uri);
  }

  private static URI uri(HttpServer server) {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
  }

  /** Closes the port; requests that are being served get a moment to end. */
  @Override
  public void close() {
    HttpServer closing;
    Workers serving;
    synchronized (this) {
      closed = true;
      closing = server;
      serving = workers;
      server = null;
      if (nextTry != null) {
        nextTry.cancel();
      }
    }
    if (closing != null && serving != null) {
      // On Java 17 the server waits for the whole of this time even when nobody is there.
      closing.stop(serving.areBusy() ? SECONDS_TO_END : 0);
      serving.close();
    }
  }
}
