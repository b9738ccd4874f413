package city.mycelium.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {

  private static final DeviceId KNOWN = new DeviceId("paddenstoel.1");
  private static final DeviceId STRANGER = new DeviceId("paddenstoel.2");
  private static final PipelineSettings SETTINGS =
      new PipelineSettings(Duration.ofDays(7), 10_000, 3, Duration.ofDays(2), 100_000);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final long noon = clock.epochMillis();
  private final House house = new House();
  private final InMemoryJournal memory = new InMemoryJournal();
  private SlowJournal journal;
  private HandScheduler scheduler;
  private Pipeline pipeline;

  @BeforeEach
  void start() throws Exception {
    house.adoptUnheard(KNOWN);
    restart();
  }

  /** The gateway dies where it stands, and starts again on what is durable. */
  private void restart() throws JournalException {
    restart(SETTINGS);
  }

  private void restart(PipelineSettings settings) throws JournalException {
    journal = new SlowJournal(memory);
    scheduler = new HandScheduler(clock);
    pipeline = new Pipeline(journal, house, clock, clock, scheduler, settings);
  }

  // --- what becomes of a Reading

  @Test
  void aReadingOfAnAdoptedDeviceBecomesAnObservation() throws Exception {
    Acceptance acceptance =
        submit(new Reading(pm25(KNOWN), PhenomenonTime.at(noon - 5_000), number(8.1), null));

    assertThat(acceptance).isEqualTo(new Acceptance(1, 0, 0, List.of()));
    Observation observation = memory.read(0, 10).get(0);
    assertThat(observation.datastream()).isEqualTo(pm25(KNOWN).datastreamId());
    assertThat(observation.phenomenonTime()).isEqualTo(PhenomenonTime.at(noon - 5_000));
    assertThat(observation.result()).isEqualTo(number(8.1));
    assertThat(observation.quality()).isEqualTo(Quality.GOOD);
    assertThat(observation.receivedAt()).isEqualTo(noon);
  }

  @Test
  void withoutATimeOfItsOwnAReadingHappenedWhenItWasReceived() throws Exception {
    submit(reading(KNOWN, 8.1, null));

    assertThat(memory.read(0, 10).get(0).phenomenonTime()).isEqualTo(PhenomenonTime.at(noon));
  }

  @Test
  void theFourCountsAddUpToTheSubmission() throws Exception {
    submit(reading(KNOWN, 1, "old"));

    Acceptance acceptance =
        submit(
            reading(KNOWN, 2, "new"),
            reading(STRANGER, 3, "new"),
            reading(KNOWN, 4, "old"),
            new Reading(
                new Channel(KNOWN, "PM25", Vocabulary.PM2_5, Unit.MILLIGRAM_PER_CUBIC_METRE, null),
                null,
                number(5),
                "new"),
            reading(STRANGER, 6, null));

    assertThat(acceptance)
        .isEqualTo(
            new Acceptance(
                1,
                2,
                1,
                List.of(new Acceptance.Refusal(3, "paddenstoel.1/PM25 has another unit"))));
    assertThat(values()).containsExactly(1.0, 2.0);
  }

  // A record of raw frames tells beside them what was made of them, and when: to replay it against.
  @Test
  void whatIsKeptOfARecordedDeviceIsShownToItsRecorder() throws Exception {
    List<Object> shown = new ArrayList<>();
    pipeline.showTo(recorderOf(KNOWN, shown));
    submit(reading(KNOWN, 1, "a"));
    clock.leap(Duration.ofSeconds(1));
    submit(reading(KNOWN, 2, "b"), reading(STRANGER, 3, null));
    submit(reading(KNOWN, 2, "b")); // a repeat: it is kept already

    assertThat(shown)
        .containsExactly(
            List.of(reading(KNOWN, 1, "a")), noon, List.of(reading(KNOWN, 2, "b")), noon + 1_000);

    pipeline.showTo(FrameTap.NOBODY);
    submit(reading(KNOWN, 4, "c"));
    assertThat(shown).hasSize(4);
  }

  private static FrameTap recorderOf(DeviceId recorded, List<Object> shown) {
    return new FrameTap() {
      @Override
      public boolean isOpen(DeviceId device) {
        return device.equals(recorded);
      }

      @Override
      public void pass(DeviceId device, Way way, byte[] bytes) {
        throw new AssertionError("a pipeline sees no bytes");
      }

      @Override
      public void kept(List<Reading> readings, long receivedAt) {
        shown.add(readings);
        shown.add(receivedAt);
      }
    };
  }

  @Test
  void anEmptySubmissionIsAnsweredWithoutTheJournal() throws Exception {
    assertThat(submit()).isEqualTo(new Acceptance(0, 0, 0, List.of()));
    assertThat(journal.asked()).isEmpty();
  }

  // PM2.5 is plausible from 0 to 2000 ug/m3, both included (Vocabulary).
  @ParameterizedTest
  @CsvSource({"0,GOOD", "2000,GOOD", "-0.1,SUSPECT", "2000.1,SUSPECT"})
  void whatIsNotPlausibleIsKeptAndMarked(double value, Quality quality) throws Exception {
    submit(reading(KNOWN, value, null));

    assertThat(memory.read(0, 10))
        .extracting(Observation::quality, Observation::result)
        .containsExactly(tuple(quality, number(value)));
  }

  @Test
  void whatIsPlausibleIsJudgedInTheUnitOfTheReading() throws Exception {
    Channel milligrams =
        new Channel(KNOWN, "PM10", Vocabulary.PM2_5, Unit.MILLIGRAM_PER_CUBIC_METRE, null);

    submit(
        new Reading(milligrams, null, number(1.9), null),
        new Reading(milligrams, null, number(2.1), null));

    assertThat(memory.read(0, 10))
        .extracting(Observation::quality)
        .containsExactly(Quality.GOOD, Quality.SUSPECT);
  }

  @Test
  void anAnswerWaitsForTheMediumOnlyIfTheSenderForgets() throws Exception {
    pipeline.submit(List.of(reading(KNOWN, 1, null)), Urgency.ACKNOWLEDGED).get();
    pipeline.submit(List.of(reading(KNOWN, 2, null)), Urgency.POLLED).get();
    pipeline.submit(List.of(reading(STRANGER, 3, null)), Urgency.ACKNOWLEDGED).get();
    // A polled stream that nobody has adopted must not cost a transaction per value either.
    pipeline.submit(List.of(reading(STRANGER, 4, null)), Urgency.POLLED).get();

    assertThat(journal.asked())
        .containsExactly(
            Durability.SYNCED, Durability.WRITTEN, Durability.SYNCED, Durability.WRITTEN);
  }

  @Test
  void nothingIsAnsweredBeforeItIsDurable() throws Exception {
    journal.holdUp();
    CompletableFuture<Acceptance> answer = submitLater(reading(KNOWN, 1, null));
    assertThat(answer).isNotDone();

    journal.letThrough();

    assertThat(answer.get().accepted()).isEqualTo(1);
  }

  // --- repeats

  @Test
  void aKeyThatWasSeenBeforeIsARepeatAndIsNotAppended() throws Exception {
    submit(reading(KNOWN, 1, "body"), reading(KNOWN, 2, "body"));

    Acceptance again = submit(reading(KNOWN, 1, "body"), reading(KNOWN, 2, "body"));

    assertThat(again).isEqualTo(new Acceptance(0, 0, 2, List.of()));
    assertThat(values()).containsExactly(1.0, 2.0);
  }

  @Test
  void anotherKeyOrNoneIsNoRepeat() throws Exception {
    submit(reading(KNOWN, 1, "body"));

    submit(reading(KNOWN, 1, "other"), reading(KNOWN, 1, null));

    assertThat(values()).containsExactly(1.0, 1.0, 1.0);
  }

  // A kit without a clock: what is equal within its period is a repeat, later it is news.
  @Test
  void aKeyMarksARepeatOnlyForAsLongAsItSays() throws Exception {
    assertThat(submit(calm("body")).accepted()).isEqualTo(1);
    clock.leap(Duration.ofSeconds(107));
    assertThat(submit(calm("body")).repeated()).isEqualTo(1);
    clock.leap(Duration.ofSeconds(1));
    assertThat(submit(calm("body")).accepted()).isEqualTo(1);
    clock.leap(Duration.ofSeconds(107)); // counted from the second one now
    assertThat(submit(calm("body")).repeated()).isEqualTo(1);
  }

  @Test
  void aJumpOfTheWallClockMakesNoNewsOfARepeat() throws Exception {
    submit(calm("body"));
    clock.setWall("2031-01-01T00:00:00Z");
    assertThat(submit(calm("body")).repeated()).isEqualTo(1);
    clock.setWall("1970-01-01T00:00:00Z");
    assertThat(submit(calm("body")).repeated()).isEqualTo(1);
  }

  // Killed between keeping the first and answering it: the kit tries again after the restart.
  @Test
  void aKeyThatMarksARepeatForAWhileDoesSoAfterARestart() throws Exception {
    submit(calm("body"));
    restart();
    clock.leap(Duration.ofSeconds(107));
    assertThat(submit(calm("body")).repeated()).isEqualTo(1);
    clock.leap(Duration.ofSeconds(1));
    assertThat(submit(calm("body")).accepted()).isEqualTo(1);
  }

  @Test
  void aRepeatIsKnownAfterARestart() throws Exception {
    submit(reading(KNOWN, 1, "body"));

    restart();

    assertThat(submit(reading(KNOWN, 1, "body")).repeated()).isEqualTo(1);
  }

  // A kit that times out and posts again while the first post is still being written.
  @Test
  void theSameBodyTwiceAtOnceIsAppendedOnce() throws Exception {
    journal.holdUp();
    CompletableFuture<Acceptance> first = submitLater(reading(KNOWN, 1, "body"));
    CompletableFuture<Acceptance> second = submitLater(reading(KNOWN, 1, "body"));
    CompletableFuture<Acceptance> other = submitLater(reading(KNOWN, 2, "other"));
    assertThat(journal.waiting()).as("the second waits, the other does not").isEqualTo(2);
    assertThat(second).isNotDone();

    journal.letThrough();
    scheduler.runDue();

    assertThat(first.get()).isEqualTo(new Acceptance(1, 0, 0, List.of()));
    assertThat(second.get()).isEqualTo(new Acceptance(0, 0, 1, List.of()));
    assertThat(other.get().accepted()).isEqualTo(1);
    assertThat(values()).containsExactly(1.0, 2.0);
  }

  @Test
  void ofManyAtOnceOnlyTheFirstIsAppended() throws Exception {
    journal.holdUp();
    List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(submitLater(reading(STRANGER, 1, "body")));
    }

    journal.letThrough();
    scheduler.runDue();

    int repeated = 0;
    for (CompletableFuture<Acceptance> answer : answers) {
      repeated += answer.get().repeated();
    }
    assertThat(repeated).isEqualTo(4);
    assertThat(heldReadings(STRANGER)).isEqualTo(1);
  }

  // It was never kept: to call it a repeat would lose it.
  @Test
  void afterAFailedAppendTheSameBodyIsNoRepeat() throws Exception {
    memory.setFull(true);
    assertThat(failure(submitLater(reading(KNOWN, 1, "body")))).isNotNull();

    memory.setFull(false);

    assertThat(submit(reading(KNOWN, 1, "body"))).isEqualTo(new Acceptance(1, 0, 0, List.of()));
  }

  @Test
  void whoWaitedForAnAppendThatFailedIsWrittenInItsPlace() throws Exception {
    journal.holdUp();
    CompletableFuture<Acceptance> first = submitLater(reading(KNOWN, 1, "body"));
    CompletableFuture<Acceptance> second = submitLater(reading(KNOWN, 1, "body"));
    memory.setFull(true);
    journal.letOneThrough();
    memory.setFull(false);

    scheduler.runDue();
    journal.letThrough();

    assertThat(failure(first).reason()).isEqualTo(IntakeException.Reason.STORAGE);
    assertThat(second.get()).isEqualTo(new Acceptance(1, 0, 0, List.of()));
    assertThat(values()).containsExactly(1.0);
  }

  @Test
  void aRefusedReadingDoesNotMakeItsKeyKnown() throws Exception {
    submit(reading(KNOWN, 1, null));
    Channel wrong =
        new Channel(KNOWN, "PM25", Vocabulary.PM2_5, Unit.MILLIGRAM_PER_CUBIC_METRE, null);
    submit(new Reading(wrong, null, number(2), "body"));

    assertThat(submit(reading(KNOWN, 3, "body")).accepted()).isEqualTo(1);
  }

  @Test
  void aKeyIsForgottenAfterItsTimeAndNotBefore() throws Exception {
    submit(reading(KNOWN, 1, "body"));

    scheduler.pass(Duration.ofDays(2));
    assertThat(submit(reading(KNOWN, 1, "body")).repeated()).isEqualTo(1);
    scheduler.pass(Duration.ofMinutes(20));

    assertThat(submit(reading(KNOWN, 1, "body")).accepted()).isEqualTo(1);
  }

  // --- holding and releasing

  @Test
  void aReadingOfAStrangerIsHeldAndNotPublished() throws Exception {
    Acceptance acceptance = submit(reading(STRANGER, 1, null), reading(STRANGER, 2, null));
    clock.leap(Duration.ofMinutes(1));
    submit(reading(STRANGER, 3, null));

    assertThat(acceptance).isEqualTo(new Acceptance(0, 2, 0, List.of()));
    assertThat(memory.lastOffset()).isZero();
    assertThat(pipeline.waitingDevices())
        .containsExactly(new WaitingRoom.Waiting(STRANGER, 3, noon, noon + 60_000));
  }

  @Test
  void adoptionReleasesWhatWasHeldOnceInItsOrderAndWithItsTimes() throws Exception {
    submit(reading(STRANGER, 1, null));
    clock.leap(Duration.ofMinutes(1));
    submit(new Reading(pm25(STRANGER), PhenomenonTime.at(noon - 1), number(2_000.1), null));
    clock.leap(Duration.ofHours(1));

    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();
    scheduler.pass(Duration.ofHours(1));

    assertThat(memory.read(0, 10))
        .extracting(
            Observation::result,
            Observation::phenomenonTime,
            Observation::receivedAt,
            Observation::quality)
        .containsExactly(
            tuple(number(1), PhenomenonTime.at(noon), noon, Quality.GOOD),
            tuple(number(2_000.1), PhenomenonTime.at(noon - 1), noon + 60_000, Quality.SUSPECT));
    assertThat(pipeline.waitingDevices()).isEmpty();
    assertThat(submit(reading(STRANGER, 3, null)).accepted()).isEqualTo(1);
  }

  @Test
  void manyHeldSubmissionsAreReleasedCompletely() throws Exception {
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      submit(reading(STRANGER, i, null));
      expected.add((double) i);
    }

    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();

    assertThat(values()).containsExactlyElementsOf(expected);
    assertThat(memory.state().scan("pipeline.held", "", 10)).isEmpty();
  }

  @Test
  void otherDevicesAreNotReleased() throws Exception {
    // Their keys in the store are neighbours: one name begins with the other.
    DeviceId neighbour = new DeviceId("paddenstoel.22");
    submit(reading(neighbour, 1, null));
    submit(reading(STRANGER, 2, null));
    submit(reading(neighbour, 3, null));

    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();

    assertThat(values()).containsExactly(2.0);
    assertThat(heldReadings(neighbour)).isEqualTo(2);
  }

  @Test
  void whatIsHeldSurvivesARestart() throws Exception {
    submit(reading(STRANGER, 1, null));

    restart();
    submit(reading(STRANGER, 2, null));
    assertThat(heldReadings(STRANGER)).isEqualTo(2);
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();

    assertThat(values()).containsExactly(1.0, 2.0);
  }

  @Test
  void aGatewayThatDiedBetweenAdoptionAndReleaseReleasesWhenItStarts() throws Exception {
    submit(reading(STRANGER, 1, null));
    house.adopt(STRANGER, House.FRONT);

    restart(); // the release was never run
    scheduler.runDue();
    restart(); // and must not be run again
    scheduler.runDue();

    assertThat(values()).containsExactly(1.0);
    assertThat(memory.read(0, 10).get(0).receivedAt()).isEqualTo(noon);
  }

  // Adoption may fall between the question whose device it is and the commit of what is held.
  @Test
  void aReadingThatWasOnItsWayIntoTheWaitingRoomAtAdoptionIsReleased() throws Exception {
    journal.holdUp();
    CompletableFuture<Acceptance> answer = submitLater(reading(STRANGER, 1, null));
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();

    journal.letThrough();
    scheduler.runDue();

    assertThat(answer.get().held()).isEqualTo(1);
    assertThat(values()).containsExactly(1.0);
    assertThat(pipeline.waitingDevices()).isEmpty();
  }

  @Test
  void aReleaseThatFindsNoRoomIsTriedAgain() throws Exception {
    submit(reading(STRANGER, 1, null));
    memory.setFull(true);
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();
    assertThat(heldReadings(STRANGER)).isEqualTo(1);

    memory.setFull(false);
    scheduler.pass(Duration.ofMinutes(11));

    assertThat(values()).containsExactly(1.0);
    assertThat(pipeline.waitingDevices()).isEmpty();
  }

  // A new configuration may forget the device between the two questions that a release asks.
  @Test
  void aDeviceThatIsForgottenInTheMiddleOfItsReleaseKeepsWhatIsHeld() throws Exception {
    submit(reading(STRANGER, 1, null));
    house.adoptUnheard(STRANGER);
    house.forgetOnResolve(STRANGER);
    scheduler.pass(Duration.ofMinutes(11));

    assertThat(memory.lastOffset()).isZero();
    assertThat(heldReadings(STRANGER)).isEqualTo(1);
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();
    assertThat(values()).containsExactly(1.0);
  }

  // The first unit that it spoke becomes the Datastream's; the others cannot be Observations of it.
  @Test
  void heldReadingsThatContradictEachOtherAreGivenUpAndCounted() throws Exception {
    Channel milligrams =
        new Channel(STRANGER, "PM25", Vocabulary.PM2_5, Unit.MILLIGRAM_PER_CUBIC_METRE, null);
    submit(reading(STRANGER, 1, null));
    submit(new Reading(milligrams, null, number(2), null), reading(STRANGER, 3, null));

    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();

    assertThat(values()).containsExactly(1.0, 3.0);
    assertThat(pipeline.lostReadings()).isEqualTo(Map.of(STRANGER, 1L));
  }

  @Test
  void heldReadingsThatAreDamagedCostNoOther() throws Exception {
    submit(reading(STRANGER, 1, null));
    submit(reading(STRANGER, 2, null));
    submit(reading(STRANGER, 3, null));
    String first = memory.state().scan("pipeline.held", "", 10).get(0).key();
    memory
        .state()
        .write(List.of(StateChange.put("pipeline.held", first, new byte[] {1, 2, 3})))
        .get();

    restart();
    assertThat(heldReadings(STRANGER)).isEqualTo(2);
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();

    assertThat(values()).containsExactly(2.0, 3.0);
    assertThat(memory.state().get("pipeline.held", first)).isPresent();
  }

  // --- limits of what is held

  @Test
  void whatIsHeldExpiresByAgeAndIsCounted() throws Exception {
    submit(reading(STRANGER, 1, null), reading(STRANGER, 2, null));
    scheduler.pass(Duration.ofDays(6));
    submit(reading(STRANGER, 3, null));
    assertThat(heldReadings(STRANGER)).isEqualTo(3);

    scheduler.pass(Duration.ofDays(1).plusMinutes(20));

    assertThat(heldReadings(STRANGER)).isEqualTo(1);
    assertThat(pipeline.lostReadings()).isEqualTo(Map.of(STRANGER, 2L));
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();
    assertThat(values()).containsExactly(3.0);
  }

  // At once and not at the next housekeeping: a stranger that shouts must not fill the disk by
  // then.
  @Test
  void whatIsHeldExpiresByBytesOldestFirstAndIsCounted() throws Exception {
    for (int i = 0; i < 200; i++) {
      submit(reading(STRANGER, i, null));
      scheduler.runDue();
    }

    long bytes =
        memory.state().scan("pipeline.held", "", 1_000).stream()
            .mapToLong(entry -> entry.value().length)
            .sum();
    long held = heldReadings(STRANGER);
    assertThat(bytes).isBetween(9_000L, 10_000L);
    assertThat(pipeline.lostReadings()).isEqualTo(Map.of(STRANGER, 200 - held));
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();
    assertThat(values()).hasSize((int) held).startsWith(200.0 - held).endsWith(199.0);
  }

  @Test
  void theCountOfWhatExpiredSurvivesARestartAndGrows() throws Exception {
    submit(reading(STRANGER, 1, null));
    scheduler.pass(Duration.ofDays(8));
    restart();
    submit(reading(STRANGER, 2, null), reading(STRANGER, 3, null));

    scheduler.pass(Duration.ofDays(8));

    assertThat(pipeline.lostReadings()).isEqualTo(Map.of(STRANGER, 3L));
    assertThat(pipeline.waitingDevices()).isEmpty();
  }

  // What the medium did not take has not happened, in memory either.
  @Test
  void expiryThatFindsNoRoomIsPutOffAndCountedOnce() throws Exception {
    submit(reading(STRANGER, 1, null));
    memory.setFull(true);
    scheduler.pass(Duration.ofDays(8));
    assertThat(heldReadings(STRANGER)).isEqualTo(1);
    assertThat(pipeline.lostReadings()).isEmpty();

    memory.setFull(false);
    scheduler.pass(Duration.ofMinutes(11));

    assertThat(pipeline.waitingDevices()).isEmpty();
    assertThat(pipeline.lostReadings()).isEqualTo(Map.of(STRANGER, 1L));
  }

  @Test
  void tooManyStrangersAreToldSoInWords() throws Exception {
    for (int i = 0; i < 3; i++) {
      submit(reading(new DeviceId("stranger." + i), i, null));
    }

    IntakeException failure = failure(submitLater(reading(STRANGER, 1, "body")));

    assertThat(failure.reason()).isEqualTo(IntakeException.Reason.BUSY);
    assertThat(failure)
        .hasMessage(
            "3 devices wait for adoption already, so [paddenstoel.2] are not listened to. Adopt what"
                + " is yours (mycelium device list), then try again.");
    // Control: those who wait already are still heard, and so is everybody who is adopted.
    assertThat(submit(reading(new DeviceId("stranger.0"), 4, null)).held()).isEqualTo(1);
    assertThat(submit(reading(KNOWN, 5, null)).accepted()).isEqualTo(1);
  }

  @Test
  void thereIsRoomForAStrangerAgainWhenOneIsAdoptedOrHasExpired() throws Exception {
    for (int i = 0; i < 3; i++) {
      submit(reading(new DeviceId("stranger." + i), i, null));
    }
    house.adopt(new DeviceId("stranger.0"), House.FRONT);
    scheduler.runDue();
    assertThat(submit(reading(STRANGER, 1, null)).held()).isEqualTo(1);

    scheduler.pass(Duration.ofDays(8));

    for (int i = 10; i < 13; i++) {
      assertThat(submit(reading(new DeviceId("stranger." + i), i, null)).held()).isEqualTo(1);
    }
  }

  @Test
  void strangersWhoseReadingsCouldNotBeKeptTakeNoPlace() throws Exception {
    memory.setFull(true);
    for (int i = 0; i < 10; i++) {
      IntakeException failure =
          failure(submitLater(reading(new DeviceId("stranger." + i), i, null)));
      assertThat(failure.reason()).isEqualTo(IntakeException.Reason.STORAGE);
    }
    memory.setFull(false);

    for (int i = 10; i < 13; i++) {
      assertThat(submit(reading(new DeviceId("stranger." + i), i, null)).held()).isEqualTo(1);
    }
  }

  @Test
  void strangersThatAreTurnedAwayTakeNoPlace() throws Exception {
    submit(reading(new DeviceId("stranger.0"), 0, null));
    assertThat(
            failure(
                    submitLater(
                        reading(new DeviceId("stranger.1"), 1, null),
                        reading(new DeviceId("stranger.2"), 2, null),
                        reading(new DeviceId("stranger.3"), 3, null)))
                .reason())
        .isEqualTo(IntakeException.Reason.BUSY);

    assertThat(
            submit(
                    reading(new DeviceId("stranger.4"), 4, null),
                    reading(new DeviceId("stranger.5"), 5, null))
                .held())
        .isEqualTo(2);
  }

  @Test
  void whoWaitsAlreadyIsHeardAlsoWhenFewerAreAllowedThanWait() throws Exception {
    for (int i = 0; i < 3; i++) {
      submit(reading(new DeviceId("stranger." + i), i, null));
    }

    restart(new PipelineSettings(Duration.ofDays(7), 10_000, 1, Duration.ofDays(2), 100_000));

    assertThat(submit(reading(new DeviceId("stranger.2"), 4, null)).held()).isEqualTo(1);
    assertThat(failure(submitLater(reading(STRANGER, 1, null))).reason())
        .isEqualTo(IntakeException.Reason.BUSY);
  }

  // Also those whose first word is still on its way to the medium.
  @Test
  void strangersThatArriveAtTheSameTimeAreCounted() throws Exception {
    journal.holdUp();
    for (int i = 0; i < 3; i++) {
      assertThat(submitLater(reading(new DeviceId("stranger." + i), i, null))).isNotDone();
    }

    assertThat(failure(submitLater(reading(STRANGER, 1, null))).reason())
        .isEqualTo(IntakeException.Reason.BUSY);
    journal.letThrough();
    assertThat(pipeline.waitingDevices()).hasSize(3);
  }

  // All that was held has gone when the next word is still on its way: that must not be counted
  // out, nor end up under one key with a third.
  @Test
  void aWordThatIsOnItsWayWhileTheRestExpiresIsKept() throws Exception {
    submit(reading(STRANGER, 1, null));
    journal.holdUp();
    CompletableFuture<Acceptance> second = submitLater(reading(STRANGER, 2, null));
    journal.holdUpNoMore();
    scheduler.pass(Duration.ofDays(8));
    assertThat(heldReadings(STRANGER)).isZero();

    submit(reading(STRANGER, 3, null));
    journal.letThrough();

    assertThat(second.get().held()).isEqualTo(1);
    assertThat(heldReadings(STRANGER)).isEqualTo(2);
    house.adopt(STRANGER, House.FRONT);
    scheduler.runDue();
    assertThat(values()).containsExactlyInAnyOrder(2.0, 3.0);
  }

  // --- trouble

  @Test
  void aFullJournalIsToldToTheSenderAndNothingIsRemembered() throws Exception {
    memory.setFull(true);

    IntakeException failure =
        failure(submitLater(reading(KNOWN, 1, "body"), reading(STRANGER, 2, "body")));

    assertThat(failure.reason()).isEqualTo(IntakeException.Reason.STORAGE);
    assertThat(failure)
        .hasMessage(
            "nothing of this was kept, so send it again later: the test says that the disk is full");
    assertThat(memory.lastOffset()).isZero();
    assertThat(pipeline.waitingDevices()).isEmpty();
    memory.setFull(false);
    assertThat(submit(reading(KNOWN, 1, "body"), reading(STRANGER, 2, "body")))
        .isEqualTo(new Acceptance(1, 1, 0, List.of()));
  }

  @Test
  void aRegistryThatCannotWriteIsToldToTheSenderAndNothingIsRemembered() throws Exception {
    house.setFailing(true);

    IntakeException failure = failure(submitLater(reading(KNOWN, 1, "body")));

    assertThat(failure.reason()).isEqualTo(IntakeException.Reason.STORAGE);
    assertThat(failure).hasMessage("the test says that the registry's file fails");
    house.setFailing(false);
    assertThat(submit(reading(KNOWN, 1, "body")).accepted()).isEqualTo(1);
  }

  @Test
  void aClosedPipelineListensToTheRegistryNoLonger() {
    assertThat(house.listeners()).isEqualTo(1);

    pipeline.close();

    assertThat(house.listeners()).isZero();
  }

  // --- helpers

  /** Submits, and lets the gateway get on with what follows from it. */
  private Acceptance submit(Reading... readings) throws Exception {
    Acceptance acceptance = submitLater(readings).get();
    scheduler.runDue();
    return acceptance;
  }

  private CompletableFuture<Acceptance> submitLater(Reading... readings) {
    return pipeline.submit(List.of(readings), Urgency.ACKNOWLEDGED);
  }

  private static IntakeException failure(CompletableFuture<Acceptance> answer) {
    ExecutionException thrown = (ExecutionException) catchThrowable(answer::get);
    assertThat(thrown).isNotNull().hasCauseInstanceOf(IntakeException.class);
    return (IntakeException) Objects.requireNonNull(thrown.getCause());
  }

  private long heldReadings(DeviceId device) throws JournalException {
    return pipeline.waitingDevices().stream()
        .filter(waiting -> waiting.device().equals(device))
        .mapToLong(WaitingRoom.Waiting::heldReadings)
        .sum();
  }

  private List<Double> values() {
    return memory.read(0, 10_000).stream()
        .map(observation -> ((Result.Measurement) observation.result()).value())
        .toList();
  }

  private static Reading reading(DeviceId device, double value, @Nullable String sourceKey) {
    return new Reading(pm25(device), null, number(value), sourceKey);
  }

  private static Reading calm(String sourceKey) {
    return new Reading(pm25(KNOWN), null, number(1), sourceKey, Duration.ofSeconds(108));
  }

  private static Result number(double value) {
    return new Result.Measurement(value);
  }

  private static Channel pm25(DeviceId device) {
    return new Channel(device, "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);
  }
}
