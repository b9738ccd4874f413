package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.MosquittoProcess;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.eclipse.paho.mqttv5.common.packet.MqttConnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
              () -> Optional.of(Owner.FAREWELL),
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
            () -> made(Map.of("destination", "city", "broker", "mqtt://broker.example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("city")
        .hasMessageContaining("allowPlaintext");
  }

  @Test
  void whatIsConfiguredIsWhatTheBrokerIsTold() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MqttConnectorComponent component =
          component(
              Map.of(
                  "destination", "city",
                  "broker", "mqtt://localhost:" + broker.port(),
                  "user", "{destination}",
                  "password", "s3cret",
                  "clientId", "{destination}-of-{gateway}",
                  "topicPrefix", "a/{destination}/{gateway}",
                  "keepAliveSeconds", 7));
      try (Connector.Session session =
          component.open(() -> Optional.of(Owner.FAREWELL), Set.of(), new Deaf())) {
        MqttConnect connect = broker.awaitConnect();
        assertThat(session).isNotNull();
        assertThat(connect.getClientId()).isEqualTo("city-of-" + GATEWAY);
        assertThat(connect.getUserName()).isEqualTo("city");
        assertThat(connect.getPassword()).isEqualTo("s3cret".getBytes(StandardCharsets.UTF_8));
        assertThat(connect.getWillDestination()).isEqualTo("a/city/" + GATEWAY + "/status");
        assertThat(connect.getKeepAliveInterval()).isEqualTo(7);
      }
    }
  }

  @Test
  void aTemplateKnowsTheClientIdToo() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MqttConnectorComponent component =
          component(
              Map.of(
                  "destination", "city",
                  "broker", "mqtt://localhost:" + broker.port(),
                  "clientId", "kit-7",
                  "topicTemplate", "devices/{client}/{destination}/{channel}/{gateway}"));
      try (Connector.Session session =
          component.open(() -> Optional.of(Owner.FAREWELL), Set.of(), new Deaf())) {
        assertThat(session).isNotNull();
        assertThat(broker.awaitConnect().getWillDestination())
            .isEqualTo("devices/kit-7/city/status/" + GATEWAY);
      }
    }
  }

  // That each setting reaches its place shows where it makes no sense: there it is refused.
  @ParameterizedTest
  @CsvSource({
    "keepAliveSeconds,      0,       keepAlive",
    "connectTimeoutSeconds, 0,       connectTimeout",
    "retryAtMostSeconds,    0,       retryAtMost",
    "inFlight,              0,       inFlight",
    "caFile,                ca.pem,  without TLS",
    "certificateFile,       own.pem, belong together",
    "keyFile,               own.key, belong together",
    "passwordFile,          secret,  not both",
    "user,                  '',      needs a user",
    "topicPrefix,           #,       destination city",
    "topicTemplate,         data,    '{channel} exactly once'",
    "topicTemplate,         '{site}/{channel}', 'but not {site}'",
    "mqttVersion,           3,       mqttVersion",
    "alpn,                  mqtt,    alpn",
    "maxPacketBytes,        7,       maxPacketBytes"
  })
  void everySettingReachesItsPlace(String name, String value, String words) {
    Map<String, Object> configured =
        new HashMap<>(
            Map.of(
                "destination", "city",
                "broker", "mqtt://localhost",
                "user", "u",
                "password", "p"));
    made(configured); // the control
    configured.put(
        name,
        switch (name) {
          case "alpn" -> new String[] {value};
          default ->
              value.matches("\\d") && !name.equals("mqttVersion")
                  ? (Object) Integer.valueOf(value)
                  : value;
        });

    assertThatThrownBy(() -> made(configured))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void plaintextToAnotherMachineIsTakenWhereItIsAllowed() {
    assertThat(
            made(
                Map.of(
                    "destination", "city",
                    "broker", "mqtt://broker.example.org",
                    "allowPlaintext", true)))
        .isNotNull();
  }

  /** Wants to know nothing. */
  private static final class Deaf implements Connector.Listener {
    @Override
    public void connected() {}

    @Override
    public void disconnected(String why) {}

    @Override
    public void received(Message message) {}
  }

  @Test
  void whatMakesNoSenseIsSaidToWhoTriesIt() {
    MqttConnectorComponent component =
        component(Map.of("destination", "city", "broker", "mqtt://broker.example"));

    assertThat(component.probe(Duration.ofSeconds(1)))
        .singleElement()
        .extracting(Check::sentence, STRING)
        .startsWith("its connector makes no sense: ")
        .contains("allowPlaintext");
  }

  private static MqttConnectorComponent.Config config(Map<String, Object> configured) {
    return (MqttConnectorComponent.Config)
        Proxy.newProxyInstance(
            MqttConnectorComponent.Config.class.getClassLoader(),
            new Class<?>[] {MqttConnectorComponent.Config.class},
            (proxy, method, arguments) ->
                configured.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static MqttConnectorComponent component(Map<String, Object> configured) {
    return new MqttConnectorComponent(
        config(configured),
        new InMemoryJournal(GATEWAY, 1),
        new ThreadSchedulers(),
        LeapingClock.at("2026-11-26T12:00:00Z"));
  }

  private static Connector made(Map<String, Object> configured) {
    return MqttConnectorComponent.made(
        config(configured),
        new InMemoryJournal(GATEWAY, 1),
        new ThreadSchedulers(),
        LeapingClock.at("2026-11-26T12:00:00Z"));
  }
}
