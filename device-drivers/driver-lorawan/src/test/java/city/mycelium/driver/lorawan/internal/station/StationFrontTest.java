package city.mycelium.driver.lorawan.internal.station;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Downlink;
import city.mycelium.driver.lorawan.internal.radio.Downlink.Window;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Sent;
import city.mycelium.driver.lorawan.internal.radio.Uplink;
import city.mycelium.testkit.Authority;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import city.mycelium.tls.TlsFiles;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Over real sockets on the loopback, with and without TLS. */
class StationFrontTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TOKEN = "0123456789abcdef0123";
  private static final byte[] FRAME = {0x40, 1, 0, 0, 0, 0, 1, 0, 9, 9, 9, 9};

  @TempDir static Path keys;
  @TempDir Path directory;
  private static Authority city;
  private static Authority old;
  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final RecordingLogger log = new RecordingLogger();
  private final List<Uplink> uplinks = new CopyOnWriteArrayList<>();
  private final List<Concentrator> by = new CopyOnWriteArrayList<>();
  private StationFront front;

  @BeforeAll
  static void invent() throws Exception {
    city = Authority.named(keys, "city").issue("gateway", "EC", "dns:localhost");
    old = Authority.named(keys, "old").issue("first", "EC", "dns:localhost");
  }

  private StationFront start(int port, TlsFiles tls, String token) {
    StationSettings settings =
        new StationSettings(
            InetAddress.getLoopbackAddress(),
            port,
            tls,
            token,
            Set.of(),
            4_096,
            1_000,
            4,
            Duration.ofSeconds(5));
    front =
        new StationFront(
            settings,
            Plan.eu868(),
            (uplink, concentrator) -> {
              uplinks.add(uplink);
              by.add(concentrator);
            },
            clock,
            clock,
            new ThreadSchedulers(),
            new Random(7),
            Duration.ofSeconds(3),
            log);
    front.start();
    return front;
  }

  private int awaitPort() {
    await("the port is open; log: " + log.lines(), () -> front.port().isPresent(), PATIENCE);
    return front.port().orElseThrow();
  }

  @AfterEach
  void close() {
    if (front != null) {
      front.close();
    }
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  @Test
  void aStationIsHeardAndAnswered() throws Exception {
    start(0, null, null);
    String base = "ws://127.0.0.1:" + awaitPort();
    String uri;
    try (BasicsStation asking = BasicsStation.to(base + "/router-info")) {
      asking.say("{\"router\":\"b827:ebff:fe00:1\"}");
      uri = json(asking.awaitSaid()).getString("uri");
    }
    assertThat(uri).isEqualTo(base + "/router/b827ebfffe000001");
    try (BasicsStation roof = BasicsStation.to(uri)) {
      roof.say("{\"msgtype\":\"version\",\"station\":\"2.0.6\",\"protocol\":2}");
      assertThat(json(roof.awaitSaid()).getString("msgtype")).isEqualTo("router_config");
      roof.hear(FRAME, 7_000_000);
      await("the frame is heard", () -> by.size() == 1, PATIENCE);
      assertThat(uplinks.get(0).phyPayload()).isEqualTo(FRAME);
      CompletableFuture<Sent> sent =
          by.get(0)
              .send(
                  new Downlink(
                      new Eui(1),
                      new byte[] {0x60},
                      List.of(
                          new Window(
                              Duration.ofSeconds(1), 868_100_000, new DataRate.Lora(7, 125), 14))),
                  uplinks.get(0).reception());
      JsonObject dnmsg = json(roof.awaitSaid());
      assertThat(dnmsg.getString("pdu")).isEqualTo("60");
      roof.say("{\"msgtype\":\"dntxed\",\"diid\":" + dnmsg.get("diid") + "}");
      await("it is confirmed", sent::isDone, PATIENCE);
      assertThat(sent.join()).isEqualTo(new Sent.InWindow(0));
    }
    await("its end is seen", () -> !front.status().stations().get(0).isConnected(), PATIENCE);
  }

  @Test
  void withTlsAndATokenAStationGetsInAndOthersDoNot() throws Exception {
    TlsFiles trust = new TlsFiles(city.caFile(), null, null);
    start(0, TlsFiles.ofServer(city.certificateFile("gateway"), city.keyFile("gateway")), TOKEN);
    String uri = "wss://localhost:" + awaitPort() + "/router/b827ebfffe000001";

    try (BasicsStation roof = BasicsStation.to(uri, "Bearer " + TOKEN, trust.context())) {
      assertThat(roof.isOpen()).isTrue();
      roof.hear(FRAME, 1);
      await("the frame is heard", () -> by.size() == 1, PATIENCE);
    }
    try (BasicsStation wrong = BasicsStation.to(uri, "Bearer guess", trust.context())) {
      assertThat(wrong.isOpen()).isFalse();
    }
    try (BasicsStation plain = BasicsStation.to(uri.replace("wss", "ws"), TOKEN, null)) {
      assertThat(plain.isOpen()).isFalse();
    }
    assertThat(front.status().refused()).containsEntry(Refusal.TOKEN, 1L);
  }

  // A certificate is renewed every few months: no restart on a roof.
  @Test
  void aRenewedCertificateCountsAtTheNextConnection() throws Exception {
    Path certificate = directory.resolve("own.pem");
    Path key = directory.resolve("own.key");
    Files.copy(old.certificateFile("first"), certificate);
    Files.copy(old.keyFile("first"), key);
    start(0, TlsFiles.ofServer(certificate, key), TOKEN);
    String uri = "wss://localhost:" + awaitPort() + "/router/b827ebfffe000001";
    TlsFiles trustOld = new TlsFiles(old.caFile(), null, null);
    TlsFiles trustNew = new TlsFiles(city.caFile(), null, null);

    try (BasicsStation before = BasicsStation.to(uri, TOKEN, trustNew.context())) {
      assertThat(before.isOpen()).isFalse();
    }
    // Half of it is there: the old pair still counts.
    replace(city.certificateFile("gateway"), certificate);
    try (BasicsStation meanwhile = BasicsStation.to(uri, TOKEN, trustOld.context())) {
      assertThat(meanwhile.isOpen()).isTrue();
    }
    replace(city.keyFile("gateway"), key);
    try (BasicsStation after = BasicsStation.to(uri, TOKEN, trustNew.context())) {
      assertThat(after.isOpen()).isTrue();
    }
  }

  private static void replace(Path with, Path file) throws Exception {
    Files.copy(with, file, StandardCopyOption.REPLACE_EXISTING);
    // Later than any before, however coarse the file system's clock is.
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2040-01-01T00:00:00Z")));
  }

  @Test
  void aMessageThatIsTooLongEndsTheConnection() throws Exception {
    start(0, null, null);
    try (BasicsStation roof =
        BasicsStation.to("ws://127.0.0.1:" + awaitPort() + "/router/b827ebfffe000001")) {
      roof.say("{\"msgtype\":\"" + "x".repeat(5_000) + "\"}");

      assertThat(roof.awaitEnd()).startsWith("1009"); // RFC 6455, 7.4.1: too big
    }
  }

  // Java-WebSocket would keep it in memory until it is whole.
  @Test
  void anOpeningRequestWithoutEndIsRefused() throws Exception {
    start(0, null, null);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), awaitPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String endless = "GET /router-info HTTP/1.1\r\nX-More: " + "x".repeat(9_000);
      socket.getOutputStream().write(endless.getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 404");
    }
    assertThat(front.status().refused()).containsExactly(entry(Refusal.REQUEST, 1L));
  }

  @Test
  void whoSaysNothingIsShownOut() throws Exception {
    start(0, null, null);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), awaitPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(front.status().refused()).containsEntry(Refusal.SLOW, 1L);
  }

  @Test
  void connectionsAreOnlySoMany() throws Exception {
    start(0, null, null);
    int port = awaitPort();
    String uri = "ws://127.0.0.1:" + port + "/router/b827ebfffe00000";
    try (BasicsStation one = BasicsStation.to(uri + 1);
        BasicsStation two = BasicsStation.to(uri + 2);
        BasicsStation three = BasicsStation.to(uri + 3);
        BasicsStation four = BasicsStation.to(uri + 4);
        BasicsStation five = BasicsStation.to(uri + 5)) {
      assertThat(four.isOpen()).isTrue();
      assertThat(five.isOpen()).isFalse();
      assertThat(front.status().refused()).containsEntry(Refusal.TOO_MANY, 1L);
      assertThat(one.isOpen() && two.isOpen() && three.isOpen()).isTrue();
    }
  }

  @Test
  void aPortThatIsTakenIsTriedAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start(taken.getLocalPort(), null, null);
      await("it is said", () -> !log.messages(Level.WARN).isEmpty(), PATIENCE);
      assertThat(front.port()).isEmpty();
    }
    awaitPort();
  }

  @Test
  void aMissingCertificateIsNamedAndTriedAgain() throws Exception {
    Path certificate = directory.resolve("own.pem");
    start(0, TlsFiles.ofServer(certificate, city.keyFile("gateway")), TOKEN);
    await("it is said", () -> !log.messages(Level.WARN).isEmpty(), PATIENCE);
    assertThat(log.messages(Level.WARN).get(0)).contains("own.pem");
    Files.copy(city.certificateFile("gateway"), certificate);

    awaitPort();
  }
}
