package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParkingFoldTest extends FoldContract {

  private static final Result FREE = new Result.Category("free");
  private static final Result OCCUPIED = new Result.Category("occupied");
  private static final Result CLOSED = new Result.Category("closed");
  private static final Result UNKNOWN = new Result.Category("unknown");

  private final Fold fold = family().begin();

  @Override
  FoldFamily family() {
    return new ParkingFamily();
  }

  @Override
  Arbitrary<Result> results() {
    return Arbitraries.of(
        FREE, OCCUPIED, CLOSED, UNKNOWN, new Result.Truth(true), new Result.Truth(false));
  }

  @Override
  Edge before() {
    return new Edge(minute(-30), OCCUPIED);
  }

  private static long minute(double minute) {
    return HOUR.from() + Math.round(minute * 60_000);
  }

  private Map<Statistic, Double> after(@Nullable Result before) {
    return fold.statistics(HOUR, before == null ? null : new Edge(minute(-90), before));
  }

  @Test
  void occupancyIsTheShareOfTheTimeAndNotOfTheResults() {
    fold.add(minute(0), FREE);
    fold.add(minute(45), OCCUPIED);

    // 15 of 60 minutes, though half of the results say so.
    assertThat(after(null)).containsEntry(Statistic.OCCUPANCY, 0.25);
  }

  @Test
  void arrivalsDeparturesAndTurnoverCountTheCars() {
    fold.add(minute(10), OCCUPIED);
    fold.add(minute(20), FREE);
    fold.add(minute(30), OCCUPIED);
    fold.add(minute(55), FREE);
    fold.add(minute(58), OCCUPIED);

    assertThat(after(FREE))
        .containsEntry(Statistic.ARRIVALS, 3.0)
        .containsEntry(Statistic.DEPARTURES, 2.0)
        .containsEntry(Statistic.TURNOVER, 3.0)
        .containsEntry(Statistic.STAY_MEAN, (10 + 25) / 2.0 * 60)
        .containsEntry(Statistic.STAY_MAX, 25.0 * 60);
  }

  @Test
  void hearingTheSameStateAgainIsNotAnArrival() {
    fold.add(minute(10), OCCUPIED);
    fold.add(minute(11), new Result.Truth(true));
    fold.add(minute(40), OCCUPIED);
    fold.add(minute(50), FREE);
    fold.add(minute(51), FREE);

    assertThat(after(FREE))
        .containsEntry(Statistic.ARRIVALS, 1.0)
        .containsEntry(Statistic.DEPARTURES, 1.0)
        .containsEntry(Statistic.STAY_MEAN, 40.0 * 60);
  }

  @Test
  void beforeTheFirstEventNothingIsKnownAndNothingIsFree() {
    fold.add(minute(30), OCCUPIED);
    fold.add(minute(45), FREE);

    // 15 of the 30 minutes that are known; and nobody saw that car come.
    assertThat(after(null))
        .containsEntry(Statistic.KNOWN, 1800.0)
        .containsEntry(Statistic.OCCUPANCY, 0.5)
        .containsEntry(Statistic.ARRIVALS, 0.0)
        .containsEntry(Statistic.DEPARTURES, 1.0)
        .doesNotContainKeys(Statistic.STAY_MEAN, Statistic.STAY_MAX);
  }

  @Test
  void theStateBeforeTheWindowHoldsUntilTheFirstEvent() {
    fold.add(minute(30), FREE);

    assertThat(after(OCCUPIED))
        .containsEntry(Statistic.KNOWN, 3600.0)
        .containsEntry(Statistic.OCCUPANCY, 0.5);
    assertThat(after(FREE)).containsEntry(Statistic.OCCUPANCY, 0.0);
  }

  @Test
  void aWindowInWhichNothingHappensIsFullOfTheCarThatStandsThere() {
    assertThat(after(OCCUPIED))
        .containsEntry(Statistic.OCCUPANCY, 1.0)
        .containsEntry(Statistic.ARRIVALS, 0.0)
        .doesNotContainKey(Statistic.STAY_MEAN);
  }

  @Test
  void aStayCountsWholeInTheWindowInWhichItEnds() {
    fold.add(minute(20), FREE);

    // It came 90 minutes before the window.
    assertThat(after(OCCUPIED)).containsEntry(Statistic.STAY_MEAN, 110.0 * 60);
  }

  @Test
  void aStayOverManyWindowsKeepsItsBeginning() {
    Fold first = family().begin();
    first.add(minute(-170), FREE);
    first.add(minute(-150), OCCUPIED);
    Fold second = family().begin();
    second.add(minute(-70), OCCUPIED); // a sensor that says once an hour that it is alive
    Fold third = family().begin();
    fold.add(minute(30), FREE);

    Edge before = third.last(second.last(first.last(null)));

    assertThat(fold.statistics(HOUR, before)).containsEntry(Statistic.STAY_MAX, 180.0 * 60);
  }

  @Test
  void whoNobodySawComeHasNoLengthOfStayInALaterWindowEither() {
    Fold first = family().begin();
    first.add(minute(-50), OCCUPIED);
    fold.add(minute(30), FREE);

    assertThat(fold.statistics(HOUR, first.last(null)))
        .containsEntry(Statistic.DEPARTURES, 1.0)
        .doesNotContainKey(Statistic.STAY_MEAN);
  }

  @Test
  void unknownAndClosedLeaveTheKnownTime() {
    fold.add(minute(10), OCCUPIED);
    fold.add(minute(20), UNKNOWN);
    fold.add(minute(30), OCCUPIED);
    fold.add(minute(40), CLOSED);
    fold.add(minute(50), FREE);

    // Free 0-10, occupied 10-20 and 30-40, free 50-60; who was there at 30 may be another.
    assertThat(after(FREE))
        .containsEntry(Statistic.KNOWN, 2400.0)
        .containsEntry(Statistic.OCCUPANCY, 0.5)
        .containsEntry(Statistic.ARRIVALS, 1.0)
        .containsEntry(Statistic.DEPARTURES, 0.0)
        .containsEntry(Statistic.TURNOVER, 1.5)
        .doesNotContainKey(Statistic.STAY_MEAN);
  }

  @Test
  void aBayOfWhichNothingIsKnownTellsJustThat() {
    assertThat(after(UNKNOWN)).isEqualTo(Map.of(Statistic.KNOWN, 0.0));
  }

  @Test
  void wordsThatAreNoStateOfABayAreNotAccepted() {
    assertThat(fold.accepts(OCCUPIED)).isTrue();
    assertThat(fold.accepts(new Result.Category("full"))).isFalse();
    assertThat(fold.accepts(new Result.Measurement(1))).isFalse();
  }

  /** Second by second, which is another way to the same. */
  @Property(tries = 200)
  void everyFigureIsWhatLookingAtEverySecondGives(@ForAll("anHour") List<Said> said) {
    List<Said> sorted = new ArrayList<>(said);
    sorted.sort(
        Comparator.comparingLong(Said::time)
            .thenComparing(s -> BayState.of(s.result()).orElseThrow()));
    int known = 0;
    int occupied = 0;
    BayState state = BayState.OCCUPIED;
    for (long second = HOUR.from(); second < HOUR.to(); second += 1_000) {
      for (Said one : sorted) {
        if (one.time() == second) {
          state = BayState.of(one.result()).orElseThrow();
        }
      }
      known += state == BayState.FREE || state == BayState.OCCUPIED ? 1 : 0;
      occupied += state == BayState.OCCUPIED ? 1 : 0;
    }

    Map<Statistic, Double> statistics = fold(said).statistics(HOUR, before());

    assertThat(statistics).containsEntry(Statistic.KNOWN, (double) known);
    if (known > 0) {
      assertThat(statistics).containsEntry(Statistic.OCCUPANCY, (double) occupied / known);
    }
  }

  /** Windows of ten minutes, each knowing only its own and the Edge before it. */
  @Property(tries = 200)
  void theWindowsOfAnHourAddUpToTheHour(@ForAll("anHour") List<Said> said) {
    Edge edge = before();
    double arrivals = 0;
    double departures = 0;
    double known = 0;
    double longest = 0;
    for (int minutes = 0; minutes < 60; minutes += 10) {
      Span window = new Span(minute(minutes), minute(minutes + 10));
      Fold part =
          fold(
              said.stream()
                  .filter(s -> s.time() >= window.from() && s.time() < window.to())
                  .toList());
      Map<Statistic, Double> statistics = part.statistics(window, edge);
      arrivals += statistics.getOrDefault(Statistic.ARRIVALS, 0.0);
      departures += statistics.getOrDefault(Statistic.DEPARTURES, 0.0);
      known += statistics.getOrDefault(Statistic.KNOWN, 0.0);
      longest = Math.max(longest, statistics.getOrDefault(Statistic.STAY_MAX, 0.0));
      edge = part.last(edge);
    }

    Map<Statistic, Double> whole = fold(said).statistics(HOUR, before());

    assertThat(known).isEqualTo(whole.get(Statistic.KNOWN));
    assertThat(arrivals).isEqualTo(whole.getOrDefault(Statistic.ARRIVALS, 0.0));
    assertThat(departures).isEqualTo(whole.getOrDefault(Statistic.DEPARTURES, 0.0));
    assertThat(longest).isEqualTo(whole.getOrDefault(Statistic.STAY_MAX, 0.0));
    assertThat(edge).isEqualTo(fold(said).last(before()));
  }
}
