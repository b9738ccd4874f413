package city.mycelium.connector.http.internal;

import city.mycelium.tls.Alpn;
import city.mycelium.tls.ClientHandshake;
import city.mycelium.tls.SetupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * By the JDK's client, HTTP/1.1, without proxy and without following anything. A new client when a
 * file of TLS has changed. Safe for use by many threads.
 *
 * <p>Its threads are daemons. Those that we give the client end with {@link #close}; its selector
 * thread, which JDK 17 gives nobody a handle on, ends within seconds of the client being
 * unreachable.
 */
final class JdkExchange implements Exchange {

  /** What of an answer is kept. */
  static final int MOST_BODY_BYTES = 1 << 20;

  private static final int IDLE_SECONDS = 20;

  private final HttpSettings settings;
  private final ThreadPoolExecutor threads;
  private final Map<Object, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
  private final Set<Socket> knocking = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private @Nullable HttpClient client;
  private List<Object> stamp = List.of();

  JdkExchange(HttpSettings settings) {
    this.settings = settings;
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // as many as requests under way, which the session bounds
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "http-" + settings.name() + "-io");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // after close()
  }

  @Override
  public CompletableFuture<Boolean> knock() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            reach();
            answer.complete(true);
          } catch (Exception e) { // whatever it is, it is why nobody was reached
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Without what it logs in with nothing can be sent: then it is not worth much to be reached. */
  private void reach() throws IOException, SetupException {
    var unused = settings.login().header();
    BaseAddress base = settings.base();
    int millis = (int) settings.connectTimeout().toMillis();
    try (Socket plain = new Socket()) {
      knocking.add(plain);
      if (closed) {
        return;
      }
      // An IPv6 address stands in brackets in a URI, and without them elsewhere.
      String host = base.host().replaceAll("[\\[\\]]", "");
      plain.connect(new InetSocketAddress(InetAddress.getByName(host), base.port()), millis);
      if (base.tls()) {
        plain.setSoTimeout(millis);
        ClientHandshake.over(plain, settings.tls().socketFactory(), host, base.port(), Alpn.NONE)
            .close();
      }
    } finally {
      knocking.removeIf(Socket::isClosed);
    }
  }

  @Override
  public CompletableFuture<Response> send(Request request) {
    CompletableFuture<HttpResponse<BoundedBody.Kept>> exchange;
    try {
      exchange =
          client().sendAsync(httpRequest(request), response -> new BoundedBody(MOST_BODY_BYTES));
    } catch (SetupException | IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    Object key = new Object();
    underWay.put(key, exchange);
    CompletableFuture<Response> answer = new CompletableFuture<>();
    var unused =
        exchange.handle(
            (response, failure) -> {
              underWay.remove(key);
              return failure == null
                  ? answer.complete(response(response))
                  : answer.completeExceptionally(failure);
            });
    var unusedToo =
        answer.exceptionally(
            failure -> {
              exchange.cancel(true); // of no effect unless it was the answer that was cancelled
              return new Response(0, Map.of(), new byte[0], false);
            });
    return answer;
  }

  private static Response response(HttpResponse<BoundedBody.Kept> response) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    // RFC 9110, 5.2: several lines of one name are one list.
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    headers.remove(":status");
    return new Response(
        response.statusCode(), headers, response.body().bytes(), response.body().isCut());
  }

  private HttpRequest httpRequest(Request request) throws SetupException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.address())
            .version(HttpClient.Version.HTTP_1_1)
            .method(
                request.verb().name(),
                request.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::setHeader);
    settings.login().header().ifPresent(login -> builder.setHeader("Authorization", login));
    return builder.build();
  }

  private synchronized HttpClient client() throws SetupException {
    List<Object> now = settings.tls().stamp();
    if (client == null || !now.equals(stamp)) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(HttpClient.Builder.NO_PROXY)
              .connectTimeout(settings.connectTimeout())
              .executor(threads);
      if (settings.base().tls()) {
        builder.sslContext(settings.tls().context());
      }
      client = builder.build();
      stamp = now;
    }
    return client;
  }

  @Override
  public void close() {
    closed = true;
    for (Socket socket : knocking) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no use any more either way.
      }
    }
    List.copyOf(underWay.values()).forEach(exchange -> exchange.cancel(true));
    synchronized (this) {
      client = null;
    }
    threads.shutdown();
  }
}
