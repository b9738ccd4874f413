package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.MosquittoProcess;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttConnectorComponentTest {

  private static final GatewayId GATEWAY = new GatewayId("mushroomgatewaymushroom234");

  @TempDir Path directory;

  // docs/wire.md, 2: the topics, and the client and user that the broker's rules go by.
  @Test
  void theGatewaysAndTheDestinationsNamesAreFilledIn() throws Exception {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false, "log_type all");
        Watcher watcher = new Watcher(broker.port())) {
      MqttConnectorComponent component =
          component(
              Map.of(
                  "destination", "city",
                  "broker", "mqtt://localhost:" + broker.port(),
                  "user", "{gateway}"));
      CountDownLatch connected = new CountDownLatch(1);
      try (Connector.Session session =
          component.open(
              Owner.FAREWELL,
              Set.of(),
              new Connector.Listener() {
                @Override
                public void connected() {
                  connected.countDown();
                }

                @Override
                public void disconnected(String why) {}

                @Override
                public void received(Message message) {}
              })) {
        await("connected", () -> connected.getCount() == 0, Owner.PATIENCE);
        Owner.awaitAnswer(session.send(Owner.message("data", "hello", false)));
        watcher.awaitSeen("mycelium/1/" + GATEWAY + "/city/data");
        assertThat(broker.said())
            .contains("as " + GATEWAY + "-city")
            .contains("u'" + GATEWAY + "'");
      }
    }
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefusedInWords() {
    assertThatThrownBy(
            () -> component(Map.of("destination", "city", "broker", "mqtt://broker.example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("city")
        .hasMessageContaining("allowPlaintext");
  }

  private static MqttConnectorComponent component(Map<String, Object> configured) {
    MqttConnectorComponent.Config config =
        (MqttConnectorComponent.Config)
            Proxy.newProxyInstance(
                MqttConnectorComponent.Config.class.getClassLoader(),
                new Class<?>[] {MqttConnectorComponent.Config.class},
                (proxy, method, arguments) ->
                    configured.getOrDefault(method.getName(), method.getDefaultValue()));
    return new MqttConnectorComponent(
        config, new InMemoryJournal(GATEWAY, 1), new ThreadSchedulers());
  }
}
