package city.mycelium.connector.coap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.testkit.InMemoryJournal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;

class CoapConnectorComponentTest {

  private static final GatewayId GATEWAY = new GatewayId("mushroomgatewaymushroom234");

  @Test
  void theGatewaysAndTheDestinationsNamesAreFilledIn() {
    try (CityServer server = CityServer.udp()) {
      CoapConnectorComponent component =
          component(
              Map.of(
                  "destination",
                  "city",
                  "uri",
                  "coap://localhost:" + server.port() + "/{destination}/{gateway}"));
      try (Owner owner = new Owner((Connector) component).awaitConnected()) {
        Owner.awaitAnswer(owner.send("data", "x"));
        assertThat(server.seen.get(0).path()).isEqualTo("city/" + GATEWAY + "/data");
      }
    }
  }

  // That each setting reaches its place shows where it makes no sense: there it is refused.
  @ParameterizedTest
  @CsvSource({
    "uri,                         coap://a.example,  allowPlaintext",
    "uri,                         ftp://a.example,   coaps://host:port/path",
    "pskIdentity,                 me,                pskFile",
    "pskFile,                     psk,               pskIdentity",
    "publicKeyFile,               own.pub,           keyFile",
    "serverKeyFile,               its.pub,           keyFile",
    "certificateFile,             own.pem,           belong together",
    "keyFile,                     own.key,           belong together",
    "caFile,                      ca.pem,            without DTLS",
    "oscoreKeyFile,               key,               oscoreRecipientId differ",
    "oscoreMasterSalt,            01,                oscoreKeyFile",
    "oscoreSenderId,              01,                oscoreKeyFile",
    "oscoreRecipientId,           01,                oscoreKeyFile",
    "oscoreIdContext,             01,                oscoreKeyFile",
    "nstart,                      0,                 nstart",
    "blockSize,                   0,                 blockSize",
    "ackTimeoutMillis,            0,                 ackTimeout",
    "maxRetransmit,               -1,                maxRetransmit",
    "connectTimeoutSeconds,       0,                 connectTimeout",
    "answerTimeoutSeconds,        0,                 answerTimeout",
    "keepAliveSeconds,            -1,                keepAlive",
    "retryAtMostSeconds,          0,                 retryAtMost",
    "resourceDirectory,           coaps://localhost, resource directory"
  })
  void everySettingReachesItsPlace(String name, String value, String words) {
    Map<String, Object> configured =
        new HashMap<>(Map.of("destination", "city", "uri", "coap://localhost"));
    made(configured); // the control
    configured.put(name, value.matches("-?\\d") ? (Object) Integer.valueOf(value) : value);
    assertThatThrownBy(() -> made(configured))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void theLifetimeOfARegistrationIsSaneAndSecurityIsOfOneKind() {
    assertThatThrownBy(
            () ->
                made(
                    Map.of(
                        "destination", "city",
                        "uri", "coap://localhost",
                        "resourceDirectory", "coap://localhost/rd",
                        "registrationLifetimeSeconds", 59)))
        .hasMessageContaining("60 seconds");
    assertThatThrownBy(
            () ->
                made(
                    Map.of(
                        "destination", "city",
                        "uri", "coaps://localhost",
                        "pskIdentity", "me",
                        "pskFile", "psk",
                        "caFile", "ca.pem")))
        .hasMessageContaining("either a PSK");
    assertThat(made(Map.of("destination", "city", "uri", "coaps://a.example"))).isNotNull();
    assertThat(
            made(Map.of("destination", "city", "uri", "coap://a.example", "allowPlaintext", true)))
        .isNotNull();
  }

  // RFC 8613: it protects by itself, so no DTLS is asked for.
  @Test
  void withOscoreAnotherMachineMayBeSpokenTo() {
    Map<String, Object> configured =
        new HashMap<>(
            Map.of(
                "destination", "city",
                "uri", "coap://a.example",
                "oscoreKeyFile", "key",
                "oscoreRecipientId", "01"));
    assertThat(made(configured)).isNotNull();
    for (String digits : List.of("0", "xy", "0011223344556677")) {
      configured.put("oscoreSenderId", digits);
      assertThatThrownBy(() -> made(configured)).hasMessageContaining("oscoreSenderId");
    }
    configured.put("oscoreSenderId", "");
    configured.put("resourceDirectory", "coap://rd.example/rd");
    assertThatThrownBy(() -> made(configured)).hasMessageContaining("server itself");
  }

  @Test
  void whatMakesNoSenseIsSaidToWhoTriesIt() {
    CoapConnectorComponent component =
        component(Map.of("destination", "city", "uri", "coap://a.example"));

    assertThat(component.probe(Duration.ofSeconds(1)))
        .singleElement()
        .extracting(Check::sentence, STRING)
        .startsWith("its connector makes no sense: ")
        .contains("allowPlaintext");
  }

  private static CoapConnectorComponent.Config config(Map<String, Object> configured) {
    return (CoapConnectorComponent.Config)
        Proxy.newProxyInstance(
            CoapConnectorComponent.Config.class.getClassLoader(),
            new Class<?>[] {CoapConnectorComponent.Config.class},
            (proxy, method, arguments) ->
                configured.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> "data");
  }

  private static CoapConnectorComponent component(Map<String, Object> configured) {
    return new CoapConnectorComponent(
        context(), config(configured), new InMemoryJournal(GATEWAY, 1), new ThreadSchedulers());
  }

  private static Connector made(Map<String, Object> configured) {
    return CoapConnectorComponent.made(
        context(), config(configured), new InMemoryJournal(GATEWAY, 1), new ThreadSchedulers());
  }
}
