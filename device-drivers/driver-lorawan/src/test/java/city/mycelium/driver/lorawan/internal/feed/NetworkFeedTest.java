package city.mycelium.driver.lorawan.internal.feed;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.time.Backoff;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.testkit.Authority;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.MosquittoProcess;
import city.mycelium.testkit.RecordingLogger;
import city.mycelium.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Against a real broker, and a scripted one for what a real one does not do. */
class NetworkFeedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TOPIC = "application/a/device/0101010101010101/event/up";

  private static final CompletableFuture<Void> KEPT = CompletableFuture.completedFuture(null);

  @TempDir Path directory;
  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final RecordingLogger log = new RecordingLogger();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private NetworkFeed feed;

  private NetworkFeed start(
      int port,
      TlsFiles tls,
      Path passwordFile,
      Function<NetworkUplink, CompletableFuture<Void>> keep) {
    return start(port, tls, passwordFile, Duration.ofSeconds(30), keep);
  }

  private NetworkFeed start(
      int port, Duration keepAlive, Function<NetworkUplink, CompletableFuture<Void>> keep) {
    return start(port, null, null, keepAlive, keep);
  }

  private NetworkFeed start(
      int port,
      TlsFiles tls,
      Path passwordFile,
      Duration keepAlive,
      Function<NetworkUplink, CompletableFuture<Void>> keep) {
    FeedSettings settings =
        new FeedSettings(
            "city",
            tls == null ? "127.0.0.1" : "localhost",
            port,
            tls,
            false,
            passwordFile == null ? null : "gateway",
            passwordFile,
            "mycelium-feed",
            List.of(ChirpStackV4.USUAL_TOPIC),
            keepAlive,
            Duration.ofSeconds(5),
            10_000);
    feed =
        new NetworkFeed(
            settings,
            new ChirpStackV4(),
            uplink -> {
              received.add(uplink.sourceKey());
              return keep.apply(uplink);
            },
            clock,
            new ThreadSchedulers(),
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(400), new Random(5)),
            log);
    feed.start();
    return feed;
  }

  private NetworkFeed start(int port) {
    return start(port, null, null, uplink -> CompletableFuture.completedFuture(null));
  }

  private void awaitConnected() {
    await("connected; log: " + log.lines(), () -> feed.status().isConnected(), PATIENCE);
  }

  private void awaitReceived(String... keys) {
    await(
        "received " + List.of(keys) + ", so far " + received,
        () -> received.containsAll(List.of(keys)),
        PATIENCE);
  }

  @AfterEach
  void close() {
    if (feed != null) {
      feed.close();
    }
  }

  private static String uplink(String key) {
    return "{\"deduplicationId\":\""
        + key
        + "\",\"time\":\"2026-11-26T11:34:15Z\",\"deviceInfo\":{\"devEui\":\"0101010101010101\"},"
        + "\"fPort\":1,\"data\":\"AQ==\"}";
  }

  /** As an operator would: mosquitto_pub. */
  private static void publish(MosquittoProcess broker, String payload, String... more)
      throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                "" + broker.port(),
                "-q",
                "1",
                "-t",
                TOPIC,
                "-m",
                payload));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("mosquitto_pub failed");
    }
  }

  @Test
  void uplinksOfANetworkAreReceived() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      start(broker.port());
      awaitConnected();
      publish(broker, uplink("one"));
      publish(broker, "no JSON");
      publish(broker, "x".repeat(20_000));
      publish(broker, uplink("two"));
      awaitReceived("one", "two");

      assertThat(received).containsExactly("one", "two");
      await("all is kept", () -> feed.status().waiting() == 0, PATIENCE);
      assertThat(feed.status().refused())
          .isEqualTo(Map.of(Refusal.CONTENT, 1L, Refusal.TOO_LONG, 1L));
      assertThat(feed.status().messages()).isEqualTo(4);
    }
  }

  // What is not yet kept when the gateway dies is sent again; what is kept is not.
  @Test
  void onlyWhatIsKeptIsAcknowledged() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, true)) {
      CompletableFuture<Void> never = new CompletableFuture<>();
      start(
          broker.port(),
          null,
          null,
          up -> up.sourceKey().equals("kept") ? CompletableFuture.completedFuture(null) : never);
      awaitConnected();
      publish(broker, uplink("kept"));
      publish(broker, uplink("not kept"));
      awaitReceived("kept", "not kept");
      await("one is acknowledged", () -> feed.status().waiting() == 1, PATIENCE);
      feed.close();
      publish(broker, uplink("meanwhile"));
      received.clear();
      start(broker.port());
      awaitReceived("not kept", "meanwhile");

      assertThat(received).containsExactly("not kept", "meanwhile");
    }
  }

  // A full disk: the broker keeps it until there is room.
  @Test
  void whatCannotBeKeptIsAskedForAgain() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      start(
          broker.port(),
          null,
          null,
          up ->
              received.size() < 3
                  ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                  : CompletableFuture.completedFuture(null));
      awaitConnected();
      publish(broker, uplink("one"));
      await("the third time it is kept", () -> received.size() == 3, PATIENCE);

      assertThat(received).containsOnly("one");
      await("it is kept", () -> feed.status().waiting() == 0, PATIENCE);
      assertThat(feed.status().refused()).containsEntry(Refusal.NOT_KEPT, 2L);
    }
  }

  @Test
  void aBrokerThatGoesAndComesBackIsFoundAgain() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, true)) {
      start(broker.port());
      awaitConnected();
      broker.kill();
      await("the loss is seen", () -> !feed.status().isConnected(), PATIENCE);
      broker.restart();
      awaitConnected();
      publish(broker, uplink("after"));
      awaitReceived("after");
    }
    assertThat(log.messages(Level.WARN)).isNotEmpty().hasSizeLessThan(4);
  }

  @Test
  void withTlsThePasswordIsAsked() throws Exception {
    Authority city = Authority.named(directory, "city").issue("broker", "EC", "dns:localhost");
    Path passwords = directory.resolve("passwords");
    Process process =
        new ProcessBuilder(
                "mosquitto_passwd", "-b", "-c", passwords.toString(), "gateway", "secret")
            .start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Path own = Files.writeString(directory.resolve("password"), "wrong\n");
    Path broken = Files.createDirectory(directory.resolve("broker"));
    try (MosquittoProcess broker =
        MosquittoProcess.start(
            broken,
            false,
            "cafile " + city.caFile(),
            "certfile " + city.certificateFile("broker"),
            "keyfile " + city.keyFile("broker"),
            "allow_anonymous false",
            "password_file " + passwords)) {
      start(
          broker.port(),
          new TlsFiles(city.caFile(), null, null),
          own,
          uplink -> CompletableFuture.completedFuture(null));
      await("it is refused", () -> !log.messages(Level.WARN).isEmpty(), PATIENCE);
      assertThat(log.messages(Level.WARN).get(0)).containsAnyOf("password", "not authorized");
      Files.writeString(own, "secret\n");
      awaitConnected();
    }
  }

  @Test
  void aBrokerOfAnUnknownAuthorityOrAnotherNameIsNotTalkedTo() throws Exception {
    Authority city = Authority.named(directory, "city").issue("broker", "EC", "dns:localhost");
    city.issue("elsewhere", "EC", "dns:broker.example.org");
    Authority other = Authority.named(directory, "other");
    assertNotTalkedTo("right", city, "broker", other);
    assertThat(log.messages(Level.WARN).get(0)).contains("TLS failed");
    assertNotTalkedTo("name", city, "elsewhere", city);
  }

  private void assertNotTalkedTo(String folder, Authority of, String broker, Authority trusted)
      throws Exception {
    int said = log.messages(Level.WARN).size();
    try (MosquittoProcess process =
        MosquittoProcess.start(
            Files.createDirectory(directory.resolve(folder)),
            false,
            "certfile " + of.certificateFile(broker),
            "keyfile " + of.keyFile(broker))) {
      start(
          process.port(),
          new TlsFiles(trusted.caFile(), null, null),
          null,
          uplink -> CompletableFuture.completedFuture(null));
      await("it is said", () -> log.messages(Level.WARN).size() > said, PATIENCE);
      assertThat(feed.status().isConnected()).isFalse();
      feed.close();
    }
  }

  // A line that is dead without a word: no answer to PINGREQ. Paho's own clock is real.
  @Test
  void aBrokerThatFallsSilentIsLeft() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port(), Duration.ofSeconds(1), uplink -> KEPT);
      broker.accept();
      broker.welcome(0);
      broker.subscribed(0);
      awaitConnected();
      // QoS 0 was granted: that is worth a word.
      await("it is said", () -> !log.messages(Level.WARN).isEmpty(), PATIENCE);
      assertThat(log.messages(Level.WARN)).singleElement().asString().contains("QoS 0");
      broker.awaitHangUp();
      broker.accept(); // and it comes again
    }
  }

  // MQTT 3.1.1, table 3.1.
  @Test
  void whatTheBrokerHasAgainstUsIsSaid() throws Exception {
    List<String> words =
        List.of("MQTT 3.1.1", "client id", "not available", "passwordFile", "not authorized");
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port());
      for (int code = 1; code <= words.size(); code++) {
        broker.accept();
        broker.welcome(code);
        int said = code;
        await("it is said", () -> log.messages(Level.WARN).size() == said, PATIENCE);
        assertThat(log.messages(Level.WARN).get(said - 1)).contains(words.get(said - 1));
      }
    }
  }

  // Paho would make room for 256 MB.
  @Test
  void aMessageOfAnUnheardOfLengthEndsTheConnection() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port());
      broker.accept();
      broker.welcome(0);
      broker.subscribed(1);
      awaitConnected();
      broker.write(0x32, 0xff, 0xff, 0xff, 0x7f);
      broker.awaitHangUp();
      await("it is said", () -> !log.messages(Level.WARN).isEmpty(), PATIENCE);
      assertThat(log.messages(Level.WARN).get(0)).contains("268435455 bytes");
    }
  }

  // Paho asks the line once a second, and would take the rest of a length for a new packet.
  @Test
  void aMessageThatIsCutWithinItsLengthIsReadAllTheSame() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port(), Duration.ofSeconds(1), up -> KEPT);
      broker.accept();
      broker.welcome(0);
      broker.subscribed(1);
      awaitConnected();
      broker.read(); // PINGREQ; Paho's clock is real, and asks the line again with the next one
      broker.write(0xd0, 0);
      broker.write(0x32);
      broker.read();
      broker.writeRest(7, TOPIC, uplink("cut"));
      broker.write(0xd0, 0);
      awaitReceived("cut");
    }
  }

  @Test
  void whatMayNotBeListenedToIsSaid() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port());
      broker.accept();
      broker.welcome(0);
      broker.subscribed(0x80);
      await("it is said", () -> !log.messages(Level.WARN).isEmpty(), PATIENCE);
      assertThat(log.messages(Level.WARN).get(0)).contains(ChirpStackV4.USUAL_TOPIC);
      assertThat(feed.status().isConnected()).isFalse();
    }
  }

  // MQTT 3.1.1, 4.6: PUBACKs in the order of the PUBLISHes, each when it is kept.
  @Test
  void whatIsKeptIsAcknowledgedInTheOrderInWhichItCame() throws Exception {
    Map<String, CompletableFuture<Void>> keeping = new ConcurrentHashMap<>();
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(
          broker.port(),
          Duration.ofSeconds(30),
          up -> keeping.computeIfAbsent(up.sourceKey(), key -> new CompletableFuture<>()));
      broker.accept();
      broker.welcome(0);
      broker.subscribed(1);
      broker.publish(1, 7, TOPIC, uplink("one"));
      broker.publish(1, 8, TOPIC, uplink("two"));
      broker.publish(1, 9, TOPIC, uplink("three"));
      awaitReceived("one", "two", "three");
      keeping.get("two").complete(null);
      keeping.get("one").complete(null);

      assertThat(broker.read()).startsWith(0x40).endsWith(0, 7);
      assertThat(broker.read()).startsWith(0x40).endsWith(0, 8);
      keeping.get("three").completeExceptionally(new IOException("the disk is full"));
      broker.awaitHangUp();
      assertThat(broker.unread()).isEmpty();
    }
  }

  @Test
  void whileAThousandAreNotYetKeptNoMoreIsRead() throws Exception {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port(), Duration.ofSeconds(30), up -> kept.copy());
      broker.accept();
      broker.welcome(0);
      broker.subscribed(0);
      for (int i = 0; i < 1_005; i++) {
        broker.publish(0, 0, TOPIC, uplink("" + i));
      }
      await("a thousand wait", () -> feed.status().waiting() == 1_000, PATIENCE);
      await("the next is read", () -> feed.status().messages() == 1_001, PATIENCE);
      assertThat(received).hasSize(1_000);
      kept.complete(null);
      await("all is received", () -> received.size() == 1_005, PATIENCE);
    }
  }

  // The listener's thread must be free although the broker reads nothing.
  @Test
  void closingWhileAThousandWaitLeavesNoThread() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port(), Duration.ofSeconds(30), up -> new CompletableFuture<>());
      broker.accept();
      broker.welcome(0);
      broker.subscribed(0);
      for (int i = 0; i < 1_020; i++) {
        broker.publish(0, 0, TOPIC, uplink("" + i));
      }
      await("the next is read", () -> feed.status().messages() == 1_001, PATIENCE);
      assertThat(threads()).isNotEmpty();
      feed.close();
      assertNoThreadIsLeft();
    }
  }

  /** Such as a proxy whose broker is down; and then one that says nothing, during TLS or after. */
  @Test
  void attemptsThatFailOrAreBrokenOffLeaveNoThread() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      start(broker.port());
      for (int i = 0; i < 3; i++) {
        broker.accept();
        broker.hangUp();
      }
      broker.accept();
      broker.read();
      feed.close();
      broker.awaitHangUp();
      assertNoThreadIsLeft();
      start(broker.port(), TlsFiles.NONE, null, uplink -> KEPT);
      broker.accept();
      feed.close();
      broker.awaitHangUp();
      assertNoThreadIsLeft();
    }
  }

  private static void assertNoThreadIsLeft() {
    await("no thread is left: " + threads(), () -> threads().isEmpty(), PATIENCE);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                thread.getKey().getName().endsWith("mycelium-feed")
                    || thread.getKey().getName().startsWith("lorawan-feed")
                    || List.of(thread.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith("org.eclipse.paho")))
        .map(thread -> thread.getKey().getName())
        .toList();
  }

  @Test
  void withoutTlsOnlyThisMachineIsTalkedTo() {
    assertThatThrownBy(
            () ->
                new FeedSettings(
                    "city",
                    "broker.example.org",
                    1883,
                    null,
                    false,
                    null,
                    null,
                    "id",
                    List.of("t"),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    10_000))
        .hasMessageContaining("without TLS");
  }
}
