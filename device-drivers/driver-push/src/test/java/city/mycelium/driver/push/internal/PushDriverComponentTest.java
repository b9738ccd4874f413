package city.mycelium.driver.push.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.push.internal.PushDriverComponent.Config;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushDriverComponentTest {

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final FakeIntake intake = new FakeIntake();

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
    assertThat(config(Map.of()).bindAddress()).isEqualTo("127.0.0.1");
  }

  /** A kit gives up after about 20 s: it must have heard from us by then. */
  @Test
  void answersBeforeKitsGiveUp() {
    Config config = config(Map.of());
    assertThat(config.answerWithinSeconds()).isLessThan(20);
  }

  @Test
  void opensAndClosesWithItsComponent() {
    PushDriverComponent component =
        new PushDriverComponent(config(Map.of("port", 0)), intake, clock, scheduler);
    scheduler.runDue();
    component.deactivate();
    assertThat(scheduler.waiting()).isZero();
  }

  /** Safe by default: with a credential that cannot be read it does not listen at all. */
  @Test
  void staysClosedWhenItsCredentialsCannotBeRead() {
    Config config = config(Map.of("port", 0, "credentials", new String[] {"oops"}));
    assertThatThrownBy(() -> new PushDriverComponent(config, intake, clock, scheduler))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("credentials[0]");
  }
}
