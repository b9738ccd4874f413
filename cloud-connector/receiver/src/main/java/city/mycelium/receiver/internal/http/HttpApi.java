package city.mycelium.receiver.internal.http;

import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.intake.Presence;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.store.StoreException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the receiver holds over HTTP. It reads only, and everybody who reaches its address
 * may read: it listens where it is told, which is the machine itself unless somebody decides
 * otherwise.
 */
public final class HttpApi implements AutoCloseable {

  private static final int THREADS = 4;
  private static final Pattern OF_GATEWAY = Pattern.compile("/v1/gateways/([^/]+)/([^/]+)");

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, Endpoint> endpoints = new TreeMap<>();
  private final Map<String, GatewayEndpoint> ofGateway = new TreeMap<>();

  private HttpApi(HttpServer server, Archive archive, Presence presence, Tally tally) {
    this.server = server;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS, task -> new Thread(task, "receiver-http-" + number.incrementAndGet()));
    endpoints.put("/v1/datastreams", new DatastreamsEndpoint(archive));
    endpoints.put("/v1/datastreams/latest", new LatestEndpoint(archive));
    endpoints.put(SeriesEndpoint.PATH, new SeriesEndpoint(archive));
    endpoints.put("/v1/things", new ThingsEndpoint(archive));
    endpoints.put("/v1/gateways", new GatewaysEndpoint(archive, presence));
    ofGateway.put("ledger", new LedgerEndpoint(archive));
    ofGateway.put("refusals", new RefusalsEndpoint(archive));
    endpoints.put("/health", new HealthEndpoint(archive, tally));
  }

  /**
   * Starts to answer.
   *
   * @param address port 0 for one that is free
   * @throws IOException if it cannot listen there
   */
  public static HttpApi start(
      InetSocketAddress address, Archive archive, Presence presence, Tally tally)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    HttpApi api = new HttpApi(server, archive, presence, tally);
    server.setExecutor(api.threads);
    server.createContext("/", api::handle);
    server.start();
    return api;
  }

  /** Where it answers. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort() + "/");
  }

  /** Ends at once: the server would wait out any patience that it is given, busy or not. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      send(exchange, answer(exchange));
    } catch (IOException e) {
      LOG.debug("{} went away before the answer was out", exchange.getRemoteAddress(), e);
    } catch (RuntimeException e) { // a bug: the server would swallow it without a word
      LOG.error("Answering {} failed on the way", exchange.getRequestURI().getPath(), e);
    }
  }

  private Answer answer(HttpExchange exchange) {
    String path = String.valueOf(exchange.getRequestURI().getPath());
    String method = exchange.getRequestMethod();
    Optional<Endpoint> endpoint = endpoint(path);
    if (endpoint.isEmpty()) {
      return Answer.error(404, "there is nothing at this path; there are: " + paths());
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.error(405, "this can only be read: use GET").with("Allow", "GET, HEAD");
    }
    try {
      return endpoint.get().answer(Parameters.parse(exchange.getRequestURI().getRawQuery()));
    } catch (RefusedException e) {
      return Answer.error(e.status(), String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      LOG.warn("A question over HTTP was not answered: {}", e.getMessage());
      return Answer.error(503, "the database does not answer now; try again later");
    } catch (RuntimeException e) { // a bug: whoever asked deserves an answer all the same
      LOG.error("Answering {} failed", path, e);
      return Answer.error(500, "the receiver has a defect here; its log says more");
    }
  }

  private Optional<Endpoint> endpoint(String path) {
    Matcher gateway = OF_GATEWAY.matcher(path);
    if (gateway.matches() && ofGateway.containsKey(gateway.group(2))) {
      GatewayEndpoint endpoint = ofGateway.get(gateway.group(2));
      String name = gateway.group(1);
      return Optional.of(parameters -> endpoint.answer(name, parameters));
    }
    return Optional.ofNullable(endpoints.get(path));
  }

  private String paths() {
    return Stream.concat(
            endpoints.keySet().stream(),
            ofGateway.keySet().stream().map(name -> "/v1/gateways/<gateway>/" + name))
        .collect(Collectors.joining(", "));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), 0);
    try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 16_384)) {
      answer.body().write(out);
    }
  }
}
