package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockCommandTest {

  private final LeapingClock machine = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(machine);
  private final HandSource chrony = new HandSource("chrony", machine, 10);

  @Test
  void itSaysWhetherTheTimeIsTrustedAndSinceWhenAndWhatToDo(@TempDir Path data) throws Exception {
    GatewayClock clock = new GatewayClock(machine, data, "a", scheduler, new RecordingLogger());
    clock.believe(List.of(chrony), Duration.ofSeconds(5));
    scheduler.runDue();
    ClockCommand command = new ClockCommand(clock, () -> Optional.of(() -> 42L));
    assertThat(command.run(Map.of()))
        .containsEntry("trusted", false)
        .containsEntry("source", "none")
        .containsEntry("why", "chrony: the test says nothing")
        .containsEntry("undated", 42L)
        .containsKey("whatToDo")
        .doesNotContainKey("uncertaintyMillis");
    scheduler.pass(Duration.ofMinutes(1));
    chrony.vouchForWall();
    scheduler.pass(Duration.ofSeconds(5));
    machine.leap(Duration.ofSeconds(30));

    assertThat(command.run(Map.of()))
        .containsEntry("trusted", true)
        .containsEntry("source", "chrony")
        .containsEntry("why", "chrony vouches for it: by hand, at most 10 ms off")
        .containsEntry("since", "2026-11-23T12:01:05Z")
        .containsEntry("time", "2026-11-23T12:01:35Z")
        .containsEntry("uncertaintyMillis", 26L)
        .doesNotContainKey("whatToDo");
  }

  @Test
  void withoutAPipelineNothingIsSaidAboutWhatWaits(@TempDir Path data) throws Exception {
    GatewayClock clock = new GatewayClock(machine, data, "a", scheduler, new RecordingLogger());

    assertThat(new ClockCommand(clock, Optional::empty).run(Map.of()))
        .doesNotContainKey("undated")
        .containsKey("trusted");
  }
}
