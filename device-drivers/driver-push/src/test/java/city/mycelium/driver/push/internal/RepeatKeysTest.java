package city.mycelium.driver.push.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.push.internal.kit.KitMessage;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatKeysTest {

  private static final Duration PERIOD = Duration.ofSeconds(120);
  private static final Duration WINDOW = Duration.ofSeconds(108);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final RepeatKeys keys = new RepeatKeys(clock);

  private static KitMessage message(String device, String text, boolean timed) {
    return new KitMessage(
        new DeviceId(device), PERIOD, text, timed, List.of(), List.of(), List.of(), List.of());
  }

  private String key(String text) {
    return keys.keyFor(message("kit", text, false));
  }

  @Test
  void isShortAndTellsNothingOfTheBody() {
    assertThat(key("Temp=12.5")).matches("[0-9a-f]{32}");
  }

  @Test
  void tellsBodiesAndDevicesApart() {
    Set<String> all =
        Set.of(
            key("Temp=12.5"),
            key("Temp=12.6"),
            keys.keyFor(message("other", "Temp=12.5", false)),
            keys.keyFor(message("kit", "Temp=12.5", true)));
    assertThat(all).hasSize(4);
  }

  @Test
  void isTheSameForARepeatUntilTheWindowIsOver() {
    String first = key("Temp=12.5");
    clock.leap(WINDOW.minusMillis(1));
    assertThat(key("Temp=12.5")).isEqualTo(first);
    clock.leap(Duration.ofMillis(1));
    assertThat(key("Temp=12.5")).isNotEqualTo(first);
  }

  /** Whenever the first one comes, and so on whichever side of a window's edge. */
  @Test
  void isTheSameForARepeatAcrossAnEdgeOfTheWallClock() {
    for (int second = 0; second < 120; second++) {
      String text = "Temp=" + second;
      String first = key(text);
      clock.leap(Duration.ofSeconds(20));
      assertThat(key(text)).isEqualTo(first);
      clock.leap(Duration.ofSeconds(41));
    }
  }

  @Test
  void isNewForEveryPeriodOfACalmDay() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 720; i++) {
      assertThat(seen.add(key("Temp=12.5"))).as("post %d", i).isTrue();
      clock.leap(PERIOD);
    }
  }

  /** The fixed moment is the first message: a kit that insists does not push it away. */
  @Test
  void isCountedFromTheFirstOfARow() {
    String first = key("Temp=12.5");
    clock.leap(Duration.ofSeconds(60));
    assertThat(key("Temp=12.5")).isEqualTo(first);
    clock.leap(Duration.ofSeconds(60));
    assertThat(key("Temp=12.5")).isNotEqualTo(first);
  }

  @Test
  void doesNotFollowTheWallClockWhenItJumps() {
    String first = key("Temp=12.5");
    clock.setWall("2031-01-01T00:00:00Z");
    assertThat(key("Temp=12.5")).isEqualTo(first);
    clock.setWall("1970-01-01T00:05:00Z");
    assertThat(key("Temp=12.5")).isEqualTo(first);
  }

  /** Set back by just one period, the wall clock would give news the key of the message before. */
  @Test
  void isNewThoughTheWallClockRepeatsItself() {
    String first = key("Temp=12.5");
    clock.leap(PERIOD);
    clock.setWall("2026-11-23T12:00:00Z");
    String second = key("Temp=12.5");
    clock.leap(PERIOD);
    clock.setWall("2026-11-23T12:00:00Z");
    assertThat(Set.of(first, second, key("Temp=12.5"))).hasSize(3);
  }

  @Test
  void isTheSameForEverForAMessageWithItsTime() {
    String first = keys.keyFor(message("kit", "PM10=5 1790000000", true));
    clock.leap(Duration.ofDays(30));
    assertThat(keys.keyFor(message("kit", "PM10=5 1790000000", true))).isEqualTo(first);
    assertThat(new RepeatKeys(clock).keyFor(message("kit", "PM10=5 1790000000", true)))
        .isEqualTo(first);
  }

  @Test
  void isTheSameAfterARestartWithinTheWindow() {
    String first = key("Temp=12.5");
    clock.leap(Duration.ofSeconds(4));
    assertThat(new RepeatKeys(clock).keyFor(message("kit", "Temp=12.5", false))).isEqualTo(first);
  }

  /**
   * What the class promises about restarts, counted: the window's edge is what is left to chance.
   */
  @Test
  void missesAfterARestartOnlyWhatAnEdgeDivides() {
    int missed = 0;
    for (int i = 0; i < 1_080; i++) {
      String first = new RepeatKeys(clock).keyFor(message("kit", "Temp=12.5", false));
      clock.leap(Duration.ofSeconds(4));
      if (!new RepeatKeys(clock).keyFor(message("kit", "Temp=12.5", false)).equals(first)) {
        missed++;
      }
      clock.leap(Duration.ofMillis(96_100)); // so that the beginnings spread over the window
    }
    assertThat(missed).isBetween(30, 50); // 4 of 108 s, of 1080
  }

  @Test
  void remembersNoMoreThanItMust() {
    String first = key("first");
    for (int i = 0; i < RepeatKeys.REMEMBERED; i++) {
      key("Temp=" + i);
    }
    // Forgotten, but the wall clock's window still gives the same key.
    assertThat(key("first")).isEqualTo(first);
  }
}
