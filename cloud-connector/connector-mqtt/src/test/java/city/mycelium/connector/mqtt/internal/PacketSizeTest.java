package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketSizeTest {

  // MQTT 5, 1.5.5: the length before the packet takes one to four bytes; the sizes lie around where
  // it grows.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 80, 90, 100, 16_340, 16_350, 16_400, 2_097_100, 2_097_152})
  void itIsWhatPahoWrites(int payload) throws MqttException {
    String topic = "mycelium/1/g1/stad-één/data";
    MqttProperties properties = new MqttProperties();
    properties.setContentType("application/senml+cbor");
    properties.setTopicAlias(7);
    MqttPublish packet =
        new MqttPublish(
            topic, new MqttMessage(new byte[payload], 1, false, properties), properties);
    packet.setMessageId(1);
    assertThat(PacketSize.ofPublish(topic, "application/senml+cbor", new byte[payload]))
        .isEqualTo(packet.getHeader().length + packet.getPayload().length);
  }
}
