package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.testkit.MosquittoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of {@link MqttConnectorTest}, kept in MQTT 3.1.1 against the same broker. */
class Mqtt311ConnectorTest {

  @TempDir Path directory;

  // Whoever listens in MQTT 5 sees that there is no content type: what a payload is, it says
  // itself.
  @Test
  void aMessageArrivesWithoutItsTypeAndTheBrokerAnswers() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Watcher watcher = new Watcher(broker.port());
        Owner owner = new Owner(setup(broker.port()).settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "hello")))
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isZero());
      assertThat(watcher.awaitSeen("mycelium/1/g1/city/data"))
          .isEqualTo(new Watcher.Seen("mycelium/1/g1/city/data", "hello", 1, false, "null"));
      Message once = Owner.message("once", "hello", true).atMostOnce();
      assertThat(Owner.awaitAnswer(owner.session.send(once))).isInstanceOf(Answer.Replied.class);
      assertThat(watcher.awaitSeen("mycelium/1/g1/city/once").qos()).isZero();
      try (Watcher late = new Watcher(broker.port())) {
        assertThat(late.awaitSeen("mycelium/1/g1/city/once").retained()).isTrue();
        assertThat(late.count("mycelium/1/g1/city/data")).isZero(); // the control
      }
    }
  }

  @Test
  void whatIsSaidOnAnInboundChannelIsHeard() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Watcher watcher = new Watcher(broker.port())) {
      watcher.publish("mycelium/1/g1/city/ack", "kept", true);
      try (Owner owner = new Owner(setup(broker.port()).settings(), "ack").awaitConnected()) {
        watcher.publish("mycelium/1/g1/city/other", "not asked for", false);
        watcher.publish("mycelium/1/g1/city/ack", "now", false);
        await("both are heard", () -> owner.received.size() == 2, Owner.PATIENCE);
        assertThat(owner.received)
            .extracting(m -> m.channel() + " " + m.mediaType() + " " + m.retained())
            .containsExactly(
                "ack application/octet-stream true", "ack application/octet-stream false");
        assertThat(owner.threads).containsOnly("mqtt-city");
      }
    }
  }

  // MQTT 3.1.1, 3.1.2.5: the broker publishes the will of whoever goes without DISCONNECT.
  @Test
  void whoClosesSaysFarewellAndWhoVanishesDoesToo() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Watcher watcher = new Watcher(broker.port());
        BadLine line = BadLine.to(broker.port())) {
      Owner closing = new Owner(setup(broker.port()).settings()).awaitConnected();
      assertThat(watcher.count("mycelium/1/g1/city/status")).isZero();
      closing.close();
      assertThat(watcher.awaitSeen("mycelium/1/g1/city/status"))
          .isEqualTo(new Watcher.Seen("mycelium/1/g1/city/status", "gone", 1, false, "null"));
      try (Owner vanishing = new Owner(setup(line.port()).settings()).awaitConnected()) {
        line.become(BadLine.Manner.CLOSE_AT_ONCE);
        line.cut();
        await(
            "its will is said",
            () -> watcher.count("mycelium/1/g1/city/status") == 2,
            Owner.PATIENCE);
        vanishing.awaitLoss();
      }
      try (Watcher late = new Watcher(broker.port())) {
        assertThat(late.awaitSeen("mycelium/1/g1/city/status").retained()).isTrue();
      }
    }
  }

  @Test
  void aBrokerThatIsRestartedIsFoundAgain() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner owner = new Owner(setup(broker.port()).settings(), "ack").awaitConnected()) {
      broker.kill();
      owner.awaitLoss();
      assertThat(Owner.awaitAnswer(owner.send("data", "into the void")))
          .isInstanceOf(Answer.Unknown.class);
      broker.restart();
      owner.awaitConnections(2);
      assertThat(Owner.awaitAnswer(owner.send("data", "there again")))
          .isInstanceOf(Answer.Replied.class);
    }
  }

  // Nobody says that the other end is gone, only silence does; what was under way is Unknown.
  @Test
  void aLineThatIsHalfOpenIsNoticedByItsSilence() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        BadLine line = BadLine.to(broker.port());
        Owner owner =
            new Owner(setup(line.port()).keepAlive(Duration.ofSeconds(1)).settings())
                .awaitConnected()) {
      line.freeze();
      List<CompletableFuture<Answer>> answers =
          IntStream.range(0, 150).mapToObj(i -> owner.send("data", "m" + i)).toList();
      assertThat(owner.awaitLoss()).contains("no longer answers");
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Unknown.class);
      }
      line.cut(); // new connections are passed on again
      owner.awaitConnections(2);
    }
  }

  // Paho counts what is in flight, too, and must not count otherwise than we do.
  @Test
  void ourWindowIsKept() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner owner = new Owner(setup(broker.port()).inFlight(3).settings()).awaitConnected()) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(owner.send("data", "m" + i));
      }
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class);
      }
      assertThat(owner.losses).isEmpty();
    }
  }

  // What MQTT 3.1.1 cannot say. 3.3.5.2: a broker answers a PUBLISH that it forbids as if it had
  // taken it, or hangs up; one that is too large has no answer either.
  @Test
  void whatTheBrokerForbidsIsAcknowledgedAllTheSameAndWhatIsTooLargeEndsTheLine() throws Exception {
    Path rules = Files.writeString(directory.resolve("acl"), "topic read #\n");
    try (MosquittoProcess broker =
            MosquittoProcess.start(directory, false, "acl_file " + rules, "max_packet_size 400");
        Watcher watcher = new Watcher(broker.port());
        Owner owner = new Owner(setup(broker.port()).settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
      assertThat(Owner.awaitAnswer(owner.send("data", "x".repeat(500))))
          .isInstanceOfSatisfying(
              Answer.Unknown.class,
              unknown -> assertThat(unknown.why()).contains("maxPacketBytes"));
      owner.awaitConnections(2);
      assertThat(watcher.count("mycelium/1/g1/city/data")).isZero();
    }
  }

  private static Setup setup(int port) {
    return Setup.plain(port, "g1").version(MqttVersion.V3_1_1);
  }
}
