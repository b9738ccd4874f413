package city.mycelium.driver.push.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the JDK's exchanges and our endpoints: limits, bodies, answers. Safe for use by many
 * threads.
 */
final class Exchanges implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

  private final Map<String, Route> routes;
  private final RateLimit perRemote;
  private final int maxBodyBytes;

  Exchanges(Map<String, Route> routes, RateLimit perRemote, int maxBodyBytes) {
    this.routes = Map.copyOf(routes);
    this.perRemote = perRemote;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      send(exchange, answer(exchange));
    } catch (IOException e) {
      LOG.debug("{} went away before it had its answer", exchange.getRemoteAddress());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      String remote = exchange.getRemoteAddress().getAddress().getHostAddress();
      Optional<Duration> tooMany = perRemote.spend(remote);
      if (tooMany.isPresent()) {
        return Answer.tryLater(
            Answer.TOO_MANY_REQUESTS, "too many requests from " + remote, tooMany.get());
      }
      Route route = routes.get(path(exchange.getRequestURI()));
      if (route == null) {
        return Answer.error(
            Answer.NOT_FOUND, "nothing is heard here; kits post to /write or /data.php");
      }
      if (!route.methods().contains(exchange.getRequestMethod())) {
        String methods = String.join(", ", new TreeSet<>(route.methods()));
        return Answer.error(Answer.METHOD_NOT_ALLOWED, "only " + methods, Map.of("Allow", methods));
      }
      return route.endpoint().answer(request(remote, exchange));
    } catch (TooLarge e) {
      return Answer.error(
          Answer.CONTENT_TOO_LARGE,
          "a body has at most " + maxBodyBytes + " bytes; nothing of this one is kept",
          // The rest of the body is still on its way: do not take it for the next request.
          Map.of("Connection", "close"));
    } catch (NotGzip e) {
      return Answer.error(Answer.BAD_REQUEST, "the body is not gzip, as its header says");
    } catch (RuntimeException e) { // the supervisor: a bug in one request must not cost the others
      LOG.error("A request failed: a defect in Mycelium, please report it", e);
      return Answer.error(
          Answer.INTERNAL_SERVER_ERROR, "the gateway failed on this; its log says more");
    }
  }

  private static String path(URI uri) {
    String path = uri.getPath();
    if (path == null) {
      return "";
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private Request request(String remote, HttpExchange exchange)
      throws IOException, TooLarge, NotGzip {
    byte[] body = atMost(exchange.getRequestBody());
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (encoding != null && encoding.strip().equalsIgnoreCase("gzip")) {
      body = unpacked(body);
    }
    String query = exchange.getRequestURI().getRawQuery();
    return new Request(
        remote,
        exchange.getRequestMethod(),
        Request.form(query == null ? "" : query),
        exchange.getRequestHeaders(),
        text(body));
  }

  private byte[] atMost(InputStream stream) throws IOException, TooLarge {
    byte[] body = stream.readNBytes(maxBodyBytes + 1);
    if (body.length > maxBodyBytes) {
      throw new TooLarge();
    }
    return body;
  }

  private byte[] unpacked(byte[] packed) throws TooLarge, NotGzip {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return atMost(stream);
    } catch (IOException e) {
      throw new NotGzip();
    }
  }

  /** UTF-8; what is not is taken for ISO 8859-1, in which some kits write their µ and °. */
  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (body.length > 0) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** The body is longer than it may be. */
  private static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The body cannot be unpacked. */
  private static final class NotGzip extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
