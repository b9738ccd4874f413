package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every data message of {@link FakePlatform} is made to weigh 100 bytes. */
class BudgetTest {

  private final Rig rig = new Rig();

  @BeforeEach
  void messagesHaveAWeight() {
    rig.platform.weight = 100;
    rig.urgent = List.of("*/alarm");
  }

  @Test
  void hourThatIsUsedUpWaitsForTheNextOne() {
    rig.limits = new Limits(300, 0, 0);
    rig.observe("kit/T", 200);
    rig.start();
    rig.connect();
    rig.deliverAll();
    assertThat(rig.platform.sent).hasSize(3);
    rig.scheduler.pass(Duration.ofMinutes(59));
    assertThat(rig.platform.sent).hasSize(3);
    rig.scheduler.pass(Duration.ofMinutes(2)); // it is past one o'clock
    rig.deliverAll();
    assertThat(rig.platform.sent).hasSize(6);
  }

  @Test
  void dayIsCountedBesideTheHour() {
    rig.limits = new Limits(300, 500, 0);
    rig.observe("kit/T", 200);
    rig.start();
    rig.connect();
    rig.deliverAll();
    rig.scheduler.pass(Duration.ofMinutes(61));
    rig.deliverAll();
    assertThat(rig.platform.sent).hasSize(5);
    rig.scheduler.pass(Duration.ofHours(10)); // not yet midnight
    assertThat(rig.platform.sent).hasSize(5);
    rig.scheduler.pass(Duration.ofHours(1));
    assertThat(rig.platform.sent).hasSizeGreaterThan(5);
  }

  @Test
  void attemptsThatCameToNothingCountToo() {
    rig.limits = new Limits(300, 0, 0);
    rig.observe("kit/T", 10);
    rig.start();
    rig.connect();
    rig.scheduler.pass(Duration.ofMinutes(50));
    assertThat(rig.platform.sent).hasSize(3);
  }

  @Test
  void urgentDataGoesIntoTheReserveAndNoFurther() {
    rig.limits = new Limits(300, 0, 100);
    rig.observe("kit/T", 200);
    rig.start();
    rig.connect();
    assertThat(rig.platform.sent).hasSize(3);
    for (int i = 0; i < 5; i++) {
      rig.observeNow("kit/alarm", 1);
      rig.observeNow("kit/T", 1);
    }
    assertThat(rig.platform.offsetsSent()).hasSize(33).endsWith(201L, 203L, 205L);
  }

  @Test
  void restartDoesNotResetIt() {
    rig.limits = new Limits(500, 0, 0);
    rig.observe("kit/T", 200);
    rig.start();
    rig.connect();
    rig.deliverAll();
    rig.scheduler.pass(Duration.ofSeconds(2));
    assertThat(rig.platform.sent).hasSize(5);
    rig.restart();
    rig.platform.weight = 100;
    rig.connect();
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(rig.platform.sent).isEmpty();
  }

  @Test
  void statusSaysSinceWhenAndUntilWhenItWaits() throws Exception {
    rig.limits = new Limits(300, 0, 0);
    rig.observe("kit/T", 200);
    DestinationSync sync = rig.start();
    rig.connect();
    assertThat(rig.ask(sync, DestinationSync::status))
        .containsEntry(
            "budget",
            "hour 300/300 B; used up since 2026-11-23T12:00:00Z, waits until 2026-11-23T13:00:00Z");
  }
}
