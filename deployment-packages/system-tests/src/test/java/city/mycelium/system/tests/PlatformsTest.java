package city.mycelium.system.tests;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.Await;
import city.mycelium.testkit.MosquittoProcess;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One gateway, every kind of platform at once: each gets what it was granted, and the ledger says
 * of each where everything is. The platforms are real where Debian has them.
 */
class PlatformsTest {

  private static final String STREAM = "paddenstoel.kit1/PM25";
  private static final int READINGS = 130;

  /** All but the receiver, which is not started here. */
  private static final List<String> PLATFORMS =
      List.of("scada", "kapua", "things", "own", "lucht", "open", "province", "broker");

  @TempDir private Path folder;

  /** What the HTTP platform was told. */
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  private final int coap = Program.freePair();
  private final int influx = MosquittoProcess.freePort();

  @Test
  void everyPlatformGetsWhatItWasGrantedAndTheLedgerAddsUp() throws Exception {
    HttpServer broker = ngsiLd();
    try (Town town = new Town(folder, true);
        Program subscriber = subscriber(town);
        Program libcoap = libcoap();
        Program influxd = influxd()) {
      influxd.awaitListening(influx);
      libcoap.awaitListening(coap);
      query("", "CREATE DATABASE city");
      Await.await(
          "the subscriber is there",
          () -> town.broker().said().contains("platforms-test"),
          Town.PATIENCE);
      town.configureAlso(destinations(town.broker().port(), broker.getAddress().getPort()));
      town.grantAlso(grant("province", "PT10M"));
      town.grantAlso(grant("public", "PT1H"));
      town.startGateway();
      Set<String> posted = post(town);

      JsonObject rows = drained(town);

      for (String platform : PLATFORMS) {
        JsonObject row = rows.getJsonObject(platform);
        assertThat(row.getBoolean("balanced")).as(platform + ": " + row).isTrue();
        assertThat(row.getInt("dropped")).as(platform + ": " + row).isZero();
        assertThat(row.getInt("delivered"))
            .as(platform + ": " + row)
            .isPositive()
            .isEqualTo(row.getInt("accepted") - row.getInt("unselected") - row.getInt("withheld"));
      }
      assertThat(rows.getJsonObject("province").getInt("withheld"))
          .as("what is raw is not for the province")
          .isEqualTo(READINGS);
      assertThat(town.broker().said().lines())
          .as("connections of one of many")
          .filteredOn(line -> line.contains("New client connected") && line.contains("-scada"))
          .hasSize(1);
      scadaHasHeard(messages(subscriber, "spBv1.0/"), posted);
      kapuaHasHeard(messages(subscriber, "zwolle/"), posted);
      assertThat(messages(subscriber, "v1/gateway/telemetry")).isNotEmpty();
      assertThat(messages(subscriber, "city/front/PM2.5")).isNotEmpty();
      assertThat(query("city", "SELECT count(value) FROM \"PM2.5\""))
          .contains("," + READINGS + "]");
      theFilesAreThere(rows.getJsonObject("open").getInt("delivered"));
      assertThat(
              Program.answer(
                  "coap-client-openssl", "-m", "get", "coap://127.0.0.1:" + coap + "/city/data"))
          .as("the last message that libcoap's server keeps")
          .contains("PT10M")
          .doesNotContain("\"n\":\"PM25\"");
      assertThat(told)
          .isNotEmpty()
          .allSatisfy(message -> assertThat(message).contains("AirQualityObserved"));
    } finally {
      broker.stop(0);
    }
  }

  // --- the platforms

  /** All that goes over the broker, a line of topic and payload in hexadecimal per message. */
  private Program subscriber(Town town) {
    return Program.start(
        "mosquitto-clients",
        folder.resolve("subscriber.log"),
        "mosquitto_sub",
        "-p",
        Integer.toString(town.broker().port()),
        "-i",
        "platforms-test",
        "-t",
        "#",
        "-F",
        "%t %x");
  }

  private Program libcoap() {
    return Program.start(
        "libcoap3-bin",
        folder.resolve("libcoap.log"),
        "coap-server-openssl",
        "-A",
        "127.0.0.1",
        "-p",
        Integer.toString(coap),
        "-d",
        "20",
        "-k",
        "secret",
        "-h",
        "hint");
  }

  private Program influxd() throws IOException {
    Path configuration =
        Files.write(
            folder.resolve("influxdb.conf"),
            List.of(
                "reporting-disabled = true",
                "bind-address = \"127.0.0.1:" + MosquittoProcess.freePort() + "\"",
                "[meta]",
                "dir = \"" + folder.resolve("influx-meta") + "\"",
                "[data]",
                "dir = \"" + folder.resolve("influx-data") + "\"",
                "wal-dir = \"" + folder.resolve("influx-wal") + "\"",
                "[monitor]",
                "store-enabled = false",
                "[http]",
                "bind-address = \"127.0.0.1:" + influx + "\"",
                "log-enabled = false"));
    return Program.start(
        "influxdb", folder.resolve("influxdb.log"), "influxd", "-config", configuration.toString());
  }

  private String query(String database, String words) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:"
                            + influx
                            + "/query?db="
                            + database
                            + "&q="
                            + URLEncoder.encode(words, StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Takes every upsert, as Scorpio answers: 204. */
  private HttpServer ngsiLd() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/ngsi-ld/v1/entityOperations/upsert",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  // --- the gateway

  private String destinations(int mqtt, int http) throws IOException {
    Path key =
        Files.createFile(
            folder.resolve("coap.psk"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, "secret");
    return """
    "city.mycelium.aggregation": { "windows": ["PT10M", "PT1H"], "emptyFromMinutes": 1000000 },
    %s
    "city.mycelium.connector.mqtt~scada": { "destination": "scada", "broker": "mqtt://127.0.0.1:%d", "topicPrefix": "" },
    "city.mycelium.connector.mqtt~kapua": { "destination": "kapua", "broker": "mqtt://127.0.0.1:%d", "topicPrefix": "", "clientId": "{gateway}" },
    "city.mycelium.connector.mqtt~things": { "destination": "things", "broker": "mqtt://127.0.0.1:%d", "topicPrefix": "v1/gateway" },
    "city.mycelium.connector.mqtt~own": { "destination": "own", "broker": "mqtt://127.0.0.1:%d", "topicPrefix": "city" },
    "city.mycelium.connector.http~lucht": { "destination": "lucht", "url": "http://127.0.0.1:%d" },
    "city.mycelium.connector.http~broker": { "destination": "broker", "url": "http://127.0.0.1:%d/ngsi-ld/v1", "gzipFromBytes": 0 },
    "city.mycelium.connector.file~open": { "destination": "open", "folder": "%s" },
    "city.mycelium.connector.coap~province": { "destination": "province", "uri": "coaps://127.0.0.1:%d/city", "pskIdentity": "{gateway}", "pskFile": "%s" }
    """
        .formatted(
            destination("scada", "municipality", "sparkplug", "")
                + destination("kapua", "municipality", "kura", "\"dialect.account\": \"zwolle\",")
                + destination("things", "municipality", "thingsboard", "")
                + destination("own", "municipality", "json", "")
                + destination("lucht", "municipality", "influx", "\"dialect.db\": \"city\",")
                + destination("broker", "municipality", "ngsi-ld", "\"inFlight\": 1,")
                + destination(
                    "open",
                    "public",
                    "open-data",
                    "\"selectKinds\": [\"PT1H\"], \"dialect.baseUrl\": \"https://data.example/\","
                        + " \"dialect.title\": \"Air\", \"dialect.description\": \"Kits\","
                        + " \"dialect.publisher\": \"City\",")
                + destination("province", "province", "senml-json", ""),
            mqtt,
            mqtt,
            mqtt,
            mqtt,
            influx,
            http,
            folder.resolve("open"),
            coap + 1,
            key);
  }

  private static String destination(String name, String recipient, String dialect, String more) {
    return """
    "city.mycelium.sync.Destination~%s": { "name": "%s", "recipient": "%s", "dialect": "%s", %s "proof": "answer", "lingerMillis": 100 },
    """
        .formatted(name, name, recipient, dialect, more);
  }

  private static String grant(String recipient, String resolution) {
    return """
    { "owner": "resident", "recipient": "%s", "datastreams": ["*"], "resolution": "%s", "until": "2099-12-31",
      "locationDecimals": 2, "purpose": "test" }
    """
        .formatted(recipient, resolution);
  }

  /**
   * What a kit has to say that was offline for two hours: then the windows are over, and nobody has
   * to wait for the next one. A reading a minute, each another value. Two hours ago is by the
   * gateway's own clock, which is the one that closes the windows.
   */
  private static Set<String> post(Town town) throws IOException, InterruptedException {
    Instant first =
        Instant.parse(town.ask("{\"command\":\"clock\"}").getString("time"))
            .minus(READINGS, ChronoUnit.MINUTES);
    Set<String> values = new HashSet<>();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < READINGS; i++) {
      String value = String.format(Locale.ROOT, "%.2f", 5 + i / 100.0);
      values.add(value);
      lines
          .append("paddenstoel,id=kit1 PM25=")
          .append(value)
          .append(' ')
          .append(first.plus(i, ChronoUnit.MINUTES).toEpochMilli())
          .append("000000\n");
    }
    assertThat(town.post(lines.toString())).isEqualTo(204);
    return values;
  }

  /** Waits until aggregates are there and nobody waits for anything; returns the ledger's rows. */
  private static JsonObject drained(Town town) {
    List<JsonObject> seen = new ArrayList<>();
    Await.await(
        "every platform has everything",
        () -> {
          JsonObject rows = town.ask("{\"command\":\"ledger\"}").getJsonObject("destinations");
          seen.add(rows);
          return PLATFORMS.stream()
              .allMatch(
                  platform ->
                      rows.containsKey(platform)
                          && rows.getJsonObject(platform).getInt("accepted") > READINGS
                          && rows.getJsonObject(platform).getInt("pending") == 0);
        },
        Town.PATIENCE);
    return seen.get(seen.size() - 1);
  }

  // --- what they have heard

  private record Heard(String topic, byte[] payload) {}

  private static List<Heard> messages(Program subscriber, String prefix) {
    return subscriber
        .said()
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(line -> line.length == 2 && line[0].startsWith(prefix))
        .map(line -> new Heard(line[0], HexFormat.of().parseHex(line[1])))
        .toList();
  }

  /** Sparkplug 3.0, 6.4.1 (payload) and 5: births before data, numbered from 0. */
  private static void scadaHasHeard(List<Heard> messages, Set<String> posted) throws IOException {
    assertThat(messages.get(0).topic()).startsWith("spBv1.0/mycelium/NBIRTH/");
    assertThat(Fields.read(messages.get(0).payload()).integer(3)).as("seq").isZero();
    Set<String> born = new HashSet<>();
    Set<String> values = new HashSet<>();
    for (Heard message : messages) {
      for (Fields metric : Fields.read(message.payload()).messages(2)) {
        if (message.topic().contains("/DBIRTH/")) {
          born.add(metric.text(1));
        } else if (message.topic().contains("/DDATA/")) {
          assertThat(born).contains(metric.text(1));
          if (metric.text(1).equals(STREAM)) {
            values.add(String.format(Locale.ROOT, "%.2f", metric.number(13)));
          }
        }
      }
    }
    assertThat(values).isEqualTo(posted);
    assertThat(born).contains(STREAM + "/PT1H/mean");
  }

  /** kurapayload.proto: metric 5000 with name 1 and double_value 3, position 2. */
  private static void kapuaHasHeard(List<Heard> messages, Set<String> posted) throws IOException {
    Set<String> values = new HashSet<>();
    for (Heard message : messages) {
      Fields payload = Fields.read(message.payload());
      assertThat(payload.has(2)).as("a position").isTrue();
      if (message.topic().endsWith("/mycelium/" + STREAM)) {
        payload.messages(5000).stream()
            .filter(metric -> metric.text(1).equals("value"))
            .forEach(metric -> values.add(String.format(Locale.ROOT, "%.2f", metric.number(3))));
      }
    }
    assertThat(values).isEqualTo(posted);
  }

  private void theFilesAreThere(int delivered) throws IOException {
    Path open = folder.resolve("open");
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(open)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".csv")).toList()) {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).startsWith("row,thing,property,unit,from,to,kind,result");
        rows.addAll(lines.subList(1, lines.size()));
      }
    }
    assertThat(rows).isNotEmpty().hasSizeLessThanOrEqualTo(delivered);
    assertThat(rows).allSatisfy(row -> assertThat(row).startsWith(STREAM + "/PT1H@"));
    JsonObject place =
        json(open.resolve("places.geojson"))
            .getJsonArray("features")
            .getJsonObject(0)
            .getJsonObject("geometry");
    assertThat(place.getJsonArray("coordinates")).hasToString("[5.35,52.8]");
    assertThat(json(open.resolve("dataset.jsonld")).getString("@type")).isEqualTo("dcat:Dataset");
  }

  private static JsonObject json(Path file) throws IOException {
    try (var reader = Json.createReader(new StringReader(Files.readString(file)))) {
      return reader.readObject();
    }
  }
}
