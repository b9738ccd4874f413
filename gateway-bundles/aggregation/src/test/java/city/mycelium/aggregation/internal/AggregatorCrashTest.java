package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Result.Summary;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The gateway dies at every moment at which dying can make a difference. */
class AggregatorCrashTest {

  private static final AggregationSettings SETTINGS =
      Station.settings(
          List.of(Duration.ofMinutes(1), Duration.ofMinutes(10)),
          ZoneOffset.UTC,
          Duration.ofSeconds(10),
          Duration.ofDays(1));

  /**
   * Twelve minutes with some of it late, on a gateway that dies after so many moments and is
   * started again.
   *
   * @return the Station, if the gateway died; nothing if it lived to the end
   */
  private static Optional<Station> twelveMinutes(Station station, long momentsToLive) {
    DatastreamId id = station.registry.add("kit/PM25", Duration.ofSeconds(30));
    station.restartToLiveFor(momentsToLive);
    boolean died = false;
    for (int i = 0; i < 24; i++) {
      station.say(id, station.clock.epochMillis(), i / 10.0);
      if (i % 5 == 4) {
        station.say(id, station.clock.epochMillis() - 200_000, -i / 10.0); // late
      }
      died |= station.pass(Duration.ofSeconds(30));
    }
    died |= station.pass(Duration.ofMinutes(10));
    return died ? Optional.of(station) : Optional.empty();
  }

  private static Station station() {
    return new Station("2026-11-23T12:00:00Z", SETTINGS);
  }

  @Test
  void whereverItDiesTheSummariesAreTheSameAndEachIsIssuedOnce() throws Exception {
    Station undisturbed = station();
    assertThat(twelveMinutes(undisturbed, Long.MAX_VALUE)).isEmpty();
    Map<WindowKey, Summary> expected = undisturbed.finalsWithoutRevision();
    assertThat(expected).hasSizeGreaterThan(12);

    int moments = 0;
    Optional<Station> dead = twelveMinutes(station(), moments);
    while (dead.isPresent()) {
      assertThat(dead.get().finalsWithoutRevision())
          .as("died after %d moments", moments)
          .isEqualTo(expected);
      assertThat(dead.get().late()).as("died after %d moments", moments).isZero();
      moments++;
      dead = twelveMinutes(station(), moments);
    }
    assertThat(moments).as("there were many moments to die in").isGreaterThan(100);
  }

  @Test
  void howeverOftenItDiesTheSummariesAreThoseOfAPlainRecomputation() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Station station = station();
      DatastreamId id = station.registry.add("kit/PM25", null);
      int deaths = 0;
      for (int i = 0; i < 300; i++) {
        station.restartToLiveFor(random.nextInt(10));
        long at = station.clock.epochMillis() - random.nextInt(3_600_000);
        station.say(id, at, Math.round(random.nextGaussian() * 100) / 10.0);
        deaths += station.pass(Duration.ofSeconds(random.nextInt(30))) ? 1 : 0;
      }
      station.restart();
      station.pass(Duration.ofMinutes(15));

      assertThat(deaths).isGreaterThan(50);
      assertThat(station.finalsWithoutRevision()).isEqualTo(station.recomputed());
    }
  }
}
