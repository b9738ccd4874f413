package city.mycelium.driver.lorawan.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.time.Cancellable;
import city.mycelium.driver.lorawan.internal.feed.NetworkUplink;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FeedUplinksTest {

  private static final Eui LISTED = new Eui(1);
  private static final Eui OTHER = new Eui(2);

  private final List<Said> delivered = new ArrayList<>();
  private final List<Eui> strangers = new ArrayList<>();
  private final CompletableFuture<Void> kept = new CompletableFuture<>();

  private final LorawanHub hub =
      new LorawanHub() {
        @Override
        public RadioListener radio() {
          throw new AssertionError("a feed has no radio");
        }

        @Override
        public Optional<String> profile(Eui devEui) {
          return devEui.equals(LISTED) ? Optional.of("bosch-tps110") : Optional.empty();
        }

        @Override
        public void stranger(Eui devEui, String where) {
          strangers.add(devEui);
        }

        @Override
        public CompletableFuture<Void> deliver(Said said) {
          delivered.add(said);
          return kept;
        }

        @Override
        public Cancellable tell(String name, Supplier<Map<String, Object>> status) {
          return () -> {};
        }
      };

  private static NetworkUplink uplink(Eui devEui, double rssi) {
    return new NetworkUplink(
        devEui,
        "bay",
        "dedup-1",
        1_700_000_000_000L,
        1,
        new byte[] {1},
        null,
        7,
        rssi,
        6.5,
        1,
        80,
        10,
        false);
  }

  @Test
  void anUplinkGoesTheWayOfAllOthersWithItsOwnTimeAndKey() {
    FeedUplinks uplinks = new FeedUplinks(hub, "feed city", Optional.empty());

    CompletableFuture<Void> answer = uplinks.received(uplink(LISTED, Double.NaN));

    assertThat(answer).isNotDone(); // the broker keeps it until we have it
    Said said = delivered.get(0);
    assertThat(said.profile()).isEqualTo("bosch-tps110");
    assertThat(said.sourceKey()).isEqualTo("dedup-1");
    assertThat(said.receivedAt()).hasValue(1_700_000_000_000L);
    assertThat(said.rssiDbm()).isEmpty();
    assertThat(said.snrDb()).hasValue(6.5);
    assertThat(said.battery()).hasValue(80);
    assertThat(said.downlinkSnrDb()).hasValue(10);
    assertThat(said.isFrame()).isTrue();
  }

  @Test
  void whoIsNotListedIsShownAndPassedOver() {
    FeedUplinks uplinks = new FeedUplinks(hub, "feed city", Optional.empty());

    assertThat(uplinks.received(uplink(OTHER, -90))).isCompleted();
    assertThat(delivered).isEmpty();
    assertThat(strangers).containsExactly(OTHER);
  }

  @Test
  void whoIsNotListedIsTakenWhereTheFeedSaysWithWhatProfile() {
    FeedUplinks uplinks = new FeedUplinks(hub, "feed city", Optional.of("noah-trashbin-sensor"));

    uplinks.received(uplink(OTHER, -90));
    uplinks.received(uplink(LISTED, -90));

    assertThat(delivered)
        .extracting(Said::profile)
        .containsExactly("noah-trashbin-sensor", "bosch-tps110");
    assertThat(strangers).isEmpty();
  }

  @Test
  void chirpStacksBatteriesAreListenedToIfNothingElseIsSaid() {
    assertThat(FeedComponent.settings(config("mqtts://lns.invalid")).topics())
        .containsExactly("application/+/device/+/event/up", "application/+/device/+/event/status");
  }

  /** Safe by default: nobody reads along unless somebody says so. */
  @Test
  void aFeedWithoutTlsIsRefusedBeyondThisMachine() {
    assertThat(FeedComponent.settings(config("mqtts://lns.invalid")).port()).isEqualTo(8_883);
    assertThat(FeedComponent.settings(config("mqtt://127.0.0.1")).port()).isEqualTo(1_883);
    assertThatThrownBy(() -> FeedComponent.settings(config("mqtt://lns.invalid")))
        .hasMessageContaining("TLS");
    assertThatThrownBy(() -> FeedComponent.settings(config("http://lns.invalid")))
        .hasMessageContaining("a broker is mqtts://");
  }

  private static FeedComponent.Config config(String broker) {
    Map<String, Object> values = Map.of("name", "city", "type", "chirpstack", "broker", broker);
    return (FeedComponent.Config)
        Proxy.newProxyInstance(
            FeedComponent.Config.class.getClassLoader(),
            new Class<?>[] {FeedComponent.Config.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
