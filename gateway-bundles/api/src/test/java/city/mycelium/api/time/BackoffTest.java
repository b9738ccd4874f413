package city.mycelium.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff =
      new Backoff(Duration.ofMillis(400), Duration.ofSeconds(3), new Random(1));

  @Test
  void waitsTwiceAsLongEachTimeUpToTheLimitGiveOrTakeHalf() {
    for (long whole : new long[] {400, 800, 1_600, 3_000, 3_000}) {
      assertThat(backoff.next().toMillis()).isBetween(whole / 2, whole);
    }
  }

  @Test
  void beginsAnewWhenItWentWell() {
    IntStream.range(0, 10).forEach(i -> backoff.next());
    assertThat(backoff.next()).isGreaterThan(Duration.ofSeconds(1));

    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(400));
  }

  /** A hundred receivers whose broker comes back must not knock at the same moment. */
  @Test
  void doesNotWaitTheSameEveryTime() {
    IntStream.range(0, 10).forEach(i -> backoff.next());
    assertThat(IntStream.range(0, 20).mapToObj(i -> backoff.next()).distinct().count())
        .isGreaterThan(10);
  }
}
