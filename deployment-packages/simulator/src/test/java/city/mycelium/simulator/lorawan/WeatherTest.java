package city.mycelium.simulator.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeatherTest {

  private static final byte[] FRAME = {0x40, 1, 2, 3, 4, 0, 5, 0, 1, 9, 8, 7, 6, 5};

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(day(Weather.rough(4)))
        .isEqualTo(day(Weather.rough(4)))
        .isNotEqualTo(day(Weather.rough(5)));
  }

  @Test
  void fairWeatherDoesNothing() {
    assertThat(day(Weather.fair())).isEqualTo("true PT0S 3.0 false false ".repeat(200));
  }

  /** All that is scripted does happen: frames lost, late, garbled, replayed. */
  @Test
  void roughWeatherDoesAllOfIt() {
    String day = day(Weather.rough(4));
    assertThat(day).contains("true PT", "false PT", "PT2.5S", "true false ", "false true ");
  }

  @Test
  void garbledFrameDiffersInOneBit() {
    Weather weather = Weather.rough(1);
    Set<Integer> differing = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      weather
          .garbled(FRAME)
          .ifPresent(
              copy -> {
                int bits = 0;
                for (int at = 0; at < FRAME.length; at++) {
                  bits += Integer.bitCount((copy[at] ^ FRAME[at]) & 0xff);
                }
                differing.add(bits);
              });
    }
    assertThat(differing).containsExactly(1);
  }

  private static String day(Weather weather) {
    StringBuilder day = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      boolean reaches = weather.reaches();
      Duration takes = weather.reportTakes();
      day.append(reaches).append(' ').append(takes).append(' ').append(weather.snrDb(3));
      day.append(' ').append(weather.garbled(FRAME).isPresent());
      day.append(' ').append(weather.replayedAfter().isPresent()).append(' ');
    }
    return day.toString();
  }
}
