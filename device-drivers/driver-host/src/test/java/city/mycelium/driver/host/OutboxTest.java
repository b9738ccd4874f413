package city.mycelium.driver.host;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingBoard;
import city.mycelium.testkit.RecordingIntake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final DeviceId ROOF = new DeviceId("sds011.roof");
  private static final Channel PM10 =
      new Channel(ROOF, "PM10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE, null);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingBoard board = new RecordingBoard();
  private final Outbox outbox = new Outbox(intake, clock, scheduler, board.enter(ROOF, "/dev/x"));

  // What the clock is worth is the gateway's to know: its own time of receipt serves.
  @Test
  void whatIsTakenAtOnceKeepsItsTimeOpen() {
    offer(1, null);

    assertThat(intake.kept()).containsExactly(List.of(reading(1, null)));
    assertThat(board.lines(ROOF)).isEmpty();
  }

  @Test
  void whatCannotBeKeptIsTriedAgainInOrder() {
    intake.full(true);
    offer(1, null);
    offer(2, null);
    intake.full(false);

    scheduler.pass(SECOND);

    assertThat(values()).containsExactly(1.0, 2.0);
    assertThat(outbox.dropped()).isZero();
  }

  // Else the time of the last try would be taken for the time of the measurement.
  @Test
  void whatHadToWaitCarriesTheTimeAtWhichItCame() {
    intake.full(true);
    offer(1, null);
    scheduler.pass(Duration.ofMinutes(5));
    offer(2, null);
    intake.full(false);
    scheduler.pass(Duration.ofMinutes(1));

    assertThat(intake.readings())
        .extracting(Reading::phenomenonTime)
        .containsExactly(at("2026-11-23T12:00:00Z"), at("2026-11-23T12:05:00Z"));
  }

  @Test
  void aTimeThatTheDeviceGaveIsLeftAlone() {
    PhenomenonTime earlier = at("2026-11-23T11:59:59Z");
    intake.full(true);
    offer(1, earlier);
    intake.full(false);
    scheduler.pass(SECOND);

    assertThat(intake.readings()).extracting(Reading::phenomenonTime).containsExactly(earlier);
  }

  @Test
  void itIsTriedLessAndLessOften() {
    intake.full(true);
    offer(1, null);
    scheduler.pass(Duration.ofMinutes(10));

    // Without chance at 0, 1, 3, 7, 15, 31 s, then every 30 s; a pause may be half as long.
    assertThat(intake.submissions()).isBetween(1 + 5 + 18, 2 * (1 + 5 + 18));
  }

  // Readings are lost only here, oldest first, and it is counted and said.
  @Test
  void whenTooManyWaitTheOldestAreLostAndThatIsSaid() {
    intake.full(true);
    IntStream.range(0, Outbox.MOST_WAITING + 5).forEach(i -> offer(i, null));

    assertThat(outbox.dropped()).isEqualTo(5);
    assertThat(outbox.waiting()).isEqualTo(Outbox.MOST_WAITING);
    intake.full(false);
    scheduler.pass(Duration.ofMinutes(1));

    assertThat(values()).hasSize(Outbox.MOST_WAITING).startsWith(5.0, 6.0).doesNotContain(4.0);
    assertThat(board.lines(ROOF)).hasSize(3);
    assertThat(board.lines(ROOF).get(1)).contains("LOSING").contains("the oldest are lost");
    assertThat(board.lines(ROOF).get(2)).contains("OK").contains("sets lost meanwhile: 5");
  }

  @Test
  void aLongWaitIsNotFollowedByOneHugeSubmission() {
    intake.full(true);
    IntStream.range(0, 250).forEach(i -> offer(i, null));
    intake.full(false);
    scheduler.pass(Duration.ofMinutes(1));

    assertThat(intake.kept()).extracting(List::size).containsExactly(100, 100, 50);
  }

  // WARN when the state changes, not each cycle.
  @Test
  void troubleIsSaidOnceAndSoIsItsEnd() {
    intake.full(true);
    offer(1, null);
    scheduler.pass(Duration.ofHours(1));
    intake.full(false);
    scheduler.pass(Duration.ofMinutes(1));
    offer(2, null);
    scheduler.runDue();

    assertThat(board.lines(ROOF)).hasSize(2);
    assertThat(board.lines(ROOF).get(0)).contains("STUCK").contains("the disk is full");
    assertThat(board.lines(ROOF).get(1)).contains("OK");
  }

  // A gateway that hangs must not fill the memory of the driver.
  @Test
  void whileOneSubmissionIsUnansweredTheNextWait() {
    intake.slow();
    IntStream.range(0, Outbox.MOST_WAITING + 10).forEach(i -> offer(i, null));

    assertThat(intake.submissions()).isEqualTo(1);
    assertThat(outbox.waiting()).isEqualTo(Outbox.MOST_WAITING);
    assertThat(outbox.dropped()).isEqualTo(9);

    intake.answer();
    scheduler.runDue();
    assertThat(outbox.waiting()).isZero();
  }

  @Test
  void whatComesBackIntoAFullBoxIsTheOldest() {
    intake.slow();
    IntStream.range(0, Outbox.MOST_WAITING + 1).forEach(i -> offer(i, null));
    assertThat(outbox.dropped()).isZero();

    intake.fail();
    scheduler.runDue();

    assertThat(outbox.waiting()).isEqualTo(Outbox.MOST_WAITING);
    assertThat(outbox.dropped()).isEqualTo(1);
  }

  @Test
  void eachTroubleIsTriedAndCountedAnew() {
    for (int loss = 1; loss <= 2; loss++) {
      intake.full(true);
      IntStream.range(0, Outbox.MOST_WAITING + loss).forEach(i -> offer(i, null));
      scheduler.pass(Duration.ofMinutes(2));
      intake.full(false);
      scheduler.pass(Duration.ofMinutes(1));
    }
    intake.full(true);
    offer(1, null);
    int before = intake.submissions();
    scheduler.pass(SECOND);

    assertThat(intake.submissions() - before).as("tried after a second again").isEqualTo(1);
    assertThat(board.lines(ROOF).stream().filter(line -> line.contains("sets lost meanwhile")))
        .hasSize(2)
        .last()
        .asString()
        .contains("sets lost meanwhile: 2");
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    intake.refusing(true);
    offer(1, null);
    offer(2, null);
    scheduler.pass(Duration.ofMinutes(1));

    assertThat(intake.submissions()).isEqualTo(2);
    assertThat(board.lines(ROOF)).hasSize(1);
    assertThat(board.lines(ROOF).get(0)).contains("REFUSED").contains("too many unknown devices");
  }

  // The service may just be going away.
  @Test
  void aSubmitThatThrowsIsAFailureLikeAnother() {
    Outbox unlucky =
        new Outbox(
            (readings, urgency) -> {
              throw new IllegalStateException("the gateway stops");
            },
            clock,
            scheduler,
            board.enter(new DeviceId("sds011.street"), "/dev/y"));

    unlucky.offer(List.of(reading(1, null)));
    scheduler.runDue();

    assertThat(unlucky.waiting()).isEqualTo(1);
    assertThat(board.lines(new DeviceId("sds011.street"))).hasSize(1);
    assertThat(board.lines(new DeviceId("sds011.street")).get(0)).contains("the gateway stops");
  }

  @Test
  void whatStillWaitsAtTheEndIsSaidToBeLost() {
    intake.full(true);
    offer(1, null);
    outbox.end();

    assertThat(board.lines(ROOF).get(1)).contains("LOSING").contains("1 sets of readings");
  }

  private void offer(int value, @Nullable PhenomenonTime time) {
    outbox.offer(List.of(reading(value, time)));
    scheduler.runDue();
  }

  private static Reading reading(int value, @Nullable PhenomenonTime time) {
    return new Reading(PM10, time, new Result.Measurement(value), null);
  }

  private List<Double> values() {
    return intake.readings().stream().map(r -> ((Result.Measurement) r.result()).value()).toList();
  }

  private static PhenomenonTime at(String instant) {
    return PhenomenonTime.at(Instant.parse(instant).toEpochMilli());
  }
}
