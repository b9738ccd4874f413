package city.mycelium.aggregation.internal.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import city.mycelium.api.observation.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What every {@link FoldFamily} must keep to. */
abstract class FoldContract {

  /** 2026-03-02T10:00Z, an hour. */
  static final Span HOUR = new Span(1_772_445_600_000L, 1_772_449_200_000L);

  /** One thing that a sensor said. */
  record Said(long time, Result result) {}

  abstract FoldFamily family();

  /** Any result that the family accepts. */
  abstract Arbitrary<Result> results();

  /** Something that may have been known before the hour; null if the family does not remember. */
  @Nullable Edge before() {
    return null;
  }

  @Provide
  Arbitrary<List<Said>> anHour() {
    // Seconds, so that some fall together.
    Arbitrary<Long> times = Arbitraries.longs().between(0, 3_599).map(s -> HOUR.from() + s * 1_000);
    return Combinators.combine(times, results()).as(Said::new).list().ofMaxSize(40);
  }

  final Fold fold(List<Said> all) {
    Fold fold = family().begin();
    all.forEach(said -> fold.add(said.time(), said.result()));
    return fold;
  }

  private void assertSame(Fold actual, Fold expected) {
    assertThat(actual.count()).isEqualTo(expected.count());
    assertThat(actual.statistics(HOUR, before())).isEqualTo(expected.statistics(HOUR, before()));
    assertThat(actual.statistics(HOUR, null)).isEqualTo(expected.statistics(HOUR, null));
    assertThat(actual.last(before())).isEqualTo(expected.last(before()));
    assertThat(actual.last(null)).isEqualTo(expected.last(null));
    assertThat(actual.toBytes()).isEqualTo(expected.toBytes());
  }

  @Property(tries = 200)
  void theOrderInWhichResultsComeInMakesNoDifference(
      @ForAll("anHour") List<Said> said, @ForAll Random random) {
    List<Said> shuffled = new ArrayList<>(said);
    Collections.shuffle(shuffled, random);

    assertSame(fold(shuffled), fold(said));
  }

  @Property(tries = 200)
  void theMergedPartsTellWhatTheWholeTells(
      @ForAll("anHour") List<Said> said, @ForAll Random random) {
    Fold parts = family().begin();
    for (int minutes = 0; minutes < 60; minutes += 10) {
      long from = HOUR.from() + minutes * 60_000L;
      Fold part =
          fold(said.stream().filter(s -> s.time() >= from && s.time() < from + 600_000L).toList());
      if (random.nextBoolean()) {
        parts.merge(part);
      } else {
        part.merge(parts);
        parts = part;
      }
    }

    assertThat(family().mergesExactly()).isTrue();
    assertSame(parts, fold(said));
  }

  @Property(tries = 200)
  void whatIsReadBackGoesOnAsIfNothingHadHappened(
      @ForAll("anHour") List<Said> early, @ForAll("anHour") List<Said> late) {
    Fold read = family().read(fold(early).toBytes());
    late.forEach(said -> read.add(said.time(), said.result()));
    List<Said> all = new ArrayList<>(early);
    all.addAll(late);

    assertSame(read, fold(all));
  }

  @Property(tries = 200)
  void mergingDoesNotChangeTheOther(
      @ForAll("anHour") List<Said> said, @ForAll("anHour") List<Said> other) {
    Fold left = fold(other);
    fold(said).merge(left);

    assertSame(left, fold(other));
  }

  @Property(tries = 50)
  void aTornOneIsRefused(@ForAll("anHour") List<Said> said) {
    byte[] bytes = fold(said).toBytes();

    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException().isThrownBy(() -> family().read(torn));
    }
  }

  @Property(tries = 50)
  void oneWithMoreBehindItIsRefused(@ForAll("anHour") List<Said> said, @ForAll byte more) {
    byte[] bytes = fold(said).toBytes();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = more;

    assertThatIllegalArgumentException().isThrownBy(() -> family().read(longer));
  }

  @Property(tries = 50)
  void oneOfAnotherVersionIsRefused(@ForAll("anHour") List<Said> said, @ForAll byte version) {
    byte[] bytes = fold(said).toBytes();
    if (bytes[0] != version) {
      bytes[0] = version;
      assertThatIllegalArgumentException().isThrownBy(() -> family().read(bytes));
    }
  }

  @Property(tries = 500)
  void garbageIsRefusedOrMeansWhatItSays(@ForAll("anHour") List<Said> said, @ForAll Random random) {
    byte[] bytes = fold(said).toBytes();
    for (int damage = random.nextInt(4); damage >= 0; damage--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }

    Fold read;
    try {
      read = family().read(bytes);
    } catch (IllegalArgumentException refused) {
      return;
    }
    // It can be used without surprise, and is kept as it was read.
    assertThat(read.count()).isNotNegative();
    assertThat(read.statistics(HOUR, before()).values()).allMatch(Double::isFinite);
    byte[] again = read.toBytes();
    assertThat(family().read(again).toBytes()).isEqualTo(again);
  }

  @Property(tries = 200)
  void allFiguresAreFinite(@ForAll("anHour") List<Said> said) {
    assertThat(fold(said).statistics(HOUR, before()).values()).allMatch(Double::isFinite);
  }

  @Property(tries = 1)
  void whereNothingWasEverSaidThereIsNothingToTell() {
    assertThat(family().begin().statistics(HOUR, null)).isEmpty();
    assertThat(family().begin().last(null)).isNull();
    assertThat(family().begin().count()).isZero();
  }
}
