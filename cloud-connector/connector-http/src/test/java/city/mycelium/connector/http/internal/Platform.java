package city.mycelium.connector.http.internal;

import city.mycelium.tls.TlsFiles;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;

/** A server that answers as the test wants, and keeps what it was asked. */
final class Platform implements AutoCloseable {

  /** What it was asked. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Asked(String verb, String target, Headers headers, byte[] body) {
    String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "none" : value;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** What it says. */
  record Says(int status, Map<String, String> headers, String body) {
    Says(int status) {
      this(status, Map.of(), "");
    }

    Says(int status, String header, String value) {
      this(status, Map.of(header, value), "");
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "platform of the test");
            thread.setDaemon(true);
            return thread;
          });

  private Platform(HttpServer server, Function<Asked, Says> mind) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, mind));
    server.start();
  }

  static Platform plain(Function<Asked, Says> mind) throws IOException {
    return new Platform(HttpServer.create(anyPort(), 50), mind);
  }

  static Platform tls(TlsFiles files, boolean wantsCertificate, Function<Asked, Says> mind)
      throws Exception {
    HttpsServer server = HttpsServer.create(anyPort(), 50);
    server.setHttpsConfigurator(
        new HttpsConfigurator(files.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters these = getSSLContext().getDefaultSSLParameters();
            these.setNeedClientAuth(wantsCertificate);
            parameters.setSSLParameters(these);
          }
        });
    return new Platform(server, mind);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange, Function<Asked, Says> mind) throws IOException {
    try (exchange) {
      Asked question =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes());
      asked.add(question);
      Says says = mind.apply(question);
      says.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = says.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(says.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
