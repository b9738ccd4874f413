package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Another client at the same broker: sees everything, and can say something itself. */
final class Watcher implements AutoCloseable {

  /** What it saw. */
  record Seen(String topic, String payload, int qos, boolean retained, String contentType) {}

  private final MqttAsyncClient client;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  Watcher(int port) throws MqttException {
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "watcher", new MemoryPersistence());
    client.setCallback(new Eyes());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.connect(options).waitForCompletion(Owner.PATIENCE.toMillis());
    client.subscribe("#", 1).waitForCompletion(Owner.PATIENCE.toMillis());
  }

  void publish(String topic, String payload, boolean retained) throws MqttException {
    MqttProperties properties = new MqttProperties();
    properties.setContentType("application/json");
    client
        .publish(
            topic,
            new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 1, retained, properties))
        .waitForCompletion(Owner.PATIENCE.toMillis());
  }

  Seen awaitSeen(String topic) {
    await(
        "something on " + topic,
        () -> seen.stream().anyMatch(s -> s.topic().equals(topic)),
        Owner.PATIENCE);
    return seen.stream().filter(s -> s.topic().equals(topic)).findFirst().orElseThrow();
  }

  long count(String topic) {
    return seen.stream().filter(s -> s.topic().equals(topic)).count();
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1, false);
  }

  private final class Eyes implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      seen.add(
          new Seen(
              topic,
              new String(message.getPayload(), StandardCharsets.UTF_8),
              message.getQos(),
              message.isRetained(),
              String.valueOf(message.getProperties().getContentType())));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
