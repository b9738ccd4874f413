package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/**
 * What clock and pipeline promise together, whatever happens: starts of the machine and of the
 * gateway, a wall clock that jumps, a full disk, chrony and a receiver that come and go.
 */
class JourneyTest {

  /** What a receiver may be off; the others are better. Their clocks do not drift in this world. */
  private static final long UNCERTAINTY_MILLIS = World.GNSS_UNCERTAINTY_MILLIS + 10;

  /** Something that happens; named, so that a failure can be read. */
  record Event(String what, Consumer<World> happens) {

    @Override
    public String toString() {
      return what;
    }
  }

  @Provide
  Arbitrary<List<Event>> journeys() {
    Arbitrary<Event> says = Arbitraries.just(new Event("a reading", World::say));
    Arbitrary<Event> passes =
        Arbitraries.integers()
            .between(1, 4_000)
            .map(s -> new Event(s + " s pass", w -> w.pass(Duration.ofSeconds(s))));
    Arbitrary<Event> kill = Arbitraries.just(new Event("kill", World::kill));
    Arbitrary<Event> stop = Arbitraries.just(new Event("stop and start", World::stopAndStart));
    Arbitrary<Event> reboot =
        Arbitraries.integers()
            .between(5, 90_000)
            .flatMap(
                off ->
                    Arbitraries.of("1970", "stale", "right")
                        .map(
                            wall ->
                                new Event(
                                    "reboot after " + off + " s, clock " + wall,
                                    w -> w.reboot(Duration.ofSeconds(off), wall))));
    Arbitrary<Event> jump =
        Arbitraries.of(-86_400, -3_600, -61, 61, 3_600, 86_400)
            .map(s -> new Event("jump " + s + " s", w -> w.jump(s)));
    Arbitrary<Event> chrony = Arbitraries.just(new Event("chrony", World::chronySynchronises));
    Arbitrary<Event> gnss =
        Arbitraries.integers()
            .between(-500, 500)
            .map(ms -> new Event("gnss " + ms + " ms off", w -> w.gnssTells(ms)));
    Arbitrary<Event> noGnss =
        Arbitraries.just(new Event("gnss falls silent", World::gnssFallsSilent));
    Arbitrary<Event> full = Arbitraries.just(new Event("disk full", w -> w.setFull(true)));
    Arbitrary<Event> notFull = Arbitraries.just(new Event("disk not full", w -> w.setFull(false)));
    return Arbitraries.frequencyOf(
            Tuple.of(10, says),
            Tuple.of(5, passes),
            Tuple.of(2, kill),
            Tuple.of(1, stop),
            Tuple.of(2, reboot),
            Tuple.of(2, jump),
            Tuple.of(2, chrony),
            Tuple.of(1, gnss),
            Tuple.of(1, noGnss),
            Tuple.of(1, full),
            Tuple.of(2, notFull))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
  void nothingIsLostOrDoubledOrReorderedOrWronglyDated(@ForAll("journeys") List<Event> journey)
      throws Exception {
    try (World world = new World()) {
      for (Event event : journey) {
        event.happens().accept(world);
      }
      world.allIsWell();

      List<Observation> all = world.observations();
      assertThat(all).extracting(JourneyTest::number).doesNotHaveDuplicates();
      assertThat(all)
          .extracting(JourneyTest::number)
          .containsExactlyInAnyOrderElementsOf(world.answeredWithSuccess());
      requireOrder(all, world.undated());
      requireOrder(all, world.dated());
      for (Observation observation : all) {
        requireRightTime(observation, world.trueTimes());
      }
    }
  }

  private static void requireOrder(List<Observation> all, Set<Integer> numbers) {
    assertThat(all.stream().map(JourneyTest::number).filter(numbers::contains).toList()).isSorted();
  }

  private static void requireRightTime(Observation observation, Map<Integer, Long> trueTimes) {
    long truth = trueTimes.get(number(observation));
    PhenomenonTime time = observation.phenomenonTime();
    if (observation.quality() == Quality.UNDATED) {
      assertThat(truth).isBetween(time.from(), time.to() - 1);
    } else {
      assertThat(time.isInstant()).isTrue();
      assertThat(time.from() - truth).isBetween(-UNCERTAINTY_MILLIS, UNCERTAINTY_MILLIS);
      assertThat(observation.receivedAt()).isEqualTo(time.from());
    }
  }

  private static int number(Observation observation) {
    return (int) ((Result.Measurement) observation.result()).value();
  }

  // The property would hold in a world where nothing ever comes of a reading, too.
  @Test
  void inThisWorldReadingsAreDatedExactlyOrWithinAnInterval() throws Exception {
    try (World world = new World()) {
      world.say();
      world.reboot(Duration.ofHours(1), "1970");
      world.say();
      world.chronySynchronises();
      world.pass(Duration.ofMinutes(1));
      world.say();
      world.allIsWell();

      assertThat(world.observations())
          .extracting(Observation::quality)
          .containsExactly(Quality.UNDATED, Quality.GOOD, Quality.GOOD);
      assertThat(world.undated()).containsExactly(0, 1);
      assertThat(world.dated()).containsExactly(2);
    }
  }
}
