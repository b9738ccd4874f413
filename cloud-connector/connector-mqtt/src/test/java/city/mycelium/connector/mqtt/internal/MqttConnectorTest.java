package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.testkit.MosquittoProcess;
import city.mycelium.tls.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker, and real lines to it. */
class MqttConnectorTest {

  @TempDir Path directory;

  @Test
  void aMessageArrivesOnItsTopicWithItsTypeAndTheBrokerAnswers() throws MqttException {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Watcher watcher = new Watcher(broker.port());
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "hello")))
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isZero());
      assertThat(watcher.awaitSeen("mycelium/1/g1/city/data"))
          .isEqualTo(new Watcher.Seen("mycelium/1/g1/city/data", "hello", 1, false, "text/plain"));
    }
  }

  // MQTT 5, 3.4.2.1: 0x10, no matching subscribers, is a success.
  @Test
  void aMessageThatNobodyHearsIsAnsweredToo() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "hello")))
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(0x10));
    }
  }

  @Test
  void aRetainedMessageIsThereForWhoeverComesLater() throws MqttException {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected()) {
      Owner.awaitAnswer(owner.session.send(Owner.message("status", "here", true)));
      Owner.awaitAnswer(owner.session.send(Owner.message("data", "once", false)));
      try (Watcher late = new Watcher(broker.port())) {
        assertThat(late.awaitSeen("mycelium/1/g1/city/status").retained()).isTrue();
        assertThat(late.count("mycelium/1/g1/city/data")).isZero(); // the control
      }
    }
  }

  @Test
  void whatIsSaidOnAnInboundChannelIsHeard() throws MqttException {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Watcher watcher = new Watcher(broker.port())) {
      watcher.publish("mycelium/1/g1/city/ack", "kept", true);
      try (Owner owner =
          new Owner(Setup.plain(broker.port(), "g1").settings(), "ack").awaitConnected()) {
        // connected() is said when the channel is listened to: nothing said after it is missed.
        watcher.publish("mycelium/1/g1/city/other", "not asked for", false);
        watcher.publish("mycelium/1/g1/city/ack", "now", false);
        await("both are heard", () -> owner.received.size() == 2, Owner.PATIENCE);
        assertThat(owner.received)
            .extracting(
                m ->
                    m.channel()
                        + " "
                        + m.mediaType()
                        + " "
                        + text(m.payload())
                        + " "
                        + m.retained())
            .containsExactly("ack application/json kept true", "ack application/json now false");
        assertThat(owner.threads).containsOnly("mqtt-city");
      }
    }
  }

  // MQTT 5, 3.14.2.1: the broker is asked to publish the will.
  @Test
  void whoClosesSaysFarewell() throws MqttException {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Watcher watcher = new Watcher(broker.port())) {
      new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected().close();
      watcher.awaitSeen("mycelium/1/g1/city/status");
      try (Watcher late = new Watcher(broker.port())) {
        assertThat(late.awaitSeen("mycelium/1/g1/city/status"))
            .isEqualTo(
                new Watcher.Seen("mycelium/1/g1/city/status", "gone", 1, true, "text/plain"));
      }
    }
  }

  @Test
  void whoVanishesLeavesALastWill() throws MqttException {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Watcher watcher = new Watcher(broker.port());
        BadLine line = BadLine.to(broker.port());
        Owner owner = new Owner(Setup.plain(line.port(), "g1").settings()).awaitConnected()) {
      assertThat(watcher.count("mycelium/1/g1/city/status")).isZero();
      line.become(BadLine.Manner.CLOSE_AT_ONCE);
      line.cut();
      assertThat(watcher.awaitSeen("mycelium/1/g1/city/status").payload()).isEqualTo("gone");
      owner.awaitLoss();
    }
  }

  @Test
  void aBrokerThatIsRestartedIsFoundAgain() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner owner =
            new Owner(Setup.plain(broker.port(), "g1").settings(), "ack").awaitConnected()) {
      for (int time = 2; time <= 4; time++) {
        if (time % 2 == 0) {
          broker.stop();
        } else {
          broker.kill();
        }
        owner.awaitLoss();
        assertThat(Owner.awaitAnswer(owner.send("data", "into the void")))
            .isInstanceOf(Answer.Unknown.class);
        broker.restart();
        owner.awaitConnections(time);
        assertThat(Owner.awaitAnswer(owner.send("data", "there again")))
            .isInstanceOf(Answer.Replied.class);
      }
    }
  }

  // Sync sends again what is Unknown: better twice than never.
  @Test
  void whatWasUnderwayWhenTheLineBrokeIsUnknown() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        BadLine line = BadLine.to(broker.port());
        Owner owner = new Owner(Setup.plain(line.port(), "g1").settings()).awaitConnected()) {
      line.freeze();
      List<CompletableFuture<Answer>> answers =
          IntStream.range(0, 150).mapToObj(i -> owner.send("data", "m" + i)).toList();
      line.cut();
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Unknown.class);
      }
      owner.awaitConnections(2);
    }
  }

  // Nobody says that the other end is gone: only silence does.
  @Test
  void aLineThatIsHalfOpenIsNoticedByItsSilence() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        BadLine line = BadLine.to(broker.port());
        Owner owner =
            new Owner(Setup.plain(line.port(), "g1").keepAlive(Duration.ofSeconds(1)).settings())
                .awaitConnected()) {
      line.freeze();
      CompletableFuture<Answer> answer = owner.send("data", "hello?");
      assertThat(owner.awaitLoss()).contains("no longer answers");
      assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Unknown.class);
      line.cut(); // new connections are passed on again
      owner.awaitConnections(2);
    }
  }

  @Test
  void aBrokerThatClosesWhatItAcceptsIsTriedAgainAndAgain() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        BadLine line = BadLine.to(broker.port())) {
      line.become(BadLine.Manner.CLOSE_AT_ONCE);
      try (Owner owner = new Owner(Setup.plain(line.port(), "g1").settings())) {
        await("several attempts", () -> owner.losses.size() >= 4, Owner.PATIENCE);
        assertThat(owner.losses.get(0)).contains("closed the connection without a word");
        line.become(BadLine.Manner.PASS_ON);
        owner.awaitConnected();
      }
    }
  }

  @Test
  void aBrokerThatNeverAnswersIsGivenUpAndTriedAgain() {
    try (BadLine line = BadLine.thatOnly(BadLine.Manner.SAY_NOTHING);
        Owner owner =
            new Owner(
                Setup.plain(line.port(), "g1").connectTimeout(Duration.ofSeconds(1)).settings())) {
      assertThat(owner.awaitLoss()).contains("did not answer within 1 s");
      await("a second attempt", () -> line.accepted() >= 2, Owner.PATIENCE);
    }
  }

  @Test
  void nobodyListeningIsSaidSo() {
    try (Owner owner = new Owner(Setup.plain(MosquittoProcess.freePort(), "g1").settings())) {
      assertThat(owner.awaitLoss()).contains("nobody listens at");
      assertThat(Owner.awaitAnswer(owner.send("data", "x")))
          .isInstanceOfSatisfying(
              Answer.Unknown.class,
              unknown -> assertThat(unknown.why()).contains("nobody listens"));
    }
  }

  @Test
  void aWrongPasswordIsSaidSoAndTheRightOneOutOfAFileIsTaken() throws Exception {
    Path passwords = directory.resolve("passwords");
    hashed(passwords, "g1", "right & proper");
    Path file = Files.writeString(directory.resolve("secret"), "wrong\n");
    try (MosquittoProcess broker =
            MosquittoProcess.start(
                directory, false, "allow_anonymous false", "password_file " + passwords);
        Owner owner =
            new Owner(
                Setup.plain(broker.port(), "g1")
                    .credentials(new Credentials("g1", null, file))
                    .settings())) {
      assertThat(owner.awaitLoss()).contains("not authorized").contains("check user");
      Files.writeString(file, "right & proper\n"); // counts without a restart
      owner.awaitConnected();
    }
  }

  // Mosquitto tells the limit as its Receive Maximum; one more in flight and it would hang up.
  @Test
  void theBrokersReceiveMaximumIsKept() {
    try (MosquittoProcess broker =
            MosquittoProcess.start(directory, false, "max_inflight_messages 3");
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected()) {
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

  @Test
  void aMessageLargerThanTheBrokerTakesIsCalledSoAndHarmsNobody() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false, "max_packet_size 400");
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "x".repeat(400))))
          .isInstanceOf(Answer.TooLarge.class);
      assertThat(Owner.awaitAnswer(owner.send("data", "x".repeat(300))))
          .isInstanceOf(Answer.Replied.class);
      assertThat(owner.losses).isEmpty();
    }
  }

  // What the operator can put right must not cost data: not permanent.
  @Test
  void whatTheAccessRulesForbidIsRefusedInWords() throws IOException {
    Path rules =
        Files.writeString(directory.resolve("acl"), "topic write mycelium/1/g1/city/status\n");
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false, "acl_file " + rules);
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "x")))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> {
                assertThat(refused.permanent()).isFalse();
                assertThat(refused.why()).contains("not authorized").contains("access rules");
              });
      assertThat(Owner.awaitAnswer(owner.send("status", "x"))).isInstanceOf(Answer.Replied.class);
    }
  }

  // Two gateways configured alike throw each other out. Mosquitto 2.0.11 does not tell them why
  // (MQTT 5, 3.1.4, lets it), so the guess must be ours.
  @Test
  void aSecondClientOfTheSameNameIsNamedAsTheCause() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner first = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected();
        Owner second = new Owner(Setup.plain(broker.port(), "g1").settings())) {
      second.awaitConnections(1);
      await(
          "the first is told why",
          () -> first.losses.stream().anyMatch(why -> why.contains("client id g1")),
          Owner.PATIENCE);
    }
  }

  @Test
  void afterCloseEverythingIsAnsweredUnknown() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings()).awaitConnected();
      owner.close();
      assertThat(owner.send("data", "too late")).isCompleted();
      assertThat(owner.send("data", "too late").join()).isInstanceOf(Answer.Unknown.class);
    }
  }

  static void hashed(Path file, String user, String password) throws Exception {
    Process process =
        new ProcessBuilder("mosquitto_passwd", "-b", "-c", file.toString(), user, password)
            .inheritIO()
            .start();
    assertThat(process.waitFor()).as("mosquitto_passwd, of the package mosquitto").isZero();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
