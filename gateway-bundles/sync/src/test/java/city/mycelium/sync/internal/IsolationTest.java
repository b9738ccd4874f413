package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.observation.PartyId;
import city.mycelium.testkit.HandScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One Destination that hangs never slows another. */
class IsolationTest {

  private final Rig rig = new Rig();

  private DestinationSync start(String name, FakePlatform platform, HandScheduler scheduler) {
    return new DestinationSync(
        new Destination(
            name,
            new PartyId("municipality"),
            Proof.ANSWER,
            Selection.ofIds(List.of("kit/*")),
            10,
            5,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Policy.DEFAULT),
        rig.journal,
        rig.house,
        rig.house,
        platform,
        platform,
        rig.clock,
        scheduler,
        new Random(7));
  }

  private void answerAll(FakePlatform platform, HandScheduler scheduler) {
    for (int i = 0; i < platform.sent.size(); i++) {
      platform.sent.get(i).answer().complete(new Answer.Replied(0, new byte[0]));
      scheduler.runDue();
    }
  }

  /** A thread that is stuck in a send: its scheduler is never stepped again. */
  @Test
  void destinationWhoseThreadIsStuckDelaysNoOther() throws Exception {
    HandScheduler stuck = new HandScheduler(rig.clock);
    HandScheduler other = new HandScheduler(rig.clock);
    FakePlatform silent = new FakePlatform();
    FakePlatform healthy = new FakePlatform();
    start("stuck", silent, stuck);
    start("healthy", healthy, other);
    stuck.runDue();
    other.runDue();
    silent.connect();
    healthy.connect();
    rig.observe("kit/T", 1_000);
    other.runDue();
    answerAll(healthy, other);
    assertThat(rig.journal.cursor("destination/healthy").position()).isEqualTo(1_000);
    assertThat(rig.journal.cursor("destination/stuck").position()).isZero();
    stuck.runDue(); // control: it would have had work
    assertThat(silent.sent).hasSize(5);
  }

  @Test
  void platformThatNeverAnswersHoldsAWindowAndNoMore() throws Exception {
    FakePlatform silent = new FakePlatform();
    FakePlatform healthy = new FakePlatform();
    DestinationSync hanging = start("silent", silent, rig.scheduler);
    start("healthy", healthy, rig.scheduler);
    rig.scheduler.runDue();
    silent.connect();
    healthy.connect();
    rig.observe("kit/T", 1_000);
    rig.scheduler.runDue();
    answerAll(healthy, rig.scheduler);
    rig.scheduler.pass(Duration.ofHours(1));
    assertThat(rig.journal.cursor("destination/healthy").position()).isEqualTo(1_000);
    assertThat(hanging.flights().all()).hasSize(5);
  }
}
