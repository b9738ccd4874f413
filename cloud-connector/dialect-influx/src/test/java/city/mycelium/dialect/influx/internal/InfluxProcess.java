package city.mycelium.dialect.influx.internal;

import static city.mycelium.testkit.Await.await;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.testkit.MosquittoProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real InfluxDB 1 on the loopback interface, as a process of its own. Fails with words where the
 * program is not installed. For one thread.
 */
final class InfluxProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path log;
  private final int port;
  private final Process process;

  private InfluxProcess(Path log, int port, Process process) {
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /** Starts it on free ports; returns when it answers. */
  static InfluxProcess start(Path directory) throws IOException {
    int port = MosquittoProcess.freePort();
    int backup = MosquittoProcess.freePort();
    Path configuration = directory.resolve("influxdb.conf");
    Files.write(
        configuration,
        List.of(
            "reporting-disabled = true",
            "bind-address = \"127.0.0.1:" + backup + "\"",
            "[meta]",
            "dir = \"" + directory.resolve("meta") + "\"",
            "[data]",
            "dir = \"" + directory.resolve("data") + "\"",
            "wal-dir = \"" + directory.resolve("wal") + "\"",
            "[monitor]",
            "store-enabled = false",
            "[http]",
            "bind-address = \"127.0.0.1:" + port + "\"",
            "log-enabled = false",
            "[ifql]",
            "enabled = false"));
    Path log = directory.resolve("influxdb.log");
    Process process =
        new ProcessBuilder(program().toString(), "-config", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    // A test run that is itself killed must not leave a server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    InfluxProcess influx = new InfluxProcess(log, port, process);
    await("InfluxDB answers on port " + port, influx::answers, PATIENCE);
    return influx;
  }

  private boolean answers() throws Exception {
    if (!process.isAlive()) {
      throw new AssertionError("InfluxDB ended by itself and said: " + Files.readString(log));
    }
    return ask(HttpRequest.newBuilder(at("ping")).build()).statusCode() == 204;
  }

  /** What a connector would learn of a message. */
  Answer send(Message message) throws Exception {
    HttpResponse<String> response =
        ask(
            HttpRequest.newBuilder(at(message.channel()))
                .header("Content-Type", message.mediaType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.payload()))
                .build());
    return new Answer.Replied(
        response.statusCode(), response.body().getBytes(StandardCharsets.UTF_8));
  }

  /** Likewise, of a question. */
  Answer get(Message question) throws Exception {
    HttpResponse<String> response =
        ask(HttpRequest.newBuilder(at(question.channel())).GET().build());
    return new Answer.Replied(
        response.statusCode(), response.body().getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to InfluxQL, as JSON with times in ns. */
  String query(String db, String influxQl) throws Exception {
    return ask(HttpRequest.newBuilder(
                at(
                    "query?epoch=ns&db="
                        + db
                        + "&q="
                        + URLEncoder.encode(influxQl, StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build())
        .body();
  }

  private HttpResponse<String> ask(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI at(String channel) {
    return URI.create("http://127.0.0.1:" + port + "/" + channel);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("InfluxDB did not end within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while InfluxDB ended", e);
    }
  }

  private static Path program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "influxd"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "this test needs InfluxDB 1, which is not installed: on Debian, apt-get install"
                        + " influxdb"));
  }
}
