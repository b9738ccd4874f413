package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CounterFoldTest extends FoldContract {

  private static final CounterRules ENDLESS = new CounterRules(OptionalLong.empty(), true);
  private static final CounterRules OF_16_BITS = new CounterRules(OptionalLong.of(65_536), true);

  @Override
  FoldFamily family() {
    return new CounterFamily(OF_16_BITS);
  }

  @Override
  Arbitrary<Result> results() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE).map(Result.Counter::new);
  }

  @Override
  Edge before() {
    return new Edge(minute(-5), new Result.Counter(65_000));
  }

  private static long minute(int minute) {
    return HOUR.from() + minute * 60_000L;
  }

  /** Readings every ten minutes from the beginning of the hour. */
  private static Fold readings(CounterRules rules, long... values) {
    Fold fold = new CounterFamily(rules).begin();
    for (int i = 0; i < values.length; i++) {
      fold.add(minute(10 * i), new Result.Counter(values[i]));
    }
    return fold;
  }

  private static Edge edge(int minute, long value) {
    return new Edge(minute(minute), new Result.Counter(value));
  }

  @Test
  void theDeltaBeginsAtTheLastReadingBeforeTheWindow() {
    Fold fold = readings(ENDLESS, 110, 120, 150);

    assertThat(fold.statistics(HOUR, edge(-10, 100)))
        .isEqualTo(
            Map.of(
                Statistic.DELTA, 50.0,
                Statistic.RESETS, 0.0,
                // 50 in the 30 minutes between the two readings
                Statistic.PER_HOUR, 100.0));
  }

  @Test
  void withoutOneBeforeItBeginsAtTheFirstInTheWindow() {
    Fold fold = readings(ENDLESS, 110, 120, 150);

    assertThat(fold.statistics(HOUR, null))
        .containsEntry(Statistic.DELTA, 40.0)
        .containsEntry(Statistic.PER_HOUR, 120.0);
  }

  @Test
  void oneReadingAloneTellsNoDelta() {
    assertThat(readings(ENDLESS, 110).statistics(HOUR, null)).isEmpty();
    assertThat(readings(ENDLESS, 110).statistics(HOUR, edge(-10, 110)))
        .containsEntry(Statistic.DELTA, 0.0);
  }

  @Test
  void aWindowWithoutAReadingTellsNothing() {
    assertThat(readings(ENDLESS).statistics(HOUR, edge(-10, 110))).isEmpty();
  }

  @Test
  void afterAnOutageTheRateIsThatOfTheTimeThatWasCounted() {
    // 240 in four hours and not in one.
    assertThat(readings(ENDLESS, 340).statistics(HOUR, edge(-240, 100)))
        .containsEntry(Statistic.DELTA, 240.0)
        .containsEntry(Statistic.PER_HOUR, 60.0);
  }

  @Test
  void afterAResetWhatItShowsWasCountedSince() {
    assertThat(readings(ENDLESS, 1_000, 1_010, 5, 25).statistics(HOUR, null))
        .containsEntry(Statistic.DELTA, 10.0 + 5 + 20)
        .containsEntry(Statistic.RESETS, 1.0);
  }

  @Test
  void aRolloverGoesOnAtZero() {
    assertThat(readings(OF_16_BITS, 65_500, 65_535, 0, 64).statistics(HOUR, null))
        .containsEntry(Statistic.DELTA, 100.0)
        .containsEntry(Statistic.RESETS, 0.0);
  }

  @Test
  void aFallFarFromTheEndIsAResetAlsoWhereTheModulusIsKnown() {
    assertThat(readings(OF_16_BITS, 1_000, 30).statistics(HOUR, null))
        .containsEntry(Statistic.DELTA, 30.0)
        .containsEntry(Statistic.RESETS, 1.0);
  }

  @Test
  void theBorderLiesAtAQuarterOfTheModulus() {
    CounterRules thousand = new CounterRules(OptionalLong.of(1_000), true);

    assertThat(thousand.counted(900, 150)).isEqualTo(250);
    assertThat(thousand.isReset(900, 150)).isFalse();
    assertThat(thousand.counted(900, 151)).isEqualTo(151);
    assertThat(thousand.isReset(900, 151)).isTrue();
  }

  @Test
  void aCounterBeyondItsModulusDoesNotRollOver() {
    CounterRules thousand = new CounterRules(OptionalLong.of(1_000), true);

    assertThat(thousand.isReset(1_000, 0)).isTrue();
    assertThat(thousand.isReset(999, 0)).isFalse();
  }

  @Test
  void fourThousandMillionAndMoreRollOverToo() {
    CounterRules of32Bits = new CounterRules(OptionalLong.of(1L << 32), true);

    assertThat(of32Bits.counted((1L << 32) - 10, 10)).isEqualTo(20);
  }

  @Test
  void aModulusIsTwoOrMore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CounterRules(OptionalLong.of(1), true))
        .withMessageContaining("not at 1");
  }

  @Test
  void aReadingThatComesLateChangesWhatThoseAroundItMean() {
    Fold fold = readings(ENDLESS, 100, 200);
    assertThat(fold.statistics(HOUR, null)).containsEntry(Statistic.DELTA, 100.0);

    fold.add(minute(5), new Result.Counter(40)); // so it fell, and counted 40 and 160

    assertThat(fold.statistics(HOUR, null)).containsEntry(Statistic.DELTA, 200.0);
  }

  @Test
  void noRateWhereTheUnitHasNone() {
    CounterRules cubicMetres = new CounterRules(OptionalLong.empty(), false);

    assertThat(readings(cubicMetres, 100, 200).statistics(HOUR, null))
        .containsOnlyKeys(Statistic.DELTA, Statistic.RESETS);
  }

  @Test
  void whatALaterWindowMustKnowIsTheLastReading() {
    Edge before = edge(-10, 5);

    assertThat(readings(ENDLESS, 10, 20, 30).last(before)).isEqualTo(edge(20, 30));
    assertThat(readings(ENDLESS).last(before)).isEqualTo(before);
  }

  @Test
  void wholeNumbersStayExactBeyondWhatADoubleCounts() {
    long large = (1L << 60) + 1;

    assertThat(readings(ENDLESS, large, large + 3).statistics(HOUR, null))
        .containsEntry(Statistic.DELTA, 3.0);
  }

  @Provide
  Arbitrary<Long> steps() {
    return Arbitraries.longs().between(0, 16_000);
  }

  /** What a device really counts, and how a register of 16 bits shows it. */
  @Property(tries = 200)
  void aCounterThatOnlyRollsOverTellsAllThatWasCounted(
      @ForAll @LongRange(min = 0, max = 65_535) long start,
      @ForAll @Size(max = 6) List<@net.jqwik.api.From("steps") Long> steps) {
    Fold fold = family().begin();
    long counted = start;
    for (int i = 0; i < steps.size(); i++) {
      counted += steps.get(i);
      fold.add(minute(10 * i), new Result.Counter(counted % 65_536));
    }

    Map<Statistic, Double> statistics = fold.statistics(HOUR, edge(-10, start));

    if (!steps.isEmpty()) {
      assertThat(statistics)
          .containsEntry(Statistic.DELTA, (double) (counted - start))
          .containsEntry(Statistic.RESETS, 0.0);
    }
  }

  /** Windows of ten minutes, each knowing only its own and the Edge before it. */
  @Property(tries = 200)
  void theDeltasOfTheWindowsAddUpToTheDeltaOfTheHour(@ForAll("anHour") List<Said> said) {
    Edge edge = before();
    List<BigInteger> deltas = new ArrayList<>();
    double resets = 0;
    for (int from = 0; from < 60; from += 10) {
      Span window = new Span(minute(from), minute(from + 10));
      Fold part =
          fold(
              said.stream()
                  .filter(s -> s.time() >= window.from() && s.time() < window.to())
                  .map(s -> new Said(s.time(), small(s.result())))
                  .toList());
      Map<Statistic, Double> statistics = part.statistics(window, edge);
      deltas.add(BigInteger.valueOf(statistics.getOrDefault(Statistic.DELTA, 0.0).longValue()));
      resets += statistics.getOrDefault(Statistic.RESETS, 0.0);
      edge = part.last(edge);
    }

    Fold whole = fold(said.stream().map(s -> new Said(s.time(), small(s.result()))).toList());
    Map<Statistic, Double> statistics = whole.statistics(HOUR, before());

    assertThat(deltas.stream().reduce(BigInteger.ZERO, BigInteger::add).doubleValue())
        .isEqualTo(statistics.getOrDefault(Statistic.DELTA, 0.0));
    assertThat(resets).isEqualTo(statistics.getOrDefault(Statistic.RESETS, 0.0));
  }

  /** Small enough that the sum of doubles is exact. */
  private static Result small(Result counter) {
    return new Result.Counter(((Result.Counter) counter).value() % 100_000);
  }
}
