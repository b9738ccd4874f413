package city.mycelium.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.time.Dating;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of Readings that come while nobody can believe the time. */
class UndatedTest {

  private static final DeviceId KNOWN = new DeviceId("paddenstoel.1");
  private static final DeviceId STRANGER = new DeviceId("paddenstoel.2");
  private static final PipelineSettings SETTINGS =
      new PipelineSettings(Duration.ofDays(7), 10_000, 3, Duration.ofDays(2), 20_000);
  private static final String NOON = "2026-11-23T12:00:00Z";

  private final LeapingClock clock = LeapingClock.at("1970-01-01T00:00:10Z");
  private final long noon = java.time.Instant.parse(NOON).toEpochMilli();
  private final House house = new House();
  private final InMemoryJournal memory = new InMemoryJournal();
  private SlowJournal journal;
  private HandScheduler scheduler;
  private Pipeline pipeline;

  @BeforeEach
  void start() throws Exception {
    house.adoptUnheard(KNOWN);
    clock.setTrusted(false);
    restart();
  }

  /** The gateway dies where it stands, and starts again on what is durable. */
  private void restart() throws JournalException {
    journal = new SlowJournal(memory);
    scheduler = new HandScheduler(clock);
    pipeline = new Pipeline(journal, house, clock, clock, scheduler, SETTINGS);
  }

  /** Somebody sets the wall clock, and vouches for it. */
  private void timeComes(String instant) {
    clock.setWall(instant);
    clock.setTrusted(true);
    scheduler.runDue();
  }

  @Test
  void withoutATrustedTimeAReadingIsKeptAndNoObservation() throws Exception {
    assertThat(submit(reading(KNOWN, 1))).isEqualTo(new Acceptance(0, 1, 0, List.of()));
    scheduler.pass(Duration.ofHours(1));

    assertThat(memory.lastOffset()).isZero();
    assertThat(pipeline.readings()).isEqualTo(1);
    assertThat(pipeline.undatedReadings()).isEqualTo(Map.of(KNOWN, 1L));
  }

  @Test
  void whenTheTimeComesReadingsAreDatedInTheOrderTheyCame() throws Exception {
    submit(reading(KNOWN, 1));
    clock.leap(Duration.ofSeconds(20));
    submit(reading(KNOWN, 2), reading(new DeviceId("paddenstoel.1"), 2_000.1));
    clock.leap(Duration.ofSeconds(10));
    timeComes(NOON);

    assertThat(memory.read(0, 10))
        .extracting(
            Observation::result,
            Observation::phenomenonTime,
            Observation::receivedAt,
            Observation::quality)
        .containsExactly(
            tuple(number(1), PhenomenonTime.at(noon - 30_000), noon - 30_000, Quality.GOOD),
            tuple(number(2), PhenomenonTime.at(noon - 10_000), noon - 10_000, Quality.GOOD),
            tuple(
                number(2_000.1), PhenomenonTime.at(noon - 10_000), noon - 10_000, Quality.SUSPECT));
    assertThat(pipeline.readings()).isZero();
    assertThat(memory.state().scan("pipeline.undated", "", 10)).isEmpty();
  }

  @Test
  void theDevicesOwnTimeStands() throws Exception {
    submit(new Reading(pm25(KNOWN), PhenomenonTime.at(noon - 5_000), number(1), null));
    clock.leap(Duration.ofSeconds(10));
    timeComes(NOON);

    assertThat(memory.read(0, 10).get(0))
        .extracting(Observation::phenomenonTime, Observation::receivedAt)
        .containsExactly(PhenomenonTime.at(noon - 5_000), noon - 10_000);
  }

  @Test
  void whenTheTimeComesNewReadingsWaitForNothing() throws Exception {
    submit(reading(KNOWN, 1));
    clock.setWall(NOON);
    clock.setTrusted(true); // and what waits is not released yet
    assertThat(pipeline.submit(List.of(reading(KNOWN, 2)), Urgency.ACKNOWLEDGED).get().accepted())
        .isEqualTo(1);
    scheduler.runDue();

    assertThat(values()).containsExactly(2.0, 1.0);
  }

  @Test
  void manyAreReleasedCompletelyAndInOrder() throws Exception {
    List<Double> expected = IntStream.range(0, 120).mapToObj(i -> (double) i).toList();
    for (double value : expected) {
      submit(reading(KNOWN, value));
    }
    timeComes(NOON);

    assertThat(values()).isEqualTo(expected);
  }

  @Test
  void whatWaitsSurvivesARestartOfTheGateway() throws Exception {
    submit(reading(KNOWN, 1));
    restart();
    submit(reading(KNOWN, 2));
    assertThat(pipeline.readings()).isEqualTo(2);
    timeComes(NOON);
    assertThat(values()).containsExactly(1.0, 2.0);
  }

  @Test
  void whatCanBeDatedAtTheStartIsReleasedThen() throws Exception {
    submit(reading(KNOWN, 1));
    clock.setWall(NOON);
    restart(); // it died before anybody told it
    clock.setTrusted(true);
    restart();
    scheduler.runDue();
    assertThat(values()).containsExactly(1.0);
  }

  // --- over starts of the machine

  @Test
  void ofAStartThatNeverGotTheTimeOnlyTheIntervalIsKnown() throws Exception {
    submit(
        reading(KNOWN, 1),
        reading(KNOWN, 2_000.1),
        new Reading(pm25(KNOWN), PhenomenonTime.at(noon - 3_000_000), number(3), null),
        new Reading(pm25(KNOWN), PhenomenonTime.at(86_400_000), number(4), null));
    clock.reboot("second");
    restart();
    submit(reading(KNOWN, 5));
    clock.dateEarlier("first-boot", m -> new Dating.Within(noon - 3_600_000, noon - 60_000));
    timeComes(NOON);

    PhenomenonTime interval = PhenomenonTime.between(noon - 3_600_000, noon - 59_999);
    assertThat(memory.read(0, 10))
        .extracting(Observation::phenomenonTime, Observation::receivedAt, Observation::quality)
        .containsExactly(
            tuple(interval, noon - 60_000, Quality.UNDATED),
            tuple(interval, noon - 60_000, Quality.SUSPECT),
            tuple(PhenomenonTime.at(noon - 3_000_000), noon - 60_000, Quality.GOOD),
            tuple(interval, noon - 60_000, Quality.UNDATED), // its own clock stood in 1970
            tuple(PhenomenonTime.at(noon), noon, Quality.GOOD));
  }

  @Test
  void whatCanBeDatedDoesNotOvertakeWhatCannot() throws Exception {
    submit(reading(KNOWN, 1));
    clock.reboot("second");
    submit(reading(KNOWN, 2));
    clock.setTrusted(true); // this start is known, the one before it is not yet
    scheduler.runDue();
    assertThat(memory.lastOffset()).isZero();

    clock.dateEarlier("first-boot", m -> new Dating.At(noon));
    timeComes(NOON);

    assertThat(values()).containsExactly(1.0, 2.0);
  }

  // --- of devices that nobody has adopted

  @Test
  void whatIsDatedOfAnUnadoptedDeviceIsHeldOnAndReleasedOnAdoption() throws Exception {
    submit(reading(STRANGER, 1));
    clock.reboot("second");
    submit(reading(STRANGER, 2));
    clock.dateEarlier("first-boot", m -> new Dating.Within(noon - 100, noon - 50));
    timeComes(NOON);
    assertThat(pipeline.readings()).isZero();
    assertThat(pipeline.waitingDevices())
        .containsExactly(new WaitingRoom.Waiting(STRANGER, 2, noon - 50, noon));

    restart();
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();

    assertThat(memory.read(0, 10))
        .extracting(Observation::phenomenonTime, Observation::receivedAt, Observation::quality)
        .containsExactly(
            tuple(PhenomenonTime.between(noon - 100, noon - 49), noon - 50, Quality.UNDATED),
            tuple(PhenomenonTime.at(noon), noon, Quality.GOOD));
  }

  @Test
  void aDeviceThatIsAdoptedMeanwhileIsReleasedAtOnce() throws Exception {
    submit(reading(STRANGER, 1));
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();
    assertThat(memory.lastOffset()).isZero();
    timeComes(NOON);
    assertThat(values()).containsExactly(1.0);
  }

  @Test
  void tooManyStrangersAreRefusedWithoutATimeToo() throws Exception {
    for (int i = 0; i < 3; i++) {
      submit(reading(new DeviceId("stranger." + i), i));
    }
    assertThat(refusal(reading(STRANGER, 1)).getMessage())
        .startsWith("3 devices wait for adoption already");
    assertThat(submit(reading(KNOWN, 1)).held()).as("control").isEqualTo(1);
    assertThat(submit(reading(new DeviceId("stranger.1"), 1)).held()).as("control").isEqualTo(1);
  }

  @Test
  void contradictionsAreRefusedWithoutATimeToo() throws Exception {
    Channel other =
        new Channel(KNOWN, "PM25", Vocabulary.PM2_5, Unit.MILLIGRAM_PER_CUBIC_METRE, null);
    submit(reading(KNOWN, 1));
    assertThat(submit(new Reading(other, null, number(2), null)).refusals()).hasSize(1);
  }

  @Test
  void readingsThatContradictEachOtherWhenTheyAreDatedAreCounted() throws Exception {
    Channel other =
        new Channel(STRANGER, "PM25", Vocabulary.PM2_5, Unit.MILLIGRAM_PER_CUBIC_METRE, null);
    submit(reading(STRANGER, 1));
    submit(new Reading(other, null, number(2), null), reading(STRANGER, 3));
    house.adoptUnheard(STRANGER);
    timeComes(NOON);

    assertThat(values()).containsExactly(1.0, 3.0);
    assertThat(pipeline.lostReadings()).isEqualTo(Map.of(STRANGER, 1L));
  }

  // --- repeats

  @Test
  void aRepeatBeforeAndAfterTheTimeComesIsOne() throws Exception {
    submit(keyed(1, "body"));
    assertThat(submit(keyed(1, "body")).repeated()).isEqualTo(1);
    timeComes(NOON);
    assertThat(submit(keyed(1, "body")).repeated()).isEqualTo(1);
    scheduler.pass(Duration.ofHours(47));
    restart();

    assertThat(submit(keyed(1, "body")).repeated()).isEqualTo(1);
    assertThat(values()).containsExactly(1.0);
  }

  // --- limits

  @Test
  void whenThereIsNoMoreRoomItIsSaidInWords() throws Exception {
    int kept = 0;
    IntakeException refusal = null;
    while (refusal == null) {
      try {
        submit(reading(KNOWN, kept++));
      } catch (java.util.concurrent.ExecutionException e) {
        refusal = (IntakeException) e.getCause();
      }
    }
    assertThat(refusal.reason()).isEqualTo(IntakeException.Reason.BUSY);
    assertThat(refusal.getMessage()).contains("has not had a trusted time", "mycelium clock");
    long bytes =
        memory.state().scan("pipeline.undated", "", 1_000).stream()
            .mapToLong(entry -> entry.value().length)
            .sum();
    assertThat(bytes).isBetween(19_700L, 20_000L);
    restart();
    assertThat(refusal(reading(KNOWN, 1))).as("also after a restart").isNotNull();
    timeComes(NOON);
    assertThat(values()).hasSize(kept - 1);
    clock.setTrusted(false);
    assertThat(submit(reading(KNOWN, 1)).held()).as("there is room again").isEqualTo(1);
  }

  @Test
  void whatCouldNotBeKeptTakesNoRoom() throws Exception {
    memory.setFull(true);
    for (int i = 0; i < 500; i++) {
      assertThat(refusal(reading(KNOWN, 1)).reason()).isEqualTo(IntakeException.Reason.STORAGE);
    }
    memory.setFull(false);
    assertThat(submit(reading(KNOWN, 1)).held()).isEqualTo(1);
  }

  @Test
  void nothingIsTooOldWithoutATrustedTime() throws Exception {
    timeComes(NOON);
    submit(reading(STRANGER, 1), keyed(1, "body"));
    clock.setWall("2099-01-01T00:00:00Z");
    clock.setTrusted(false);
    scheduler.pass(Duration.ofHours(1));
    assertThat(pipeline.waitingDevices()).hasSize(1);
    restart();
    assertThat(submit(keyed(1, "body")).repeated()).isEqualTo(1);

    clock.setTrusted(true); // control
    scheduler.pass(Duration.ofHours(1));
    assertThat(pipeline.waitingDevices()).isEmpty();
  }

  // --- trouble

  @Test
  void theTimeMayComeWhileAReadingIsOnItsWayIntoTheLine() throws Exception {
    journal.holdUp();
    CompletableFuture<Acceptance> answer =
        pipeline.submit(List.of(reading(KNOWN, 1)), Urgency.ACKNOWLEDGED);
    timeComes(NOON);
    journal.letThrough();
    scheduler.runDue();

    assertThat(answer.get().held()).isEqualTo(1);
    assertThat(values()).containsExactly(1.0);
  }

  @Test
  void aReleaseThatFindsNoRoomIsTriedAgain() throws Exception {
    submit(reading(KNOWN, 1), reading(STRANGER, 2));
    memory.setFull(true);
    timeComes(NOON);
    assertThat(pipeline.readings()).isEqualTo(2);
    assertThat(pipeline.waitingDevices()).isEmpty();
    memory.setFull(false);
    scheduler.pass(Duration.ofMinutes(11));

    assertThat(values()).containsExactly(1.0);
    assertThat(pipeline.waitingDevices()).hasSize(1);
    assertThat(pipeline.readings()).isZero();
  }

  @Test
  void damageInTheLineCostsNoOther() throws Exception {
    submit(reading(KNOWN, 1));
    submit(reading(KNOWN, 2));
    String first = memory.state().scan("pipeline.undated", "", 1).get(0).key();
    memory
        .state()
        .write(List.of(StateChange.put("pipeline.undated", first, new byte[] {1, 2})))
        .get();
    restart();
    timeComes(NOON);

    assertThat(values()).containsExactly(2.0);
    assertThat(memory.state().get("pipeline.undated", first)).isPresent();
  }

  /**
   * The journal dies at every append of a release in turn, before or after it is on the medium: the
   * release goes on after the restart, and nothing is lost or doubled.
   */
  @Test
  void aReleaseSurvivesADeathAtAnyPoint() throws Exception {
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      submit(reading(KNOWN, i));
      expected.add((double) i);
    }
    clock.setWall(NOON);
    for (int appends = 0; appends < 3; appends++) {
      for (boolean written : new boolean[] {false, true}) {
        restart();
        journal.dieAt(0, written);
        clock.setTrusted(true);
        Throwable death = catchThrowable(scheduler::runDue);
        if (death == null) {
          assertThat(pipeline.readings()).as("nothing is left to die at").isZero();
        }
      }
    }
    restart();
    scheduler.runDue();

    assertThat(values()).isEqualTo(expected);
    assertThat(pipeline.readings()).isZero();
  }

  // --- helpers

  private Acceptance submit(Reading... readings) throws Exception {
    Acceptance acceptance = pipeline.submit(List.of(readings), Urgency.ACKNOWLEDGED).get();
    scheduler.runDue();
    return acceptance;
  }

  private IntakeException refusal(Reading reading) {
    Throwable thrown =
        catchThrowable(() -> pipeline.submit(List.of(reading), Urgency.ACKNOWLEDGED).get());
    assertThat(thrown).isNotNull().hasCauseInstanceOf(IntakeException.class);
    return (IntakeException) thrown.getCause();
  }

  private List<Double> values() {
    return memory.read(0, 10_000).stream()
        .map(observation -> ((Result.Measurement) observation.result()).value())
        .toList();
  }

  private static Reading reading(DeviceId device, double value) {
    return new Reading(pm25(device), null, number(value), null);
  }

  private static Reading keyed(double value, @Nullable String key) {
    return new Reading(pm25(KNOWN), null, number(value), key);
  }

  private static Result number(double value) {
    return new Result.Measurement(value);
  }

  private static Channel pm25(DeviceId device) {
    return new Channel(device, "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);
  }
}
