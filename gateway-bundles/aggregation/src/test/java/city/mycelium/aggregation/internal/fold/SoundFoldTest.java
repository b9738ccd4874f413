package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SoundFoldTest extends FoldContract {

  private static final DayParts PARTS = DayParts.of(ZoneId.of("Europe/Amsterdam"));
  private static final Offset<Double> ROUNDING = within(1e-12);
  private static final long MINUTE = 60_000L;

  private final Fold fold = family().begin();

  @Override
  FoldFamily family() {
    return new SoundFamily(PARTS);
  }

  @Override
  Arbitrary<Result> results() {
    return Arbitraries.doubles().between(-20, 200).ofScale(3).map(Result.Measurement::new);
  }

  private void add(double... levels) {
    for (double level : levels) {
      fold.add(HOUR.from(), new Result.Measurement(level));
    }
  }

  private double hour(Statistic statistic) {
    return fold.statistics(HOUR, null).get(statistic);
  }

  /** A level for every minute of the hours from..to of a day that begins at this instant. */
  private static void every(Fold fold, long day, int fromHour, int toHour, double level) {
    for (long time = day + fromHour * 60 * MINUTE; time < day + toHour * 60 * MINUTE; ) {
      fold.add(time, new Result.Measurement(level));
      time += MINUTE;
    }
  }

  @Test
  void aSteadyLevelIsItsOwnEquivalent() {
    add(60, 60, 60);

    assertThat(hour(Statistic.LAEQ)).isEqualTo(60, ROUNDING);
  }

  @Test
  void halfTheEnergyIsThreeDecibelsLess() {
    // 60 dB for half of the time and next to nothing for the rest: 60 - 10 lg 2 = 56.9897...
    add(60, -20);

    assertThat(hour(Statistic.LAEQ)).isEqualTo(56.98970004, within(1e-7));
  }

  @Test
  void tenDecibelsMoreAreTenTimesTheEnergy() {
    // (10^7 + 9 * 10^6) / 10 = 1.9 * 10^6; 10 lg of it is 62.78753601 by a table of logarithms
    add(70, 60, 60, 60, 60, 60, 60, 60, 60, 60);

    assertThat(hour(Statistic.LAEQ)).isEqualTo(62.78753601, within(1e-8));
  }

  @Test
  void theLoudestAndTheQuietestResultAreToldAsTheyCame() {
    add(55.4, 71.25, 48.8);

    assertThat(hour(Statistic.MAX)).isEqualTo(71.25);
    assertThat(hour(Statistic.MIN)).isEqualTo(48.8);
  }

  @Test
  void tenPercentOfTheTimeIsAboveLa10AndNinetyAboveLa90() {
    for (int tenth = 1; tenth <= 100; tenth++) {
      add(50 + tenth / 10.0); // 50.1 to 60.0
    }

    assertThat(hour(Statistic.LA10)).isEqualTo(59.0); // 59.1 to 60.0 are above
    assertThat(hour(Statistic.LA50)).isEqualTo(55.0);
    assertThat(hour(Statistic.LA90)).isEqualTo(51.0);
  }

  @Test
  void ofOneResultEveryLevelIsExceededByNone() {
    add(63.2);

    assertThat(hour(Statistic.LA10)).isEqualTo(63.2);
    assertThat(hour(Statistic.LA90)).isEqualTo(63.2);
  }

  @Test
  void anHourHasNoLden() {
    add(60);

    assertThat(fold.statistics(HOUR, null)).doesNotContainKeys(Statistic.LDEN, Statistic.LDAY);
  }

  @Test
  void ldenWeighsDayEveningAndNight() {
    Span day = span("2026-01-14T23:00:00Z", "2026-01-15T23:00:00Z");
    every(fold, day.from(), 0, 7, 50);
    every(fold, day.from(), 7, 19, 60);
    every(fold, day.from(), 19, 23, 55);
    every(fold, day.from(), 23, 24, 50);

    Map<Statistic, Double> statistics = fold.statistics(day, null);

    // 12 * 10^6 + 4 * 10^6 + 8 * 10^6 over 24: with its penalty every part weighs 60 dB.
    assertThat(statistics.get(Statistic.LDEN)).isEqualTo(60, ROUNDING);
    assertThat(statistics.get(Statistic.LDAY)).isEqualTo(60, ROUNDING);
    assertThat(statistics.get(Statistic.LEVENING)).isEqualTo(55, ROUNDING);
    assertThat(statistics.get(Statistic.LNIGHT)).isEqualTo(50, ROUNDING);
  }

  @Test
  void onADayOf23HoursTheNightWeighsSevenAndOn25Nine() {
    // Nothing but the night is heard (-20 dB elsewhere): Lden = 60 + 10 + 10 lg(night / day).
    Span spring = span("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    Span autumn = span("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");

    assertThat(nightOnly(spring, 6, 22)).isEqualTo(70 + 10 * Math.log10(7 / 23.0), within(1e-6));
    assertThat(nightOnly(autumn, 8, 24)).isEqualTo(70 + 10 * Math.log10(9 / 25.0), within(1e-6));
  }

  private static double nightOnly(Span day, int dayBegins, int nightBegins) {
    Fold fold = new SoundFamily(PARTS).begin();
    every(fold, day.from(), 0, dayBegins, 60);
    every(fold, day.from(), dayBegins, nightBegins, -20);
    every(fold, day.from(), nightBegins, (int) (day.millis() / (60 * MINUTE)), 60);
    assertThat(fold.statistics(day, null).get(Statistic.LEVENING)).isEqualTo(-20, ROUNDING);
    return fold.statistics(day, null).get(Statistic.LDEN);
  }

  @Test
  void aPartIsWeighedByItsHoursAndNotByHowOftenItWasHeard() {
    Span day = span("2026-01-14T23:00:00Z", "2026-01-15T23:00:00Z");
    fold.add(day.from() + 3 * 60 * MINUTE, new Result.Measurement(50)); // once in the whole night
    every(fold, day.from(), 7, 19, 60);
    every(fold, day.from(), 19, 23, 55);

    assertThat(fold.statistics(day, null).get(Statistic.LDEN)).isEqualTo(60, ROUNDING);
  }

  @Test
  void ofADayWithoutANightThereIsNoLden() {
    Span day = span("2026-01-14T23:00:00Z", "2026-01-15T23:00:00Z");
    every(fold, day.from(), 7, 19, 60);
    every(fold, day.from(), 19, 23, 55);

    assertThat(fold.statistics(day, null))
        .containsKeys(Statistic.LDAY, Statistic.LEVENING)
        .doesNotContainKeys(Statistic.LNIGHT, Statistic.LDEN);
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli());
  }

  @Test
  void whatIsNoLevelOfSoundIsNotAccepted() {
    assertThat(fold.accepts(new Result.Measurement(-20))).isTrue();
    assertThat(fold.accepts(new Result.Measurement(200))).isTrue();
    assertThat(fold.accepts(new Result.Measurement(-20.1))).isFalse();
    assertThat(fold.accepts(new Result.Measurement(200.1))).isFalse();
    assertThat(fold.accepts(new Result.Counter(60))).isFalse();
  }

  @Test
  void aWindowThatIsReadBackKeepsTheHoursThatItBeganWith() {
    Span day = span("2026-01-14T23:00:00Z", "2026-01-15T23:00:00Z");
    Fold other = new SoundFamily(new DayParts(ZoneId.of("Asia/Kathmandu"), 6, 18, 22)).begin();
    every(other, day.from(), 0, 24, 60);

    Fold read = family().read(other.toBytes());

    assertThat(read.toBytes()).isEqualTo(other.toBytes());
    assertThat(read.statistics(day, null)).doesNotContainKey(Statistic.LDEN); // no day there
  }

  @Test
  void itsBytesStaySmallHoweverManyResultsThereAre() {
    for (int i = 0; i < 100_000; i++) {
      fold.add(HOUR.from() + i, new Result.Measurement(40 + i % 400 / 10.0));
    }

    assertThat(fold.toBytes()).hasSizeLessThan(2_000);
  }

  /** The mean energy in decimal fractions of 60 digits, and the levels sorted. */
  @Property(tries = 200)
  void everyFigureIsWhatAPlainRecomputationGives(@ForAll("anHour") List<Said> said) {
    if (said.isEmpty()) {
      return;
    }
    List<Double> sorted =
        said.stream().map(s -> ((Result.Measurement) s.result()).value()).sorted().toList();
    BigDecimal energy =
        sorted.stream()
            .map(level -> new BigDecimal(Math.pow(10, level / 10)))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(sorted.size()), new MathContext(60));

    Map<Statistic, Double> statistics = fold(said).statistics(HOUR, null);

    assertThat(statistics.get(Statistic.LAEQ))
        .isEqualTo(10 * Math.log10(energy.doubleValue()), within(1e-9));
    assertThat(statistics.get(Statistic.MIN)).isEqualTo(sorted.get(0));
    assertThat(statistics.get(Statistic.MAX)).isEqualTo(sorted.get(sorted.size() - 1));
    for (int percent : List.of(10, 50, 90)) {
      // The lowest level above which there are at most so many percent.
      double exceeded =
          sorted.stream()
              .filter(
                  level ->
                      sorted.stream().filter(other -> other > level).count() * 100
                          <= (long) percent * sorted.size())
              .findFirst()
              .orElseThrow();
      assertThat(statistics.get(new Statistic("la" + percent)))
          .isEqualTo(exceeded, within(0.05 + 1e-9));
    }
  }
}
