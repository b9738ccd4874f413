package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void pausesDoubleUpToTheLimit() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), new Random(1));
    long[] limits = {1_000, 2_000, 4_000, 8_000, 10_000, 10_000};
    for (long limit : limits) {
      assertThat(backoff.pause().toMillis()).isBetween(limit / 2, limit);
    }
    backoff.reset();
    assertThat(backoff.pause().toMillis()).isBetween(500L, 1_000L);
  }

  // Gateways that lost the same broker at the same moment come back apart.
  @Test
  void noTwoGatewaysPauseAlike() {
    Set<Duration> pauses =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1), new Random(i))
                        .pause())
            .collect(Collectors.toSet());
    assertThat(pauses).hasSizeGreaterThan(90);
  }
}
