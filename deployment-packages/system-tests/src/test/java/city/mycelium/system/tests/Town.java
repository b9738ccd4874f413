package city.mycelium.system.tests;

import city.mycelium.testkit.Await;
import city.mycelium.testkit.MosquittoProcess;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small town: one gateway, one Mosquitto, one receiver, each a process that a test may stop, kill
 * and start again. Closing it ends whatever still runs, each by its own process id.
 */
final class Town implements AutoCloseable {

  /** Processes start on a machine that may be busy with other tests. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String DEVICE = "paddenstoel.kit1";

  private final Path folder;
  private final int httpPort = MosquittoProcess.freePort();
  private final int receiverPort = MosquittoProcess.freePort();
  private final MosquittoProcess broker;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private @Nullable Process gateway;
  private @Nullable Process receiver;

  /** Builds the town; nothing but the broker runs yet. */
  Town(Path folder, boolean brokerKeepsState, String... brokerLines) throws IOException {
    this.folder = folder;
    broker =
        MosquittoProcess.start(
            Files.createDirectories(folder.resolve("broker")), brokerKeepsState, brokerLines);
    Files.writeString(
        Files.createDirectories(folder.resolve("etc")).resolve("gateway.json"), configuration());
  }

  private String configuration() {
    return """
    {
      // what the tests need, in the shape of the example configuration
      "city.mycelium.registry": {
        "things": [{ "id": "front", "name": "House front", "owner": "resident", "latitude": 52.8, "longitude": 5.35 }],
        "devices": [{ "id": "%s", "thing": "front" }]
      },
      "city.mycelium.consent": {
        "grants": [{ "owner": "resident", "recipient": "municipality", "datastreams": ["*"],
          "resolution": "raw", "until": "2099-12-31", "locationDecimals": 3, "purpose": "test" }]
      },
      "city.mycelium.clock": { "trust": "system" },
      "city.mycelium.driver.push": { "port": %d, "bindAddress": "127.0.0.1", "requestsPerMinutePerRemote": 1000000,
        "messagesPerMinutePerDevice": 1000000 },
      "city.mycelium.sync.Destination~city": {
        "name": "city", "recipient": "municipality", "select": ["*"], "dialect": "senml-json",
        "proof": "receiver", "batchObservations": 20, "lingerMillis": 50, "proofTimeoutSeconds": 3
      },
      "city.mycelium.connector.mqtt~city": {
        "destination": "city", "broker": "mqtt://127.0.0.1:%d", "keepAliveSeconds": 5
      }
    }
    """
        .formatted(DEVICE, httpPort, broker.port());
  }

  /** Adds members to the configuration: {@code "pid": {…}}, one or more. */
  void configureAlso(String members) throws IOException {
    Path file = folder.resolve("etc").resolve("gateway.json");
    Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{" + members + ","));
  }

  /** Adds a Grant, as JSON. */
  void grantAlso(String grant) throws IOException {
    Path file = folder.resolve("etc").resolve("gateway.json");
    Files.writeString(
        file, Files.readString(file).replace("\"grants\": [", "\"grants\": [" + grant + ","));
  }

  Path data() {
    return folder.resolve("data");
  }

  MosquittoProcess broker() {
    return broker;
  }

  int receiverPort() {
    return receiverPort;
  }

  // --- processes

  /** Starts the gateway and returns when kits can reach it and people can ask it. */
  void startGateway() throws IOException {
    gateway =
        start(
            "gateway",
            home().resolve("bin/mycelium-gateway").toString(),
            "--config",
            folder.resolve("etc").toString(),
            "--data",
            data().toString());
    Await.await(
        "the gateway answers kits", () -> get(httpPort, "/ping").statusCode() == 204, PATIENCE);
    // the last command to come: a gateway under load takes kits half a second before it has them
    // all
    Await.await(
        "the gateway answers people", () -> ask("{\"command\":\"ledger\"}") != null, PATIENCE);
  }

  void killGateway() throws InterruptedException {
    Objects.requireNonNull(gateway).destroyForcibly().waitFor();
  }

  void startReceiver() throws IOException {
    receiver =
        start(
            "receiver",
            java(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Path.of(property("mycelium.tools")) + File.separator + "*",
            "city.mycelium.receiver.Main",
            "--mqtt-url",
            "tcp://127.0.0.1:" + broker.port(),
            "--db",
            folder.resolve("receiver.db").toString(),
            "--http-port",
            Integer.toString(receiverPort),
            "--client-id",
            "town-receiver");
    Await.await(
        "the receiver answers",
        () -> get(receiverPort, "/v1/gateways").statusCode() == 200,
        PATIENCE);
  }

  void killReceiver() throws InterruptedException {
    Objects.requireNonNull(receiver).destroyForcibly().waitFor();
  }

  /** Starts a program out of the tools; whoever starts it ends it. */
  Process startTool(String name, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            java(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Path.of(property("mycelium.tools")) + File.separator + "*",
            main));
    command.addAll(List.of(arguments));
    return start(name, command.toArray(String[]::new));
  }

  private Process start(String name, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  @Override
  public void close() {
    for (Process process : new Process[] {gateway, receiver}) {
      if (process != null) {
        process.destroyForcibly().onExit().join();
      }
    }
    broker.close();
  }

  // --- what a kit does

  /**
   * Posts one line as a firmware does.
   *
   * @return the status, or 0 if nobody answered
   */
  int post(String line) throws InterruptedException {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/write?db=test"))
                  .timeout(Duration.ofSeconds(20))
                  .POST(HttpRequest.BodyPublishers.ofString(line))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) { // the gateway is down just now: the kit will try again
      return 0;
    }
  }

  // --- what people ask

  /** A command's answer over the control socket. */
  JsonObject ask(String request) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(data().resolve("control.sock")))) {
      Channels.newOutputStream(channel).write((request + "\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the gateway closed the conversation");
      }
      JsonObject answer = json(line);
      if (!answer.getBoolean("ok")) {
        throw new IOException(answer.getString("error"));
      }
      return answer.getJsonObject("answer");
    }
  }

  /** The row of the only Destination in the gateway's ledger. */
  JsonObject ledger() throws IOException {
    return ask("{\"command\":\"ledger\"}").getJsonObject("destinations").getJsonObject("city");
  }

  /** Waits until nothing is pending any more; returns the ledger. */
  JsonObject drained() throws IOException {
    Await.await(
        "nothing is pending any more",
        () -> {
          JsonObject ledger = ledger();
          return ledger.getInt("accepted") > 0 && ledger.getInt("pending") == 0;
        },
        PATIENCE);
    return ledger();
  }

  /** What the receiver holds of the only epoch of the only gateway, counted row by row. */
  JsonObject holdings() throws IOException, InterruptedException {
    return json(get(receiverPort, "/v1/gateways?audit=true").body())
        .getJsonArray("gateways")
        .getJsonObject(0)
        .getJsonArray("epochs")
        .getJsonObject(0);
  }

  /** Every value that the receiver has of one channel of the test's kit, as its text. */
  List<String> values(String channel) throws IOException, InterruptedException {
    return results(DEVICE + "/" + channel);
  }

  /** Every value that the receiver has of one Datastream: numbers with two decimals, words bare. */
  List<String> results(String datastream) throws IOException, InterruptedException {
    List<String> values = new ArrayList<>();
    String gatewayId = Files.readString(data().resolve("gateway-id")).strip();
    @Nullable String path =
        "/v1/series?gateway=" + gatewayId + "&datastream=" + datastream + "&limit=1000";
    while (path != null) {
      JsonObject page = json(get(receiverPort, path).body());
      JsonArray rows = page.getJsonArray("observations");
      rows.getValuesAs(JsonObject.class).forEach(row -> values.add(text(row.get("result"))));
      path = page.containsKey("next") ? page.getString("next", null) : null;
    }
    return values;
  }

  private static String text(JsonValue result) {
    return result instanceof JsonNumber number
        ? String.format(Locale.ROOT, "%.2f", number.doubleValue())
        : result instanceof JsonString word ? word.getString() : result.toString();
  }

  HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static Path home() {
    return Path.of(property("mycelium.home"));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}
