package city.mycelium.receiver.internal.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.time.Backoff;
import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.intake.Presence;
import city.mycelium.receiver.internal.intake.Topics;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.MosquittoProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that refuse, lie or hang up. */
class BrokerLinkTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CLIENT = "link-under-test";

  @TempDir private Path folder;

  private final Tally tally = new Tally();

  @Test
  void aBrokerIsTrustedIfTheCaFileVouchesForIt() throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "broker", "ip:127.0.0.1");
    try (MosquittoProcess broker = tlsBroker(certificate);
        BrokerLink link = link("ssl://127.0.0.1:" + broker.port(), certificate.certificate())) {
      link.start(message -> true);
      awaitConnected();
    }
  }

  /** Somebody in between has a certificate too, only not from whom we trust. */
  @Test
  void aBrokerThatNobodyVouchesForIsRefused() throws Exception {
    TestCertificate theirs = TestCertificate.make(folder, "intruder", "ip:127.0.0.1");
    TestCertificate ours = TestCertificate.make(folder, "broker", "ip:127.0.0.1");
    try (MosquittoProcess broker = tlsBroker(theirs);
        BrokerLink link = link("ssl://127.0.0.1:" + broker.port(), ours.certificate())) {
      link.start(message -> true);
      awaitTrouble("PKIX|path");
    }
  }

  /** A certificate that is good, but for another machine. */
  @Test
  void aBrokerWithAnotherNameIsRefused() throws Exception {
    TestCertificate elsewhere = TestCertificate.make(folder, "broker", "ip:127.0.0.9");
    try (MosquittoProcess broker = tlsBroker(elsewhere);
        BrokerLink link = link("ssl://127.0.0.1:" + broker.port(), elsewhere.certificate())) {
      link.start(message -> true);
      awaitTrouble("127\\.0\\.0\\.1");
    }
  }

  @Test
  void aFileWithoutCertificatesIsSaidInWords() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    try (BrokerLink link = link("ssl://127.0.0.1:1", empty)) {
      link.start(message -> true);
      awaitTrouble("no certificate in .*empty\\.pem");
    }
  }

  @Test
  void aWrongPasswordIsSaidInWords() throws Exception {
    Path password = Files.writeString(folder.resolve("password.txt"), "wrong\n");
    Path users = Files.createFile(folder.resolve("users.txt"));
    try (MosquittoProcess broker =
            MosquittoProcess.start(
                folder, false, "allow_anonymous false", "password_file " + users);
        BrokerLink link =
            link(
                new BrokerSettings(
                    "tcp://127.0.0.1:" + broker.port(), CLIENT, "receiver", password, null))) {
      link.start(message -> true);
      awaitTrouble("user name or password|not authorized");
    }
  }

  /**
   * Something that listens and hangs up at once, such as a proxy whose broker is down. Paho 1.2.5
   * alone leaves a thread spinning for every such attempt.
   */
  @Test
  void whoeverHangsUpAtOnceIsCalledAgainWithoutLeavingThreadsBehind() throws Exception {
    try (ServerSocket hangsUp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        BrokerLink link = link("tcp://127.0.0.1:" + hangsUp.getLocalPort(), null)) {
      link.start(message -> true);
      for (int i = 0; i < 5; i++) {
        hangsUp.accept().close();
      }
    }
    Await.await("no thread of Paho is left", () -> pahoThreads().isEmpty(), PATIENCE);
  }

  /** Whoever stops a receiver does not wait until a broker that hangs has been given up. */
  @Test
  void closingEndsAnAttemptThatTheBrokerDoesNotAnswer() throws Exception {
    try (ServerSocket hangs = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      BrokerLink link = link("tcp://127.0.0.1:" + hangs.getLocalPort(), null);
      link.start(message -> true);
      try (Socket accepted = hangs.accept()) {
        assertThat(accepted.getInputStream().read()).as("MQTT 5, 3.1: CONNECT").isEqualTo(0x10);
        link.close();
      }
    }
    assertThat(tally.brokerTrouble())
        .doesNotContain(String.valueOf(MqttClientException.REASON_CODE_CLIENT_TIMEOUT));
    Await.await("no thread of Paho is left", () -> pahoThreads().isEmpty(), PATIENCE);
  }

  /** An outage may have thousands of such attempts. Takes as long as the link is patient: 8 s. */
  @Test
  void anAttemptThatIsGivenUpLeavesNoThreads() throws Exception {
    try (ServerSocket hangs = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        BrokerLink link = link("tcp://127.0.0.1:" + hangs.getLocalPort(), null)) {
      link.start(message -> true);
      try (Socket first = hangs.accept();
          Socket second = hangs.accept()) {
        assertThat(first.getInputStream().readAllBytes()).as("CONNECT").isNotEmpty();
        assertThat(second.getInputStream().read()).as("MQTT 5, 3.1: CONNECT").isEqualTo(0x10);
        assertThat(pahoThreads()).filteredOn(name -> name.startsWith("MQTT Rec")).hasSize(1);
      }
    }
  }

  @Test
  void aLinkThatIsClosedAtOnceLeavesNoThreads() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(folder, false)) {
      for (int i = 0; i < 10; i++) {
        BrokerLink link = link("tcp://127.0.0.1:" + broker.port(), null);
        link.start(message -> true);
        link.close();
      }
    }
    Await.await("no thread of Paho is left", () -> pahoThreads().isEmpty(), PATIENCE);
  }

  @Test
  void anOpenLinkHasItsThreads() throws Exception {
    // Control for the tests above: the names are those of Paho's threads.
    try (MosquittoProcess broker = MosquittoProcess.start(folder, false);
        BrokerLink link = link("tcp://127.0.0.1:" + broker.port(), null)) {
      link.start(message -> true);
      awaitConnected();
      assertThat(pahoThreads()).isNotEmpty();
    }
    Await.await("no thread of Paho is left", () -> pahoThreads().isEmpty(), PATIENCE);
  }

  /** Paho names its threads after the client id, and starts them without a name. */
  private static List<String> pahoThreads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                thread.getKey().getName().endsWith(CLIENT)
                    || List.of(thread.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith("org.eclipse.paho")))
        .map(thread -> thread.getKey().getName())
        .toList();
  }

  private MosquittoProcess tlsBroker(TestCertificate certificate) throws Exception {
    return MosquittoProcess.start(
        Files.createDirectory(folder.resolve("mosquitto")),
        false,
        "certfile " + certificate.certificate(),
        "keyfile " + certificate.key());
  }

  private BrokerLink link(String url, @Nullable Path caFile) {
    return link(new BrokerSettings(url, CLIENT, null, null, caFile));
  }

  private BrokerLink link(BrokerSettings settings) {
    return new BrokerLink(
        settings,
        new Topics("mycelium"),
        new Presence(),
        tally,
        new Backoff(Duration.ofMillis(20), Duration.ofMillis(20), new Random(1)));
  }

  private void awaitConnected() {
    Await.await(
        "the link is connected",
        () -> {
          if (tally.brokerTrouble() != null) {
            throw new IllegalStateException(tally.brokerTrouble());
          }
          return true;
        },
        PATIENCE);
  }

  private void awaitTrouble(String pattern) {
    Await.await(
        "the trouble is said",
        () -> {
          String trouble = String.valueOf(tally.brokerTrouble());
          if (!trouble.matches("(?s).*(" + pattern + ").*")) {
            throw new IllegalStateException(trouble);
          }
          return true;
        },
        PATIENCE);
  }
}
