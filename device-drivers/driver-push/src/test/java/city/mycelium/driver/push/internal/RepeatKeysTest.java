package city.mycelium.driver.push.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.push.internal.kit.KitMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatKeysTest {

  private static final Duration PERIOD = Duration.ofSeconds(120);

  private static KitMessage message(String device, String text, boolean timed) {
    return new KitMessage(
        new DeviceId(device), PERIOD, text, timed, List.of(), List.of(), List.of(), List.of());
  }

  private static String key(String text) {
    return RepeatKeys.keyFor(message("kit", text, false));
  }

  @Test
  void isShortAndTellsNothingOfTheBody() {
    assertThat(key("Temp=12.5")).matches("[0-9a-f]{32}").isEqualTo(key("Temp=12.5"));
  }

  @Test
  void tellsBodiesAndDevicesApart() {
    Set<String> all =
        Set.of(
            key("Temp=12.5"),
            key("Temp=12.6"),
            RepeatKeys.keyFor(message("other", "Temp=12.5", false)),
            RepeatKeys.keyFor(message("kit", "Temp=12.5", true)));
    assertThat(all).hasSize(4);
  }

  // In calm air the next message may be equal to the last digit, and is news all the same.
  @Test
  void marksARepeatForLessThanThePeriodOfAKitWithoutAClock() {
    assertThat(RepeatKeys.repeatsWithin(message("kit", "Temp=12.5", false)))
        .contains(Duration.ofSeconds(108));
  }

  @Test
  void marksARepeatForEverWhereTheMessageStatesItsTime() {
    assertThat(RepeatKeys.repeatsWithin(message("kit", "Temp=12.5", true))).isEmpty();
  }
}
