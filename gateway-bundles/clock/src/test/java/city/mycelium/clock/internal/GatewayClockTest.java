package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class GatewayClockTest {

  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String NOON = "2026-11-23T12:00:00Z";

  @TempDir private Path data;

  private final RecordingLogger log = new RecordingLogger();
  private LeapingClock machine;
  private HandScheduler scheduler;
  private HandSource chrony;
  private HandSource gnss;
  private GatewayClock clock;

  /** The machine starts with this on its wall clock; nobody vouches for it yet. */
  private void boot(String id, String wall) {
    machine = LeapingClock.at(wall);
    chrony = new HandSource("chrony", machine, 10);
    gnss = new HandSource("gnss", machine, 600);
    gateway(id);
    clock.believe(List.of(chrony, gnss), POLL);
    scheduler.runDue();
  }

  /** The machine starts, and somebody else keeps its clock. */
  private void bootOnItsOwn(String id, String wall) {
    machine = LeapingClock.at(wall);
    gateway(id);
    clock.configure(new ClockSettings("system", POLL, MINUTE));
    scheduler.runDue();
  }

  private void gateway(String id) {
    scheduler = new HandScheduler(machine);
    clock = new GatewayClock(machine, data, id, scheduler, log);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private boolean isTrusted() {
    return clock.trust().isTrusted();
  }

  // --- a start in 1970, and the time that comes later

  @Test
  void aMachineThatStartsIn1970IsNotBelieved() throws Exception {
    boot("a", "1970-01-01T00:00:10Z");
    Moment early = clock.now();
    scheduler.pass(MINUTE);

    assertThat(isTrusted()).isFalse();
    assertThat(clock.date(early)).isEqualTo(new Dating.NotYet());
  }

  @Test
  void whenTheTimeComesEarlierMomentsOfThisStartAreDatedExactly() throws Exception {
    boot("a", "1970-01-01T00:00:10Z");
    machine.leap(Duration.ofSeconds(20));
    Moment early = clock.now();
    machine.leap(Duration.ofSeconds(40));
    machine.setWall(NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);

    assertThat(isTrusted()).isTrue();
    assertThat(clock.trust().source()).isEqualTo("chrony");
    assertThat(clock.epochMillis()).isEqualTo(millis(NOON) + POLL.toMillis());
    assertThat(clock.date(early)).isEqualTo(new Dating.At(millis("2026-11-23T11:59:20Z")));
  }

  @Test
  void aMachineThatNeverKnewTheTimeShowsItsWallClock() throws Exception {
    boot("a", "1970-01-01T00:00:10Z");

    assertThat(clock.epochMillis()).isEqualTo(10_000);
  }

  // A grant must neither run out nor come to life again by a clock that nobody believes.
  @Test
  void untilSomebodyVouchesTheTimeGoesOnFromTheLatestThatWasTrusted() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    clock.close();

    boot("b", "2099-01-01T00:00:00Z");
    machine.leap(Duration.ofHours(2));

    assertThat(isTrusted()).isFalse();
    assertThat(clock.epochMillis())
        .isBetween(millis("2026-11-23T13:59:50Z"), millis("2026-11-23T14:00:05Z"));
  }

  // --- leaps

  @Test
  void aLeapTakesTrustAwayWithTheCallThatSeesIt() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    machine.setWall("2026-11-24T12:00:05Z");

    assertThat(clock.epochMillis()).isEqualTo(millis("2026-11-23T12:00:05Z"));
    assertThat(isTrusted()).isFalse();
    assertThat(clock.trust().why()).contains("set by +86400 s");
  }

  @Test
  void aLeapIsSeenAlsoByWhoeverOnlyAsksForTrust() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    assertThat(isTrusted()).isTrue();
    machine.setWall("2026-11-22T12:00:05Z");

    assertThat(isTrusted()).isFalse();
  }

  @Test
  void afterALeapTheSourceMustVouchAnew() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    chrony.fallSilent();
    machine.setWall("2026-11-24T12:00:05Z");
    Moment limbo = clock.now();
    assertThat(isTrusted()).isFalse();
    scheduler.pass(Duration.ofMinutes(10));
    assertThat(isTrusted()).isFalse();
    assertThat(clock.date(clock.now())).isEqualTo(new Dating.NotYet());

    machine.setWall("2026-11-23T12:10:05Z"); // somebody has put it right
    chrony.vouchForWall();
    scheduler.pass(POLL);

    assertThat(isTrusted()).isTrue();
    assertThat(clock.date(limbo)).isEqualTo(new Dating.At(millis("2026-11-23T12:00:05Z")));
  }

  // The machine slept for an hour: the monotonic clock stood still, and nobody knows when.
  @Test
  void whatHappenedBetweenTwoAnchorsThatDisagreeWasThenOrThen() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    chrony.fallSilent();
    machine.setWall("2026-11-23T13:00:05Z");
    assertThat(isTrusted()).isFalse();
    machine.leap(Duration.ofSeconds(1));
    Moment limbo = clock.now();
    machine.leap(Duration.ofSeconds(10));
    chrony.vouchForWall();
    scheduler.pass(POLL);

    Dating.Within within = (Dating.Within) clock.date(limbo);
    assertThat(within.from())
        .isBetween(millis("2026-11-23T12:00:05Z"), millis("2026-11-23T12:00:06Z"));
    assertThat(within.to())
        .isBetween(millis("2026-11-23T13:00:06Z"), millis("2026-11-23T13:00:07Z"));
  }

  // POSIX time has no 23:59:60; the kernel repeats 23:59:59 instead.
  @Test
  void aLeapSecondIsNoLeap() throws Exception {
    boot("a", "2026-12-31T23:59:50Z");
    chrony.vouchForWall();
    scheduler.pass(POLL);
    machine.leap(Duration.ofMillis(4_999));
    machine.setWall("2026-12-31T23:59:58.999Z");

    assertThat(isTrusted()).isTrue();
    assertThat(clock.epochMillis()).isEqualTo(millis("2026-12-31T23:59:58.999Z"));
  }

  @Test
  void moreThanALeapSecondIsALeap() throws Exception {
    boot("a", "2026-12-31T23:59:50Z");
    chrony.vouchForWall();
    scheduler.pass(POLL);
    machine.setWall("2026-12-31T23:59:56.200Z");

    assertThat(isTrusted()).isFalse();
  }

  @Test
  void aSourceThatFallsSilentTakesNoTrustAwayButItsErrorGrows() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    long before = clock.uncertaintyMillis().orElseThrow();
    chrony.fallSilent();
    scheduler.pass(Duration.ofHours(1));

    assertThat(isTrusted()).isTrue();
    assertThat(clock.uncertaintyMillis().orElseThrow() - before).isBetween(1_700L, 1_900L);
    assertThat(clock.trust().why()).startsWith("chrony vouched for it at 2026-11-23T12:00:05Z");
  }

  // --- who is believed

  @Test
  void aReceiverTellsTheTimeThoughTheWallClockIsWrong() throws Exception {
    boot("a", "1970-01-01T00:00:00Z");
    gnss.tell(nanos -> millis(NOON) + nanos / 1_000_000);
    scheduler.pass(POLL);

    assertThat(clock.trust().source()).isEqualTo("gnss");
    assertThat(clock.epochMillis()).isEqualTo(millis(NOON) + 5_000);
  }

  @Test
  void chronyTakesOverFromTheReceiverAndWhatWasDatedStaysDated() throws Exception {
    boot("a", "1970-01-01T00:00:00Z");
    Moment early = clock.now();
    gnss.tell(nanos -> millis(NOON) + 300 + nanos / 1_000_000);
    scheduler.pass(POLL);
    Dating before = clock.date(early);
    chrony.vouchForWall(); // and has set the wall clock
    machine.setWall("2026-11-23T12:00:05Z");
    assertThat(isTrusted()).as("set, and not yet vouched for").isFalse();
    scheduler.pass(POLL);

    assertThat(clock.trust().source()).isEqualTo("chrony");
    assertThat(clock.epochMillis()).isEqualTo(millis(NOON) + 10_000);
    assertThat(clock.date(early)).isEqualTo(before).isEqualTo(new Dating.At(millis(NOON) + 300));
  }

  @Test
  void aReceiverThatIsNoSurerDoesNotMakeTheTimeWobble() throws Exception {
    boot("a", "1970-01-01T00:00:00Z");
    gnss.tell(nanos -> millis(NOON) + nanos / 1_000_000);
    scheduler.pass(POLL);
    gnss.tell(nanos -> millis(NOON) + 400 + nanos / 1_000_000);
    scheduler.pass(MINUTE.plus(POLL));

    assertThat(clock.epochMillis()).isEqualTo(millis(NOON) + 70_000);
  }

  @Test
  void whileTrustedItIsAskedOnceAMinute() throws Exception {
    boot("a", NOON);
    scheduler.pass(Duration.ofSeconds(30));
    assertThat(chrony.asked()).isEqualTo(7);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    int before = chrony.asked();
    scheduler.pass(Duration.ofMinutes(10));

    assertThat(chrony.asked() - before).isEqualTo(10);
  }

  // --- somebody else keeps the clock

  @Test
  void aClockThatSomebodyElseKeepsIsBelievedFromTheStart() throws Exception {
    bootOnItsOwn("a", NOON);

    assertThat(clock.trust().source()).isEqualTo("system");
    assertThat(clock.epochMillis()).isEqualTo(millis(NOON));
  }

  @Test
  void aClockThatSomebodyElseKeepsIsBelievedAgainWhenItHasBeenSteady() throws Exception {
    bootOnItsOwn("a", NOON);
    machine.setWall("2026-11-24T12:00:00Z");
    assertThat(isTrusted()).isFalse();
    scheduler.pass(Duration.ofSeconds(55));
    assertThat(isTrusted()).isFalse();
    scheduler.pass(Duration.ofSeconds(10));

    assertThat(isTrusted()).isTrue();
  }

  @Test
  void eachFurtherLeapBeginsTheWaitAnew() throws Exception {
    bootOnItsOwn("a", NOON);
    machine.setWall("2026-11-24T12:00:00Z");
    assertThat(isTrusted()).isFalse();
    scheduler.pass(Duration.ofSeconds(50));
    machine.setWall("2026-11-24T13:00:00Z");
    scheduler.pass(Duration.ofSeconds(50));
    assertThat(isTrusted()).isFalse();
  }

  @Test
  void aRestartOfTheGatewayDoesNotShortenTheWait() throws Exception {
    bootOnItsOwn("a", NOON);
    machine.setWall("2026-11-24T12:00:00Z");
    assertThat(isTrusted()).isFalse();
    scheduler.pass(POLL);
    clock.close();
    gateway("a");
    clock.configure(new ClockSettings("system", POLL, MINUTE));
    scheduler.runDue();
    assertThat(isTrusted()).isFalse();
    scheduler.pass(Duration.ofSeconds(65));
    assertThat(isTrusted()).isTrue();
  }

  // A Raspberry Pi without a battery, wrongly said to be kept right.
  @Test
  void aTimeThatHasBeenAlreadyIsNeverBelieved() throws Exception {
    bootOnItsOwn("a", NOON);
    clock.close();
    bootOnItsOwn("b", "2026-11-23T11:00:00Z");
    scheduler.pass(Duration.ofMinutes(30));
    assertThat(isTrusted()).isFalse();
    assertThat(clock.trust().why()).contains("has been 2026-11-23T12:00:00Z already");

    scheduler.pass(Duration.ofMinutes(31)); // control: when it has caught up

    assertThat(isTrusted()).isTrue();
  }

  // --- over restarts and reboots

  @Test
  void aRestartOfTheGatewayCostsNoTrust() throws Exception {
    boot("a", NOON);
    Moment early = clock.now();
    chrony.vouchForWall();
    scheduler.pass(POLL);
    machine.leap(Duration.ofSeconds(30));
    gateway("a"); // killed: nothing was closed

    assertThat(isTrusted()).isTrue();
    assertThat(clock.trust().source()).isEqualTo("chrony");
    assertThat(clock.date(early)).isEqualTo(new Dating.At(millis(NOON)));
  }

  @Test
  void aRestartOfTheGatewayDoesNotHideALeap() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    machine.setWall("2026-11-25T12:00:00Z");
    gateway("a");

    assertThat(isTrusted()).isFalse();
    assertThat(clock.epochMillis()).isEqualTo(millis(NOON) + 5_000);
    assertThat(clock.date(clock.now())).isEqualTo(new Dating.NotYet());
  }

  // Killed before it could write down that the clock had leapt: then nobody knows when it did.
  @Test
  void whatCameAfterALeapThatWasNotWrittenDownIsNotDatedYet() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    machine.setWall("2026-11-25T12:00:00Z");
    assertThat(isTrusted()).isFalse();
    machine.leap(Duration.ofSeconds(1));
    Moment limbo = clock.now();
    machine.leap(Duration.ofSeconds(1));
    gateway("a");

    assertThat(isTrusted()).isFalse();
    assertThat(clock.date(limbo)).isEqualTo(new Dating.NotYet());
  }

  @Test
  void ofThreeStartsTheMiddleOneWithoutTrustIsDatedByItsNeighbours() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    Moment first = clock.now();
    clock.close();
    boot("b", "1970-01-01T00:00:00Z");
    scheduler.pass(Duration.ofMinutes(10));
    Moment middle = clock.now();
    scheduler.pass(Duration.ofMinutes(20));
    clock.close();
    assertThat(clock.date(middle)).isEqualTo(new Dating.NotYet());

    boot("c", "2026-11-23T15:00:00Z");
    assertThat(clock.date(middle)).isEqualTo(new Dating.NotYet());
    assertThat(clock.date(first)).isEqualTo(new Dating.At(millis(NOON) + 5_000));
    chrony.vouchForWall();
    scheduler.pass(POLL);

    // Not before the first was over, plus ten minutes; not after the third began, less twenty.
    Dating.Within within = (Dating.Within) clock.date(middle);
    assertThat(within.from())
        .isBetween(millis("2026-11-23T12:10:03Z"), millis("2026-11-23T12:10:05Z"));
    assertThat(within.to())
        .isBetween(millis("2026-11-23T14:40:00Z"), millis("2026-11-23T14:40:02Z"));
  }

  @Test
  void aStartThatNobodyWroteDownWasBeforeThePresentOne() throws Exception {
    boot("b", NOON);
    Moment unknown = new Moment("a", 5);
    assertThat(clock.date(unknown)).isEqualTo(new Dating.NotYet());
    chrony.vouchForWall();
    scheduler.pass(POLL);

    Dating.Within within = (Dating.Within) clock.date(unknown);
    assertThat(within.from()).isEqualTo(Boots.EARLIEST);
    assertThat(within.to()).isBetween(millis(NOON), millis(NOON) + 100);
  }

  @Test
  void howFarAMachineRanIsKnownToTheHour() throws Exception {
    boot("a", "1970-01-01T00:00:00Z");
    scheduler.pass(Duration.ofMinutes(150)); // then the power goes
    boot("b", "1970-01-01T00:00:00Z");

    assertThat(new BootFile(data).read().list().get(0).seenNanos())
        .isBetween(Duration.ofMinutes(119).toNanos(), Duration.ofMinutes(121).toNanos());
  }

  // --- told to people and to rooms

  @Test
  void aTechnicianIsToldWhatChangesAndNothingElse() throws Exception {
    boot("a", "1970-01-01T00:00:00Z");
    scheduler.pass(Duration.ofMinutes(1));
    assertThat(log.messages(Level.WARN))
        .singleElement()
        .asString()
        .startsWith("The time is not trusted: chrony: the test says nothing");
    machine.setWall(NOON);
    chrony.vouchForWall();
    scheduler.pass(Duration.ofMinutes(10));
    assertThat(log.messages(Level.INFO))
        .singleElement()
        .asString()
        .startsWith("The time is trusted, it is 2026-11-23T12:0");
    chrony.fallSilent();
    machine.setWall("1970-01-01T00:00:00Z");
    scheduler.pass(Duration.ofMinutes(10));
    assertThat(log.messages(Level.WARN)).hasSize(2);
  }

  @Test
  void listenersHearOfTrustThatComesAndGoes() throws Exception {
    boot("a", NOON);
    int[] heard = {0};
    var listening = clock.onChange(() -> heard[0]++);
    scheduler.pass(MINUTE);
    assertThat(heard[0]).isZero();
    chrony.vouchForWall();
    scheduler.pass(Duration.ofMinutes(5));
    assertThat(heard[0]).isEqualTo(1);
    chrony.fallSilent();
    machine.setWall("1970-01-01T00:00:00Z");
    assertThat(isTrusted()).isFalse();
    scheduler.runDue();
    assertThat(heard[0]).isEqualTo(2);
    listening.cancel();
    machine.setWall(NOON);
    chrony.vouchForWall();
    scheduler.pass(MINUTE);
    assertThat(heard[0]).isEqualTo(2);
  }

  @Test
  void aFileThatCannotBeWrittenCostsNoTime() throws Exception {
    boot("a", NOON);
    try (var files = Files.list(data)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.createDirectories(data.resolve(BootFile.NAME).resolve("in the way"));
    chrony.vouchForWall();
    scheduler.pass(Duration.ofHours(3));

    assertThat(isTrusted()).isTrue();
    assertThat(log.messages(Level.WARN).stream().filter(m -> m.startsWith("clock.jsonl")))
        .hasSize(1);
  }

  @Test
  void aFileThatCannotBeReadCostsOnlyWhatItKnew() throws Exception {
    Files.createDirectories(data.resolve(BootFile.NAME).resolve("in the way"));
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);

    assertThat(log.messages(Level.WARN)).anyMatch(m -> m.startsWith("clock.jsonl cannot be read"));
    assertThat(isTrusted()).isTrue();
  }

  @Test
  void aToolThatOnlyReadsWritesNothing() throws Exception {
    boot("a", NOON);
    chrony.vouchForWall();
    scheduler.pass(POLL);
    byte[] before = Files.readAllBytes(data.resolve(BootFile.NAME));
    gateway("a");
    assertThat(clock.date(clock.now())).isEqualTo(new Dating.At(clock.epochMillis()));
    machine.setWall("1970-01-01T00:00:00Z");
    assertThat(isTrusted()).isFalse();
    scheduler.pass(Duration.ofHours(2));
    clock.close();

    assertThat(data.resolve(BootFile.NAME)).hasBinaryContent(before);
    assertThat(scheduler.waiting()).isZero();
  }
}
