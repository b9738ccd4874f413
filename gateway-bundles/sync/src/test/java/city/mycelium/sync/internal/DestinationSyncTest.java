package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DestinationSyncTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final InMemoryJournal journal = new InMemoryJournal();
  private final House house = new House();
  private Policy policy = Policy.DEFAULT;
  private HandScheduler scheduler = new HandScheduler(clock);
  private FakePlatform platform = new FakePlatform();

  private DestinationSync start(Proof proof, int batch, int inFlight) {
    return new DestinationSync(
        new Destination(
            "hub",
            new PartyId("municipality"),
            proof,
            Selection.ofIds(List.of("kit/*", "unknown*")),
            batch,
            inFlight,
            LINGER,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            policy),
        journal,
        house,
        house,
        platform,
        platform,
        clock,
        scheduler,
        new Random(7));
  }

  private void observe(String datastream, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(
          new Draft(
              new DatastreamId(datastream),
              PhenomenonTime.at(clock.epochMillis() + i),
              new Result.Measurement(i),
              Quality.GOOD,
              clock.epochMillis()));
    }
    assertThat(journal.append(drafts, List.of(), Durability.SYNCED)).isCompleted();
  }

  private void connect() {
    scheduler.runDue();
    platform.connect();
    scheduler.runDue();
  }

  private Cursor cursor() throws JournalException {
    return journal.cursor("destination/hub");
  }

  @Test
  void nothingIsSentBeforeTheConnectionStands() {
    observe("kit/T", 3);
    start(Proof.RECEIVER, 10, 5);
    scheduler.pass(MINUTE);
    assertThat(platform.sent).isEmpty();
    connect(); // control: then it is
    scheduler.pass(LINGER);
    assertThat(platform.offsetsSent()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void brokersAnswerIsNotDeliveryWhereTheReceiverCanSayMore() throws Exception {
    observe("kit/T", 10);
    start(Proof.RECEIVER, 10, 5);
    connect();
    platform.sent.get(0).answer().complete(new Answer.Replied(0, new byte[0]));
    scheduler.runDue();
    assertThat(cursor().position()).isZero();
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    assertThat(cursor())
        .isEqualTo(new Cursor("destination/hub", 10, new Tally(10, 0, 0, 0, 0, 0, 0)));
  }

  @Test
  void answerIsDeliveryWhereNothingBetterIsToBeHad() throws Exception {
    observe("kit/T", 10);
    start(Proof.ANSWER, 10, 5);
    connect();
    assertThat(cursor().position()).isZero();
    platform.sent.get(0).answer().complete(new Answer.Replied(0, new byte[0]));
    scheduler.runDue();
    assertThat(cursor().tally()).isEqualTo(new Tally(10, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void cursorWaitsForTheFlightBeforeIt() throws Exception {
    observe("kit/T", 20);
    start(Proof.RECEIVER, 10, 5);
    connect();
    platform.acknowledge(journal.epoch(), 11, 20);
    scheduler.runDue();
    assertThat(cursor().position()).isZero();
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    assertThat(cursor().position()).isEqualTo(20);
  }

  @Test
  void acknowledgementOfAnotherEpochOrOfWhatWasNeverSentIsNotBelieved() throws Exception {
    observe("kit/T", 30);
    start(Proof.RECEIVER, 10, 2);
    connect();
    platform.acknowledge(journal.epoch() + 1, 1, 20);
    scheduler.runDue();
    assertThat(cursor().position()).isZero();
    platform.acknowledge(journal.epoch(), 1, 30); // 21 to 30 are not out yet
    scheduler.runDue();
    assertThat(cursor().position()).isEqualTo(20);
    assertThat(platform.offsetsSent()).contains(21L, 30L); // sent now that there is room
  }

  @Test
  void unprovenFlightGoesOutAgainLaterAndLater() {
    observe("kit/T", 10);
    start(Proof.RECEIVER, 10, 5);
    connect();
    assertThat(platform.sent).hasSize(1);
    scheduler.pass(Duration.ofSeconds(31));
    assertThat(platform.sent).hasSize(2);
    assertThat(platform.sent.get(1).covers()).isEqualTo(platform.sent.get(0).covers());
    scheduler.pass(Duration.ofMinutes(60));
    // At a pause of at most 30 s it would be 120 times; at 2.5 to 5 minutes it is far fewer.
    assertThat(platform.sent.size()).isBetween(12, 32);
  }

  @Test
  void reconnectingSendsAllThatIsUnprovenAgain() throws Exception {
    observe("kit/T", 30);
    start(Proof.RECEIVER, 10, 5);
    connect();
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    platform.disconnect();
    scheduler.runDue();
    int before = platform.sent.size();
    connect();
    assertThat(platform.sent.subList(before, platform.sent.size()))
        .extracting(FakePlatform.Sent::covers)
        .containsExactly(new OffsetRange(11, 20), new OffsetRange(21, 30));
  }

  @Test
  void withoutAGrantItIsWithheldAndStillCovered() throws Exception {
    house.keptBack.add("kit/secret");
    observe("kit/T", 2);
    observe("kit/secret", 3);
    observe("other/T", 4); // not selected
    observe("unknown/T", 1); // nobody knows whose it is
    start(Proof.RECEIVER, 100, 5);
    connect();
    scheduler.pass(LINGER);
    assertThat(platform.sent).hasSize(1);
    assertThat(platform.sent.get(0).covers()).isEqualTo(new OffsetRange(1, 10));
    assertThat(platform.offsetsSent()).containsExactly(1L, 2L);
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    assertThat(cursor().tally()).isEqualTo(new Tally(2, 4, 4, 0, 0, 0, 0));
  }

  @Test
  void withdrawnConsentHoldsBackWhatWaitsToGoOutAgain() throws Exception {
    observe("kit/T", 5);
    start(Proof.RECEIVER, 5, 5);
    connect();
    assertThat(platform.offsetsSent()).hasSize(5);
    house.keptBack.add("kit/T");
    scheduler.pass(Duration.ofSeconds(31));
    assertThat(platform.sent.get(1).offsets()).isEmpty();
    platform.acknowledge(journal.epoch(), 1, 5);
    scheduler.runDue();
    assertThat(cursor().tally()).isEqualTo(new Tally(0, 5, 0, 0, 0, 0, 0));
  }

  /** The proof may be of the first attempt, which did not carry it. */
  @Test
  void grantThatComesBetweenTwoAttemptsComesTooLateForTheMessage() throws Exception {
    house.keptBack.add("kit/T");
    observe("kit/T", 5);
    start(Proof.RECEIVER, 5, 5);
    connect();
    scheduler.pass(LINGER);
    house.keptBack.clear();
    scheduler.pass(Duration.ofSeconds(31));
    assertThat(platform.sent).hasSize(2);
    platform.acknowledge(journal.epoch(), 1, 5);
    scheduler.runDue();
    assertThat(cursor().tally()).isEqualTo(Tally.withheld(5));
  }

  @Test
  void permanentRefusalIsCountedAsDroppedAndHoldsUpNothing() throws Exception {
    observe("kit/T", 20);
    start(Proof.ANSWER, 10, 5);
    connect();
    platform.sent.get(0).answer().complete(new Answer.Refused("too large", true));
    platform.sent.get(1).answer().complete(new Answer.Replied(0, new byte[0]));
    scheduler.runDue();
    assertThat(cursor())
        .isEqualTo(new Cursor("destination/hub", 20, new Tally(10, 0, 0, 0, 0, 10, 0)));
  }

  @Test
  void oneThatTheDialectCannotSayIsDroppedOutOfItsFlight() throws Exception {
    observe("kit/T", 10);
    platform.unspeakable.add(4L);
    start(Proof.RECEIVER, 10, 5);
    connect();
    scheduler.pass(Duration.ofSeconds(31)); // and counted once, though it went out twice
    assertThat(platform.sent).hasSize(2);
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    assertThat(cursor().tally()).isEqualTo(new Tally(9, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void temporaryRefusalIsTriedAgainAfterAPause() {
    observe("kit/T", 10);
    start(Proof.ANSWER, 10, 5);
    connect();
    platform.sent.get(0).answer().complete(new Answer.Refused("quota exceeded", false));
    scheduler.runDue();
    assertThat(platform.sent).hasSize(1);
    scheduler.pass(Duration.ofSeconds(2));
    assertThat(platform.sent).hasSize(2);
  }

  @Test
  void windowIsNeverExceeded() {
    observe("kit/T", 1_000);
    start(Proof.RECEIVER, 10, 7);
    connect();
    scheduler.pass(LINGER);
    assertThat(platform.sent).hasSize(7);
  }

  @Test
  void batchThatIsNotFullLingersAndAFullOneDoesNot() {
    start(Proof.RECEIVER, 10, 5);
    connect();
    observe("kit/T", 9);
    scheduler.runDue();
    assertThat(platform.sent).isEmpty();
    observe("kit/T", 1);
    scheduler.runDue();
    assertThat(platform.sent).hasSize(1);
    observe("kit/T", 1);
    scheduler.pass(LINGER);
    assertThat(platform.sent).hasSize(2);
  }

  @Test
  void gatewayThatDiedSendsWhatItsCursorHasNotPassed() throws Exception {
    observe("kit/T", 30);
    start(Proof.RECEIVER, 10, 5);
    connect();
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    scheduler = new HandScheduler(clock); // the old one's tasks die with the process
    platform = new FakePlatform();
    start(Proof.RECEIVER, 10, 5);
    connect();
    assertThat(platform.sent)
        .extracting(FakePlatform.Sent::covers)
        .containsExactly(new OffsetRange(11, 20), new OffsetRange(21, 30));
    platform.acknowledge(journal.epoch(), 1, 30);
    scheduler.runDue();
    assertThat(cursor().tally()).isEqualTo(new Tally(30, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void whatRetentionTookIsCountedOnceAndToldToTheFarEndWhenItAsks() throws Exception {
    observe("kit/T", 10);
    start(Proof.RECEIVER, 10, 5);
    clock.leap(Duration.ofDays(40));
    observe("kit/T", 10);
    journal.retain(clock.epochMillis());
    connect();
    assertThat(platform.sent.get(0).covers()).isEqualTo(new OffsetRange(11, 20));
    platform.acknowledge(journal.epoch(), 11, 20);
    platform.say("lack " + journal.epoch() + " 1 10");
    scheduler.runDue();
    assertThat(cursor())
        .isEqualTo(new Cursor("destination/hub", 20, new Tally(10, 0, 0, 10, 0, 0, 0)));
    FakePlatform.Sent repair = platform.sent.get(1);
    assertThat(repair.covers()).isEqualTo(new OffsetRange(1, 10));
    assertThat(repair.dropped()).isEqualTo(10);
    assertThat(repair.offsets()).isEmpty();
  }

  @Test
  void farEndThatLostItsStoreIsGivenAgainWhatTheJournalStillHas() throws Exception {
    observe("kit/T", 20);
    start(Proof.RECEIVER, 10, 5);
    connect();
    platform.acknowledge(journal.epoch(), 1, 20);
    scheduler.runDue();
    platform.say("lack " + journal.epoch() + " 1 20");
    scheduler.runDue();
    platform.acknowledge(journal.epoch(), 1, 10);
    platform.say("lack " + journal.epoch() + " 11 20");
    scheduler.runDue();
    assertThat(platform.sent.subList(2, 4))
        .extracting(FakePlatform.Sent::covers)
        .containsExactly(new OffsetRange(1, 10), new OffsetRange(11, 20));
    assertThat(platform.sent.get(3).offsets()).hasSize(10);
    assertThat(cursor().tally()).isEqualTo(new Tally(20, 0, 0, 0, 0, 0, 0)); // counted once
  }

  @Test
  void placesLeaveOnlyAsExactlyAsAllowed() {
    assertThat(
            journal.append(
                List.of(
                    new Draft(
                        new DatastreamId("kit/position"),
                        PhenomenonTime.at(clock.epochMillis()),
                        new Result.Position(52.987654, 6.987654, 3.0),
                        Quality.GOOD,
                        clock.epochMillis())),
                List.of(),
                Durability.SYNCED))
        .isCompleted();
    start(Proof.RECEIVER, 1, 5);
    connect();
    assertThat(platform.described.get(1L).observation().result())
        .isEqualTo(new Result.Position(52.99, 6.99, null));
    assertThat(platform.introductions.get(0).things().get(0).location())
        .isEqualTo(new Result.Position(52.12, 6.12, null));
  }

  /** Most news in the registry is not for this recipient; on a metered link silence is cheaper. */
  @Test
  void theCatalogueIsToldAgainOnlyIfItHasChanged() {
    observe("kit/T", 10);
    start(Proof.RECEIVER, 10, 5);
    connect();
    assertThat(platform.sent).hasSize(1);
    assertThat(platform.introductions).hasSize(1);
    observe("kit/U", 10);
    scheduler.runDue();
    assertThat(platform.introductions).hasSize(2);
    platform.disconnect();
    connect();
    assertThat(platform.introductions).as("a new connection has heard nothing").hasSize(3);
  }

  @Test
  void journalThatFailsForAWhileStopsNothingForGood() throws Exception {
    observe("kit/T", 10);
    start(Proof.RECEIVER, 10, 5);
    connect();
    journal.setFull(true);
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    assertThat(cursor().position()).isZero();
    journal.setFull(false);
    scheduler.pass(Duration.ofMinutes(1));
    platform.acknowledge(journal.epoch(), 1, 10);
    scheduler.runDue();
    assertThat(cursor().tally()).isEqualTo(new Tally(10, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void closingEndsTheConnection() {
    DestinationSync sync = start(Proof.RECEIVER, 10, 5);
    connect();
    sync.close();
    assertThat(platform.closed).isTrue();
    observe("kit/T", 10);
    scheduler.runDue();
    assertThat(platform.sent).isEmpty();
  }
}
