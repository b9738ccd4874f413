package city.mycelium.simulator.air;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TownAirTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** A Wednesday: 08:00 local time is 07:00 UTC in winter. */
  private static final long RUSH_HOUR = millis("2026-11-25T07:20:00Z");

  private static final long SAME_HOUR_ON_SUNDAY = millis("2026-11-29T07:20:00Z");
  private static final long NIGHT = millis("2026-11-25T01:20:00Z");

  private final TownAir air = new TownAir(7);

  @Test
  void theSameSeedGivesTheSameWeather() {
    assertThat(new TownAir(7).at(Quantity.PM10, RUSH_HOUR))
        .isEqualTo(air.at(Quantity.PM10, RUSH_HOUR));
    assertThat(new TownAir(8).at(Quantity.PM10, RUSH_HOUR))
        .isNotEqualTo(air.at(Quantity.PM10, RUSH_HOUR));
  }

  @Test
  void trafficShowsInNitrogenDioxideOnWorkingDaysOnly() {
    assertThat(air.at(Quantity.NO2, RUSH_HOUR)).isGreaterThan(2 * air.at(Quantity.NO2, NIGHT));
    assertThat(air.at(Quantity.NO2, SAME_HOUR_ON_SUNDAY))
        .isLessThan(1.5 * air.at(Quantity.NO2, NIGHT));
  }

  @Test
  void theAfternoonIsWarmerAndDrierThanTheNightAndSummerWarmerThanWinter() {
    long afternoon = NIGHT + 13 * HOUR;
    assertThat(air.at(Quantity.TEMPERATURE, afternoon))
        .isGreaterThan(air.at(Quantity.TEMPERATURE, NIGHT));
    assertThat(air.at(Quantity.HUMIDITY, afternoon)).isLessThan(air.at(Quantity.HUMIDITY, NIGHT));
    assertThat(air.at(Quantity.TEMPERATURE, NIGHT + 240 * 24 * HOUR))
        .isGreaterThan(air.at(Quantity.TEMPERATURE, NIGHT) + 5);
  }

  @Test
  void aWholeYearStaysWithinWhatTheNetherlandsKnow() {
    for (long at = NIGHT; at < NIGHT + 366 * 24 * HOUR; at += HOUR / 2) {
      assertThat(air.at(Quantity.TEMPERATURE, at)).isBetween(-10.0, 35.0);
      assertThat(air.at(Quantity.HUMIDITY, at)).isBetween(25.0, 99.0);
      assertThat(air.at(Quantity.PRESSURE, at)).isBetween(990.0, 1040.0);
      assertThat(air.at(Quantity.NO2, at)).isBetween(3.0, 80.0);
      assertThat(air.at(Quantity.PM2_5, at)).isBetween(2.0, 60.0);
      assertThat(air.at(Quantity.PM10, at)).isGreaterThan(air.at(Quantity.PM2_5, at));
    }
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
