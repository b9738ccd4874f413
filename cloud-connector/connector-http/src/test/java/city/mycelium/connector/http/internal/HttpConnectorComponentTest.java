package city.mycelium.connector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectorComponentTest {

  private static final GatewayId GATEWAY = new GatewayId("mushroomgatewaymushroom234");

  @Test
  void whatIsConfiguredIsWhatThePlatformIsTold() throws Exception {
    try (Platform platform = Platform.plain(a -> new Platform.Says(204))) {
      HttpConnectorComponent component =
          component(
              Map.of(
                  "destination",
                  "city",
                  "url",
                  "http://localhost:" + platform.port() + "/{destination}/v1/",
                  "user",
                  "{gateway}",
                  "headers",
                  new String[] {"NGSILD-Tenant: {destination}", "X-From:{gateway}"}));
      try (Connector.Session session =
          component.open(Optional::empty, Set.of("commands"), new Deaf())) {
        Await.await(
            "the message went",
            () -> {
              Owner.awaitAnswer(session.send(Owner.message("data", "x")));
              return !platform.asked.isEmpty();
            },
            Owner.PATIENCE);
        Platform.Asked asked = platform.asked.get(0);
        assertThat(asked.target()).isEqualTo("/city/v1/data");
        assertThat(asked.header("NGSILD-Tenant")).isEqualTo("city");
        assertThat(asked.header("X-From")).isEqualTo(GATEWAY.value());
        assertThat(asked.header("Authorization")).startsWith("Basic ");
      }
    }
  }

  // That each setting reaches its place shows where it makes no sense: there it is refused.
  @ParameterizedTest
  @CsvSource({
    "url,                http://b.example, allowPlaintext",
    "timeoutSeconds,     0,                timeout",
    "retryAtMostSeconds, 0,                retryAtMost",
    "inFlight,           0,                inFlight",
    "gzipFromBytes,      -1,               gzipFromBytes",
    "caFile,             ca.pem,           without TLS",
    "certificateFile,    own.pem,          belong together",
    "keyFile,            own.key,          belong together",
    "passwordFile,       secret,           needs a user",
    "user,               a:b,              colon",
    "tokenScheme,        'a b',            tokenScheme"
  })
  void everySettingReachesItsPlace(String name, String value, String words) {
    Map<String, Object> configured =
        new HashMap<>(Map.of("destination", "city", "url", "http://localhost"));
    made(configured); // the control
    configured.put(name, value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value);

    assertThatThrownBy(() -> made(configured))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aUserAndATokenExcludeEachOther() {
    assertThatThrownBy(
            () ->
                made(
                    Map.of(
                        "destination", "city", "url", "https://b", "user", "u", "tokenFile", "t")))
        .hasMessageContaining("not both");
  }

  @Test
  void plaintextToAnotherMachineIsTakenWhereItIsAllowed() {
    assertThat(
            made(Map.of("destination", "city", "url", "http://b.example", "allowPlaintext", true)))
        .isNotNull();
  }

  // The message gets into a log: what may be a password does not.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: a\r\nY: s3cret",
        "s3cret",
        "Authorization: s3cret",
        "Cookie: s3cret",
        ": s3cret"
      })
  void aHeaderThatIsNoneIsRefusedWithoutItsValue(String header) {
    assertThatThrownBy(
            () ->
                made(
                    Map.of(
                        "destination", "city",
                        "url", "https://b.example",
                        "headers", new String[] {header})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b.example",
        "ftp://b.example",
        "https://b/?q=1",
        "https://b/a/../c",
        "https:///x"
      })
  void anAddressThatIsNoneIsRefused(String url) {
    assertThatThrownBy(() -> BaseAddress.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://host:port/path");
  }

  @Test
  void anAddressWithAPasswordIsRefusedWithoutIt() {
    assertThatThrownBy(() -> BaseAddress.parse("https://u:s3cret@b.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret")
        .hasMessageContaining("passwordFile");
  }

  @ParameterizedTest
  @CsvSource({
    "https://b.example,           https://b.example/",
    "HTTPS://b.example:443/a,     https://b.example/a/",
    "http://[::1]:8080/a/b/,      'http://[::1]:8080/a/b/'"
  })
  void anAddressIsReadAndSaidInOneWay(String text, String said) {
    assertThat(BaseAddress.parse(text)).hasToString(said);
  }

  @Test
  void whatMakesNoSenseIsSaidToWhoTriesIt() {
    HttpConnectorComponent component =
        component(Map.of("destination", "city", "url", "http://b.example"));

    assertThat(component.probe(Duration.ofSeconds(1)))
        .singleElement()
        .extracting(Check::sentence, STRING)
        .startsWith("its connector makes no sense: ")
        .contains("allowPlaintext");
  }

  private static HttpConnectorComponent.Config config(Map<String, Object> configured) {
    return (HttpConnectorComponent.Config)
        Proxy.newProxyInstance(
            HttpConnectorComponent.Config.class.getClassLoader(),
            new Class<?>[] {HttpConnectorComponent.Config.class},
            (proxy, method, arguments) ->
                configured.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static HttpConnectorComponent component(Map<String, Object> configured) {
    return new HttpConnectorComponent(
        config(configured),
        new InMemoryJournal(GATEWAY, 1),
        new ThreadSchedulers(),
        new SystemClock(),
        LeapingClock.at("2026-11-26T12:00:00Z"));
  }

  private static Connector made(Map<String, Object> configured) {
    return HttpConnectorComponent.made(
        config(configured),
        new InMemoryJournal(GATEWAY, 1),
        new ThreadSchedulers(),
        new SystemClock(),
        LeapingClock.at("2026-11-26T12:00:00Z"));
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
}
