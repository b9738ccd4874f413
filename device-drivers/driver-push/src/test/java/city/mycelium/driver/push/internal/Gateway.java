package city.mycelium.driver.push.internal;

import city.mycelium.driver.push.internal.kit.KitSettings;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server on a free port of the loopback, its intake, and a time that the test lets pass. */
final class Gateway implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  /** For what happens in threads and sockets of the JDK; never for what our own code waits for. */
  static final Duration SOON = Duration.ofSeconds(20);

  /** What a test changes of the settings; everything else is generous. */
  static final class Setup {
    int maxBodyBytes = 65_536;
    int workers = 4;
    int waiting = 64;
    int perMinutePerRemote = 1_000_000;
    int perMinutePerDevice = 1_000_000;
    List<String> credentials = List.of();
    int port;

    Gateway open() {
      Gateway gateway = new Gateway(this);
      gateway.server.open();
      return gateway;
    }

    IntakeSettings settings() {
      return new IntakeSettings(
          "127.0.0.1",
          port,
          maxBodyBytes,
          workers,
          waiting,
          PATIENCE,
          ANSWER_WITHIN,
          perMinutePerRemote,
          perMinutePerDevice,
          KitSettings.DEFAULT,
          Credentials.parse(credentials));
    }
  }

  final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  final HandScheduler scheduler = new HandScheduler(clock);
  final FakeIntake intake = new FakeIntake();
  final HttpIntakeServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Gateway(Setup setup) {
    server = new HttpIntakeServer(setup.settings(), intake, clock, scheduler);
  }

  static Gateway open() {
    return new Setup().open();
  }

  URI at(String path) {
    return URI.create(server.address().orElseThrow() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).timeout(SOON);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return sending(request).join();
  }

  CompletableFuture<HttpResponse<String>> sending(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(posting(path, body, headers));
  }

  HttpRequest.Builder posting(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    return headers.length == 0 ? request : request.headers(headers);
  }

  CompletableFuture<HttpResponse<String>> writing(String line) {
    return sending(posting("/write", line));
  }

  HttpResponse<String> write(String lines) {
    return post("/write", lines);
  }

  /** A bare connection, for clients that do not behave. */
  Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.address().orElseThrow().getPort());
    socket.setSoTimeout((int) SOON.toMillis());
    return socket;
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() {
    intake.work();
    server.close();
    scheduler.close();
  }
}
