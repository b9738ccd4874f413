package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.connector.Verb;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** The JDK's HTTP server before a {@link Mind}. */
final class HttpPlatform implements FarEnd {

  private static final List<String> HEADERS = List.of("X-Sensor", "X-PIN", "Content-Type", "Link");
  private static final int BACKLOG = 50;

  private final Mind mind;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "http-platform");
            thread.setDaemon(true);
            return thread;
          });
  private volatile HttpServer server;

  HttpPlatform(Mind mind) throws IOException {
    this.mind = mind;
    server = listening();
  }

  private HttpServer listening() throws IOException {
    HttpServer begun =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    begun.setExecutor(threads);
    begun.createContext("/", this::answer);
    begun.start();
    return begun;
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void restart() throws IOException {
    server.stop(0);
    server = listening();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Mind.Reply reply = mind.take(message(exchange));
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      if (reply.body().length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private static Message message(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    Map<String, String> headers = new HashMap<>();
    for (String name : HEADERS) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return new Message(
        Verb.valueOf(exchange.getRequestMethod()),
        exchange.getRequestURI().toString().substring(1),
        headers,
        headers.getOrDefault("Content-Type", ""),
        body,
        false,
        Qos.AT_LEAST_ONCE);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
