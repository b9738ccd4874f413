package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttConnect;
import org.eclipse.paho.mqttv5.common.packet.MqttDisconnect;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttSubAck;
import org.eclipse.paho.mqttv5.common.packet.MqttSubscribe;
import org.junit.jupiter.api.Test;

/** Packet by packet, where a real broker shows no difference. */
class Mqtt5LineTest {

  // MQTT 5, 3.1.2: a clean start and no session left behind: what was unanswered is sync's to send
  // again. And no more at once than fits into a gateway.
  @Test
  void itIntroducesItselfAsTheSettingsSay() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner =
            new Owner(
                Setup.plain(broker.port(), "g1").keepAlive(Duration.ofSeconds(7)).settings())) {
      MqttConnect connect = broker.awaitConnect();

      assertThat(owner.losses).isEmpty();
      assertThat(connect.getClientId()).isEqualTo("g1");
      assertThat(connect.isCleanStart()).isTrue();
      assertThat(connect.getKeepAliveInterval()).isEqualTo(7);
      assertThat(connect.getProperties().getSessionExpiryInterval()).isZero();
      assertThat(connect.getProperties().getMaximumPacketSize()).isEqualTo(1L << 20);
      assertThat(connect.getWillDestination()).isEqualTo("mycelium/1/g1/city/status");
    }
  }

  // MQTT 5, 3.2.2.3.4: Maximum QoS. Without an answer to each message nothing is certain.
  @Test
  void aBrokerWithoutAnswersIsOfNoUse() throws Exception {
    MqttProperties offered = new MqttProperties();
    offered.setMaximumQoS(0);
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings())) {
      broker.awaitConnect();
      broker.welcome(offered);

      assertThat(owner.awaitLoss()).contains("QoS 1");
    }
  }

  // The control of the above: the other value that it may have.
  @Test
  void aBrokerThatSaysItAnswersIsTaken() throws Exception {
    MqttProperties offered = new MqttProperties();
    offered.setMaximumQoS(1);
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings())) {
      broker.awaitConnect();
      broker.welcome(offered);

      owner.awaitConnected();
    }
  }

  // MQTT 5, 3.9.3. A gateway that does not hear acknowledgements would send the same for ever.
  @Test
  void aChannelThatMayNotBeHeardIsNoConnection() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings(), "ack")) {
      listen(broker, 0x87);

      assertThat(owner.awaitLoss()).contains("listening to [ack]").contains("not authorized");
    }
  }

  // MQTT 5, 3.3.2.3.9: a content type may be there or not.
  @Test
  void onlyWhatWasAskedForIsHeard() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings(), "ack")) {
      assertThat(listen(broker, 1))
          .extracting(MqttSubscription::getTopic, MqttSubscription::getQos)
          .containsExactly(tuple("mycelium/1/g1/city/ack", 1));
      owner.awaitConnected();
      publish(broker, "mycelium/1/g2/city/ack", "another gateway's");
      publish(broker, "mycelium/1/g1/city/data", "our own");
      publish(broker, "short", "odd");
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

  @Test
  void aTemplateSaysWhereAChannelIsFoundAndWhichItIs() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner =
            new Owner(
                Setup.plain(broker.port(), "g1").topics("town/{channel}/of-g1").settings(),
                "cmd/ack")) {
      assertThat(listen(broker, 1))
          .extracting(MqttSubscription::getTopic)
          .containsExactly("town/cmd/ack/of-g1");
      owner.awaitConnected();
      owner.send("data", "out");
      assertThat(broker.await(MqttPublish.class).getTopicName()).isEqualTo("town/data/of-g1");
      publish(broker, "town/cmd/ack", "not ours");
      publish(broker, "town/cmd/ack/of-g1", "ours");

      await("something is heard", () -> !owner.received.isEmpty(), Owner.PATIENCE);
      assertThat(owner.received)
          .extracting(
              heard -> heard.channel() + " " + new String(heard.payload(), StandardCharsets.UTF_8))
          .containsExactly("cmd/ack ours");
    }
  }

  // MQTT 5, 3.14: a broker that goes says why, and in its own words if it wants.
  @Test
  void whatABrokerSaysWhenItGoesIsPassedOn() throws Exception {
    MqttProperties words = new MqttProperties();
    words.setReasonString("back at noon");
    try (ScriptedBroker broker = new ScriptedBroker();
        Owner owner = new Owner(Setup.plain(broker.port(), "g1").settings())) {
      broker.awaitConnect();
      broker.welcome(new MqttProperties());
      owner.awaitConnected();
      broker.say(new MqttDisconnect(0x8B, words));

      assertThat(owner.awaitLoss()).contains("shutting down").endsWith("; it says: back at noon");
    }
  }

  private static MqttSubscription[] listen(ScriptedBroker broker, int answer) throws Exception {
    broker.awaitConnect();
    broker.welcome(new MqttProperties());
    MqttSubscribe subscribe = broker.await(MqttSubscribe.class);
    MqttSubAck granted = new MqttSubAck(new int[] {answer}, new MqttProperties());
    granted.setMessageId(subscribe.getMessageId());
    broker.say(granted);
    return subscribe.getSubscriptions();
  }

  private static void publish(ScriptedBroker broker, String topic, String payload)
      throws Exception {
    broker.say(
        new MqttPublish(
            topic,
            new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 0, false, null),
            new MqttProperties()));
  }
}
