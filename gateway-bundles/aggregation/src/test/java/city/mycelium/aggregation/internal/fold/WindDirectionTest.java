package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindDirectionTest extends FoldContract {

  private final PairedFamily family = new PairedFamily(new WindDirection());
  private final Paired fold = family.begin();
  private long time = HOUR.from();

  @Override
  FoldFamily family() {
    return family;
  }

  @Override
  Arbitrary<Result> results() {
    return Arbitraries.doubles().between(0, 360).ofScale(1).map(Result.Measurement::new);
  }

  private Map<Statistic, Double> statistics() {
    return fold.statistics(HOUR, null);
  }

  private void from(double degrees) {
    fold.add(time++, new Result.Measurement(degrees));
  }

  private void from(double degrees, double speed) {
    fold.accompany(time, new Result.Measurement(speed));
    from(degrees);
  }

  @Test
  void betweenWestAndEastOfNorthLiesNorth() {
    from(350);
    from(10);

    // The mean of the numbers would be south.
    assertThat(statistics().get(Statistic.DIRECTION)).isEqualTo(0, within(1e-12));
  }

  @Test
  void theFourWindsAreExact() {
    for (double degrees : new double[] {0, 90, 180, 270}) {
      Fold one = family.begin();
      one.add(time, new Result.Measurement(degrees));
      assertThat(one.statistics(HOUR, null)).isEqualTo(Map.of(Statistic.DIRECTION, degrees));
    }
  }

  @Test
  void northIsCalledZeroAlsoWhereTheVaneSays360() {
    from(360);

    assertThat(statistics()).isEqualTo(Map.of(Statistic.DIRECTION, 0.0));
  }

  @Test
  void windsThatCancelOutHaveNoDirection() {
    from(30, 4);
    from(210, 4);

    assertThat(statistics()).isEqualTo(Map.of(Statistic.PAIRS, 2.0));
  }

  @Test
  void theSpeedWeighsTheDirection() {
    // 3 from the north and 4 from the east: atan(4 / 3) = 53.13 degrees; unweighed it is 45.
    from(0, 3);
    from(90, 4);

    assertThat(statistics().get(Statistic.RESULTANT_DIRECTION))
        .isEqualTo(53.13010235415598, within(1e-12));
    assertThat(statistics().get(Statistic.DIRECTION)).isEqualTo(45, within(1e-12));
    assertThat(statistics()).containsEntry(Statistic.PAIRS, 2.0);
  }

  @Test
  void aCalmWeighsNothing() {
    from(180, 5);
    from(90, 0);

    assertThat(statistics()).containsEntry(Statistic.RESULTANT_DIRECTION, 180.0);
  }

  @Test
  void inACalmThereIsNoResultant() {
    from(180, 0);

    assertThat(statistics()).isEqualTo(Map.of(Statistic.DIRECTION, 180.0, Statistic.PAIRS, 1.0));
  }

  @Test
  void directionsWithoutASpeedOfTheSameTimeAreLeftOutOfTheResultant() {
    from(90, 4);
    from(0);

    assertThat(statistics())
        .containsEntry(Statistic.PAIRS, 1.0)
        .containsEntry(Statistic.RESULTANT_DIRECTION, 90.0);
  }

  @Test
  void withoutAnySpeedThereIsNoResultant() {
    from(90);

    assertThat(statistics()).isEqualTo(Map.of(Statistic.DIRECTION, 90.0));
  }

  @Test
  void speedsAloneTellNothing() {
    fold.accompany(time, new Result.Measurement(4));

    assertThat(statistics()).isEmpty();
    assertThat(fold.count()).isZero();
  }

  @Test
  void twoOfOneTimeBelongToNobody() {
    from(90, 4);
    fold.add(time, new Result.Measurement(0));
    fold.accompany(time, new Result.Measurement(1));
    fold.accompany(time, new Result.Measurement(9));

    assertThat(statistics()).containsEntry(Statistic.PAIRS, 1.0);

    fold.add(HOUR.from(), new Result.Measurement(180)); // now the first is not alone either

    assertThat(statistics()).doesNotContainKey(Statistic.PAIRS);
  }

  @Test
  void whatIsNoDirectionOrNoSpeedIsNotAccepted() {
    assertThat(fold.accepts(new Result.Measurement(360))).isTrue();
    assertThat(fold.accepts(new Result.Measurement(360.1))).isFalse();
    assertThat(fold.accepts(new Result.Measurement(-1))).isFalse();
    assertThat(fold.accepts(new Result.Counter(90))).isFalse();
    assertThat(fold.acceptsCompanion(new Result.Measurement(0))).isTrue();
    assertThat(fold.acceptsCompanion(new Result.Measurement(-1))).isFalse();
    assertThat(fold.acceptsCompanion(new Result.Counter(1))).isFalse();
  }

  @Test
  void wholeDegreesTakeFewBytes() {
    for (int second = 0; second < 3_600; second++) {
      fold.add(HOUR.from() + second * 1_000L, new Result.Measurement(second * 7 % 360));
    }

    assertThat(fold.toBytes()).hasSizeLessThan(3_600 * 6);
  }

  /** A blow of a direction or of a speed, in any order, in parts, and read back in between. */
  @Property(tries = 200)
  void companionsMayComeInAnyOrderAndInParts(
      @ForAll @Size(max = 20) List<@IntRange(max = 359) Integer> degrees, @ForAll Random random) {
    List<Runnable> blows = new ArrayList<>();
    Paired whole = family.begin();
    List<Paired> parts = List.of(family.begin(), family.begin());
    for (int i = 0; i < degrees.size(); i++) {
      long at = HOUR.from() + i * 1_000L;
      Result direction = new Result.Measurement(degrees.get(i));
      Result speed = new Result.Measurement(1 + i % 7);
      whole.add(at, direction);
      whole.accompany(at, speed);
      blows.add(() -> parts.get(random.nextInt(2)).add(at, direction));
      blows.add(() -> parts.get(random.nextInt(2)).accompany(at, speed));
    }
    Collections.shuffle(blows, random);
    blows.forEach(Runnable::run);
    Paired merged = family.read(parts.get(0).toBytes());
    merged.merge(parts.get(1));

    assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
    assertThat(merged.statistics(HOUR, null)).isEqualTo(whole.statistics(HOUR, null));
  }

  @Property(tries = 200)
  void theDirectionIsWhatPlainSinesGive(@ForAll("anHour") List<Said> said) {
    double east = 0;
    double north = 0;
    for (Said one : said) {
      double radians = Math.toRadians(((Result.Measurement) one.result()).value());
      east += Math.sin(radians);
      north += Math.cos(radians);
    }
    if (Math.hypot(east, north) < 1e-3) {
      return; // next to no direction: there the two may differ
    }

    double direction = fold(said).statistics(HOUR, null).get(Statistic.DIRECTION);

    double apart = Math.toRadians(direction) - Math.atan2(east, north);
    assertThat(Math.sin(apart / 2)).isEqualTo(0, within(1e-9));
    assertThat(direction).isBetween(0.0, Math.nextDown(360.0));
  }
}
