package city.mycelium.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import city.mycelium.api.journal.StateChange;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a submission can see of the keys is tested with the {@link Pipeline}; here is the rest. */
class SourceKeysTest {

  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final InMemoryJournal journal = new InMemoryJournal();
  private final SourceKeys keys = new SourceKeys(journal.state(), clock, clock, TWO_DAYS);

  @Test
  void manyOldKeysAreForgottenAndYoungOnesKept() throws Exception {
    for (int i = 0; i < 1_200; i++) {
      write(keys.remember("old." + i, Optional.empty()));
    }
    clock.leap(TWO_DAYS);
    write(keys.remember("young", Optional.empty()));
    clock.leap(Duration.ofMillis(1));

    List<String> old = keys.old(clock.epochMillis());
    journal.state().write(keys.forget(old, clock.epochMillis())).get();

    assertThat(old).hasSize(1_200).doesNotContain("young");
    assertThat(journal.state().scan("pipeline.sourceKeys", "", 10))
        .singleElement()
        .satisfies(entry -> assertThat(entry.key()).isEqualTo("young"));
  }

  // A key without a clock behind it is used again (decision 0021): to forget it then would let the
  // next repeat of it count twice.
  @Test
  void aKeyThatIsSeenAgainMeanwhileIsNotForgotten() throws Exception {
    write(keys.remember("again", Optional.empty()));
    write(keys.remember("on its way", Optional.empty()));
    write(keys.remember("old", Optional.empty()));
    clock.leap(TWO_DAYS.plusMillis(1));
    long now = clock.epochMillis();
    List<String> old = keys.old(now);
    assertThat(old).hasSize(3);

    write(keys.remember("again", Optional.empty()));
    keys.begin(List.of("on its way"), new CompletableFuture<>());

    assertThat(keys.forget(old, now))
        .extracting(StateChange::key, StateChange::value)
        .containsExactly(tuple("old", null));
  }

  // Seen in 1970, by a wall clock that nobody believed.
  @Test
  void aKeyThatWasSeenBeforeTheTimeWasTrustedIsAsOldAsItIs() throws Exception {
    clock.setTrusted(false);
    write(keys.remember("early", Optional.of(clock.now())));
    clock.leap(TWO_DAYS);
    assertThat(keys.old(clock.epochMillis())).as("no time, no age").isEmpty();
    clock.setTrusted(true);
    assertThat(keys.old(clock.epochMillis())).isEmpty();
    clock.leap(Duration.ofMillis(1));

    assertThat(keys.old(clock.epochMillis())).containsExactly("early");
  }

  // The kit says the same again, and the gateway was killed in between: repeat or news?
  @Test
  void afterARestartAKeyIsAsOldAsTheMonotonicClockSays() throws Exception {
    clock.setTrusted(false);
    write(keys.remember("calm", Optional.of(clock.now())));
    clock.leap(Duration.ofSeconds(59));
    clock.setWall("2031-01-01T00:00:00Z");
    clock.setTrusted(true);
    SourceKeys restarted = new SourceKeys(journal.state(), clock, clock, TWO_DAYS);
    Map<String, Optional<Duration>> calm = Map.of("calm", Optional.of(Duration.ofMinutes(1)));
    assertThat(restarted.known(calm)).containsExactly("calm");
    clock.leap(Duration.ofSeconds(1));
    assertThat(restarted.known(calm)).isEmpty();
  }

  // Between two starts of the machine nobody knows how long it was off: at least it is up so long.
  @Test
  void afterAStartOfTheMachineAKeyIsAtLeastAsOldAsThat() throws Exception {
    clock.setTrusted(false);
    clock.leap(Duration.ofMinutes(10));
    write(keys.remember("calm", Optional.of(clock.now())));
    clock.reboot("second-boot");
    clock.leap(Duration.ofSeconds(59));
    SourceKeys restarted = new SourceKeys(journal.state(), clock, clock, TWO_DAYS);
    Map<String, Optional<Duration>> calm = Map.of("calm", Optional.of(Duration.ofMinutes(1)));
    assertThat(restarted.known(calm)).containsExactly("calm");
    clock.leap(Duration.ofSeconds(1));
    assertThat(restarted.known(calm)).isEmpty();
  }

  private void write(StateChange change) throws Exception {
    journal.state().write(List.of(change)).get();
  }
}
