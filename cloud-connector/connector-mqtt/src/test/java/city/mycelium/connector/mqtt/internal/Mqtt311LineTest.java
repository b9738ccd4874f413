package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.tls.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Byte by byte, as OASIS MQTT 3.1.1 has it. */
class Mqtt311LineTest {

  private static final String ACCEPTED = "20 02 00 00";

  // 3.1: the name MQTT, level 4; of the flags (3.1.2.3) user, password, a will that is retained, of
  // QoS 1, and a clean session; seven seconds; then client id, topic and will, user, password.
  @Test
  void itIntroducesItselfAsTheSettingsSay() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner =
            new Owner(
                Setup.plain(broker.port(), "g1")
                    .version(MqttVersion.V3_1_1)
                    .credentials(new Credentials("u", "pä", null))
                    .keepAlive(Duration.ofSeconds(7))
                    .settings())) {
      broker.accept();

      assertThat(owner.losses).isEmpty();
      assertThat(hex(broker.await()))
          .isEqualTo(
              "10 37 00 04 4d 51 54 54 04 ee 00 07 00 02 67 31"
                  + " 00 19 "
                  + hex("mycelium/1/g1/city/status")
                  + " 00 04 "
                  + hex("gone")
                  + " 00 01 75 00 03 70 c3 a4");
    }
  }

  // 3.2.2.3, table 3.1.
  @ParameterizedTest
  @CsvSource({
    "01, set mqttVersion to 5",
    "02, choose another (clientId)",
    "03, not available",
    "04, wrong user or password: check user and passwordFile",
    "05, 'not authorized: check user, passwordFile'"
  })
  void whyItIsNotLetInIsSaidInWords(String code, String words) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = owner(broker)) {
      broker.accept();
      broker.await();
      broker.say("20 02 00 " + code);

      assertThat(owner.awaitLoss()).contains(words).contains("return code " + code.charAt(1));
    }
  }

  // 3.9.3. A gateway that does not hear acknowledgements would send the same for ever.
  @Test
  void aChannelThatMayNotBeHeardIsNoConnection() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = owner(broker, "ack")) {
      listen(broker, "80");

      assertThat(owner.awaitLoss()).contains("listening to [ack]").contains("access rules");
    }
  }

  @Test
  void onlyWhatWasAskedForIsHeard() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = owner(broker, "ack")) {
      // 3.8: packet identifier 1, then the topic and the QoS that is asked for.
      assertThat(hex(listen(broker, "01")))
          .isEqualTo("82 1b 00 01 00 16 " + hex("mycelium/1/g1/city/ack") + " 01");
      owner.awaitConnected();
      publish(broker, "mycelium/1/g2/city/ack", "another gateway's");
      publish(broker, "mycelium/1/g1/city/data", "our own");
      publish(broker, "mycelium/1/g1/city/ack", "ours");

      await("something is heard", () -> !owner.received.isEmpty(), Owner.PATIENCE);
      assertThat(owner.received)
          .extracting(
              heard ->
                  List.of(
                      heard.channel(),
                      heard.mediaType(),
                      new String(heard.payload(), StandardCharsets.UTF_8)))
          .containsExactly(List.of("ack", "application/octet-stream", "ours"));
      assertThat(owner.losses).isEmpty();
    }
  }

  // 3.3 and 3.4: QoS 1, packet identifier 1; an answer is the broker's, and nobody else's.
  @Test
  void aMessageIsTakenWhenTheBrokerSaysSo() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = owner(broker)) {
      broker.accept();
      broker.await();
      broker.say(ACCEPTED);
      owner.awaitConnected();
      CompletableFuture<Answer> answer = owner.send("data", "hello");
      byte[] packet = broker.await();
      assertThat(hex(packet))
          .isEqualTo("32 20 00 17 " + hex("mycelium/1/g1/city/data") + " 00 01 " + hex("hello"));
      assertThat(answer).isNotDone();
      assertThat(PacketSize.ofPublish("mycelium/1/g1/city/data", new byte[5]))
          .isEqualTo(packet.length);
      broker.say("40 02 00 01");

      assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class);
      broker.hangUp();
      assertThat(owner.awaitLoss()).contains("maxPacketBytes").contains("client id g1");
    }
  }

  // 2.2.3: 127 bytes need one byte of length, 128 two.
  @ParameterizedTest
  @CsvSource({"0, 7", "120, 127", "122, 129", "123, 131", "16378, 16386", "16379, 16388"})
  void howLongAPacketGetsIsKnownBefore(int payload, long packet) {
    assertThat(PacketSize.ofPublish("t", new byte[payload])).isEqualTo(packet);
  }

  // 3.1.1 has no words for what a broker takes; whoever runs the gateway knows it.
  @Test
  void aMessageLargerThanTheSettingsSayIsNotSent() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner =
            new Owner(
                Setup.plain(broker.port(), "g1")
                    .version(MqttVersion.V3_1_1)
                    .maxPacketBytes(200)
                    .settings())) {
      broker.accept();
      broker.await();
      broker.say(ACCEPTED);
      owner.awaitConnected();
      // Head 3, topic 2 + 23, packet identifier 2: 170 bytes are left.
      assertThat(Owner.awaitAnswer(owner.send("data", "x".repeat(171))))
          .isInstanceOfSatisfying(
              Answer.TooLarge.class,
              large -> assertThat(large.why()).contains("201").contains("maxPacketBytes"));
      var unused = owner.send("data", "x".repeat(170));
      assertThat(broker.await()).hasSize(200);
    }
  }

  // MQTT 3.1.1, 3.1.2.2 [MQTT-3.1.2-2]; MQTT 5, 3.2.2.2: 0x84.
  @ParameterizedTest
  @ValueSource(strings = {"20 02 00 01", "20 03 00 84 00"})
  void aBrokerThatSaysItDoesNotSpeakMqtt5IsSpokenToInTheOther(String refusal) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner =
            new Owner(Setup.plain(broker.port(), "g1").version(MqttVersion.AUTO).settings())) {
      broker.accept();
      assertThat(level(broker.await())).isEqualTo(5);
      broker.say(refusal);
      broker.accept();
      assertThat(level(broker.await())).isEqualTo(4);
      broker.say(ACCEPTED);
      owner.awaitConnected();
      assertThat(owner.awaitLoss()).contains("does not speak MQTT 5: going on in MQTT 3.1.1");
      broker.hangUp();
      broker.accept();
      assertThat(level(broker.await())).as("it stays so").isEqualTo(4);
    }
  }

  @Test
  void whoInsistsOnMqtt5IsToldWhatToDo() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings())) {
      broker.accept();
      broker.await();
      broker.say("20 02 00 01");
      assertThat(owner.awaitLoss()).contains("does not speak MQTT 5: set mqttVersion to 3.1.1");
      broker.accept();
      assertThat(level(broker.await())).isEqualTo(5);
    }
  }

  // A broker that is being restarted hangs up, too.
  @Test
  void whoHangsUpWithoutAWordHasSaidNothingOfVersions() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner =
            new Owner(Setup.plain(broker.port(), "g1").version(MqttVersion.AUTO).settings())) {
      broker.accept();
      broker.await();
      broker.hangUp();
      assertThat(owner.awaitLoss()).contains("without a word").contains("mqttVersion=3.1.1");
      broker.accept();
      assertThat(level(broker.await())).isEqualTo(5);
    }
  }

  /** MQTT 3.1.1 and 5, 3.1.2.2: after a head of two bytes and the name of six. */
  private static int level(byte[] connect) {
    return connect[8];
  }

  private static Owner owner(ScriptedBroker broker, String... inbound) {
    return new Owner(
        Setup.plain(broker.port(), "g1").version(MqttVersion.V3_1_1).settings(), inbound);
  }

  private static byte[] listen(ScriptedBroker broker, String granted) throws Exception {
    broker.accept();
    broker.await();
    broker.say(ACCEPTED);
    byte[] subscribe = broker.await();
    broker.say("90 03 00 01 " + granted);
    return subscribe;
  }

  /** 3.3, QoS 0. */
  private static void publish(ScriptedBroker broker, String topic, String payload)
      throws Exception {
    broker.say(
        String.format(
            "30 %02x 00 %02x %s %s",
            2 + topic.length() + payload.length(), topic.length(), hex(topic), hex(payload)));
  }

  private static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
