package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import city.mycelium.aggregation.internal.fold.DayParts.Part;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayPartsTest {

  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
  private static final long HOUR = 3_600_000L;
  private final DayParts parts = DayParts.of(AMSTERDAM);

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static Span day(String from, String to) {
    return new Span(at(from), at(to));
  }

  private List<Long> hours(Span day) {
    return Arrays.stream(Part.values()).map(part -> parts.millis(day, part) / HOUR).toList();
  }

  @Test
  void theBordersAreThoseOfTheDirectiveInLocalTime() {
    // In winter Amsterdam is an hour ahead of UTC, in summer two.
    assertThat(parts.at(at("2026-01-15T05:59:59.999Z"))).isEqualTo(Part.NIGHT);
    assertThat(parts.at(at("2026-01-15T06:00:00Z"))).isEqualTo(Part.DAY);
    assertThat(parts.at(at("2026-07-15T05:00:00Z"))).isEqualTo(Part.DAY);
    assertThat(parts.at(at("2026-01-15T17:59:59.999Z"))).isEqualTo(Part.DAY);
    assertThat(parts.at(at("2026-01-15T18:00:00Z"))).isEqualTo(Part.EVENING);
    assertThat(parts.at(at("2026-01-15T22:00:00Z"))).isEqualTo(Part.NIGHT);
  }

  @Test
  void anOrdinaryDayHasTwelveFourAndEightHours() {
    assertThat(hours(day("2026-01-14T23:00:00Z", "2026-01-15T23:00:00Z")))
        .containsExactly(12L, 4L, 8L);
  }

  @Test
  void theNightIsShorterInSpringAndLongerInAutumn() {
    assertThat(hours(day("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")))
        .containsExactly(12L, 4L, 7L);
    assertThat(hours(day("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")))
        .containsExactly(12L, 4L, 9L);
  }

  @Test
  void aDayIsFromMidnightToMidnightAndNothingElse() {
    assertThat(parts.isDay(day("2026-01-14T23:00:00Z", "2026-01-15T23:00:00Z"))).isTrue();
    assertThat(parts.isDay(day("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"))).isTrue();
    assertThat(parts.isDay(day("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"))).isTrue();
    // 24 hours, but not of one day
    assertThat(parts.isDay(day("2026-03-28T23:00:00Z", "2026-03-29T23:00:00Z"))).isFalse();
    assertThat(parts.isDay(day("2026-01-15T00:00:00Z", "2026-01-16T00:00:00Z"))).isFalse();
    assertThat(parts.isDay(day("2026-01-14T23:00:00Z", "2026-01-16T23:00:00Z"))).isFalse();
  }

  @Test
  void otherHoursCanBeChosen() {
    DayParts shortEvening = new DayParts(AMSTERDAM, 6, 20, 22);
    Span day = day("2026-01-14T23:00:00Z", "2026-01-15T23:00:00Z");

    assertThat(shortEvening.millis(day, Part.DAY)).isEqualTo(14 * HOUR);
    assertThat(shortEvening.millis(day, Part.EVENING)).isEqualTo(2 * HOUR);
    assertThat(shortEvening.millis(day, Part.NIGHT)).isEqualTo(8 * HOUR);
    assertThat(new DayParts(AMSTERDAM, 7, 19, 24).millis(day, Part.NIGHT)).isEqualTo(7 * HOUR);
  }

  @Test
  void hoursOutOfOrderAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DayParts(AMSTERDAM, 7, 23, 19))
        .withMessageContaining("7, 23 and 19");
    assertThatIllegalArgumentException().isThrownBy(() -> new DayParts(AMSTERDAM, 7, 19, 25));
    assertThatIllegalArgumentException().isThrownBy(() -> new DayParts(AMSTERDAM, -1, 19, 23));
  }
}
