package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.PhenomenonTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowGridTest {

  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  @ParameterizedTest
  @CsvSource({
    "PT1M,  Europe/Amsterdam, 2026-11-23T12:34:56.789Z, 2026-11-23T12:34:00Z",
    "PT10M, Europe/Amsterdam, 2026-11-23T12:34:56.789Z, 2026-11-23T12:30:00Z",
    "PT1H,  Europe/Amsterdam, 2026-11-23T12:34:56.789Z, 2026-11-23T12:00:00Z",
    // The first instant of a window belongs to it, the last one before it does not.
    "PT10M, Europe/Amsterdam, 2026-11-23T12:30:00Z,     2026-11-23T12:30:00Z",
    "PT10M, Europe/Amsterdam, 2026-11-23T12:29:59.999Z, 2026-11-23T12:20:00Z",
    // Midnight in Amsterdam and midnight in Greenwich.
    "PT1H,  Europe/Amsterdam, 2026-11-23T22:59:59.999Z, 2026-11-23T22:00:00Z",
    "PT1H,  Europe/Amsterdam, 2026-11-23T23:00:00Z,     2026-11-23T23:00:00Z",
    "PT1H,  Europe/Amsterdam, 2026-11-24T00:00:00Z,     2026-11-24T00:00:00Z",
    // Where the clocks on the wall are half an hour off, an hour begins at half past in Greenwich.
    "PT1H,  Asia/Kolkata,     2026-11-23T12:15:00Z,     2026-11-23T11:30:00Z",
    "PT10M, Asia/Kathmandu,   2026-11-23T12:04:00Z,     2026-11-23T11:55:00Z"
  })
  void aWindowBeginsWhereTheClockOnTheWallSaysSo(
      Duration length, ZoneId zone, Instant at, Instant start) {
    assertThat(new WindowGrid(length, zone).at(at.toEpochMilli()))
        .isEqualTo(PhenomenonTime.between(start.toEpochMilli(), start.plus(length).toEpochMilli()));
  }

  // On 2026-10-25 at 01:00Z the clocks in Amsterdam go from 03:00 back to 02:00.
  @Test
  void theHourThatAutumnRepeatsIsTwoWindows() {
    WindowGrid hours = new WindowGrid(Duration.ofHours(1), AMSTERDAM);

    PhenomenonTime summerTime = hours.at(millis("2026-10-25T00:30:00Z")); // 02:30, the first time
    PhenomenonTime winterTime = hours.at(millis("2026-10-25T01:30:00Z")); // 02:30, the second time

    assertThat(summerTime).isEqualTo(between("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"));
    assertThat(winterTime).isEqualTo(between("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"));
  }

  // On 2026-03-29 at 01:00Z they go from 02:00 forward to 03:00.
  @Test
  void theHourThatSpringLeavesOutIsNoWindow() {
    WindowGrid hours = new WindowGrid(Duration.ofHours(1), AMSTERDAM);

    assertThat(hours.at(millis("2026-03-29T00:59:59.999Z")))
        .isEqualTo(between("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"));
    assertThat(hours.at(millis("2026-03-29T01:00:00Z")))
        .isEqualTo(between("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"));
  }

  // What the rest leans on: each instant lies in its window, and all of a window name the same one.
  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "PT10M", "PT1H", "PT2H", "PT8H", "P1D", "P7D"})
  void windowsTileTheYear(Duration length) {
    WindowGrid grid = new WindowGrid(length, AMSTERDAM);
    long start = millis("2026-01-01T00:00:00Z");
    Random random = new Random(20261123);
    for (int i = 0; i < 10_000; i++) {
      long at = start + (long) (random.nextDouble() * Duration.ofDays(366).toMillis());
      PhenomenonTime window = grid.at(at);

      assertThat(at).isBetween(window.from(), window.to() - 1);
      assertThat(grid.at(window.from())).isEqualTo(window);
      assertThat(grid.at(window.to() - 1)).isEqualTo(window);
      assertThat(grid.at(window.to()).from()).isEqualTo(window.to());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT3H, 2026-11-23T12:34:56Z, 2026-11-23T11:00:00Z, 2026-11-23T14:00:00Z",
    "P1D,  2026-11-23T12:34:56Z, 2026-11-22T23:00:00Z, 2026-11-23T23:00:00Z",
    // A week begins on Monday, in the night from 22 to 23 November.
    "P7D,  2026-11-29T22:59:59Z, 2026-11-22T23:00:00Z, 2026-11-29T23:00:00Z",
    "P7D,  2026-11-29T23:00:00Z, 2026-11-29T23:00:00Z, 2026-12-06T23:00:00Z",
    // The day of 25 hours, and its 02:00 to 04:00 of three.
    "P1D,  2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "PT2H, 2026-10-25T01:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T03:00:00Z",
    // The day of 23 hours, and its 02:00 to 04:00 of one.
    "P1D,  2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "PT2H, 2026-03-29T01:30:00Z, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z"
  })
  void longWindowsGoFromOneTimeOnTheWallToAnother(
      Duration length, Instant at, Instant from, Instant to) {
    assertThat(new WindowGrid(length, AMSTERDAM).at(at.toEpochMilli()))
        .isEqualTo(PhenomenonTime.between(from.toEpochMilli(), to.toEpochMilli()));
  }

  // A device whose clock is broken must not stop everybody's aggregates with an exception.
  @Test
  void bothEndsOfTimeHaveAWindow() {
    long last = millis("9999-12-31T23:59:59.999Z");
    for (String zone : new String[] {"Europe/Amsterdam", "Asia/Kolkata", "America/St_Johns"}) {
      WindowGrid hours = new WindowGrid(Duration.ofHours(1), ZoneId.of(zone));

      assertThat(hours.at(0).from()).isZero();
      assertThat(hours.at(0).to()).isPositive();
      assertThat(hours.at(last).to()).isEqualTo(last);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1M", "PT7M", "PT90M", "PT5H", "P2D", "PT-1H"})
  void aLengthThatCutsNoClockOrCalendarIsRefused(Duration length) {
    assertThatThrownBy(() -> new WindowGrid(length, AMSTERDAM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(length.toString());
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static PhenomenonTime between(String from, String to) {
    return PhenomenonTime.between(millis(from), millis(to));
  }
}
