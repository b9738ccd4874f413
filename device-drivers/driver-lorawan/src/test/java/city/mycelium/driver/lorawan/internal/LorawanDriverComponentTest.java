package city.mycelium.driver.lorawan.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.LorawanDriverComponent.Config;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LorawanDriverComponentTest {

  /** The configuration as it comes, but for what a test changes. */
  private static Config config(Map<String, Object> changes) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) ->
                changes.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  /** No port is open to the world unasked. */
  @Test
  void isReachedByThisMachineAloneUnlessAsked() {
    assertThat(LorawanDriverComponent.gwmpSettings(config(Map.of())))
        .hasValueSatisfying(
            settings -> {
              assertThat(settings.bindAddress().isLoopbackAddress()).isTrue();
              assertThat(settings.port()).isEqualTo(1_700);
            });
    assertThat(LorawanDriverComponent.gwmpSettings(config(Map.of("gwmpPort", -1)))).isEmpty();
  }

  /** Forwarders cannot prove who they are. */
  @Test
  void whoCanBeReachedHasToSayWhomItServes() {
    assertThatThrownBy(
            () -> LorawanDriverComponent.gwmpSettings(config(Map.of("gwmpBindAddress", "0.0.0.0"))))
        .hasMessageContaining("list the EUIs");
    assertThat(
            LorawanDriverComponent.gwmpSettings(
                config(
                    Map.of(
                        "gwmpBindAddress",
                        "0.0.0.0",
                        "concentrators",
                        new String[] {"0016C001F0000001"}))))
        .isPresent();
    assertThatThrownBy(
            () ->
                LorawanDriverComponent.gwmpSettings(
                    config(Map.of("gwmpBindAddress", "gateway.invalid"))))
        .hasMessageContaining("a bind address is a number");
  }

  @Test
  void theRegionIsOneOfThoseThatAreKnown() {
    assertThat(LorawanDriverComponent.networkSettings(config(Map.of())).region().name())
        .isEqualTo("EU868");
    assertThatThrownBy(
            () -> LorawanDriverComponent.networkSettings(config(Map.of("region", "EU999"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EU999");
    assertThatThrownBy(() -> LorawanDriverComponent.networkSettings(config(Map.of("netId", "1"))))
        .hasMessageContaining("six hexadecimal digits");
  }
}
