package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One Destination named hub on a journal in memory, batches of ten, five messages in flight. */
final class Rig {

  static final Duration MINUTE = Duration.ofMinutes(1);

  final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  final InMemoryJournal journal = new InMemoryJournal();

  /** What the Destination is given; a test may put something between. */
  Journal offered = journal;

  final House house = new House();
  final FakeReceiver receiver = new FakeReceiver();
  HandScheduler scheduler = new HandScheduler(clock);
  FakePlatform platform = new FakePlatform();
  Proof proof = Proof.RECEIVER;
  List<String> urgent = List.of();
  Order order = Order.OLDEST_FIRST;
  Limits limits = Limits.NONE;
  Start history = Start.ALL;
  int inFlight = 5;
  Selection selection = Selection.ofIds(List.of("kit/*"));

  DestinationSync start() {
    return new DestinationSync(
        new Destination(
            "hub",
            new PartyId("municipality"),
            proof,
            selection,
            10,
            inFlight,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            new Policy(urgent, order, limits, history, 3)),
        offered,
        house,
        house,
        platform,
        platform,
        clock,
        scheduler,
        new Random(7));
  }

  /** The process is killed; the same is started again on what it left behind. */
  DestinationSync restart() {
    scheduler = new HandScheduler(clock);
    platform = new FakePlatform();
    return start();
  }

  void observe(String datastream, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(
          new Draft(
              new DatastreamId(datastream),
              PhenomenonTime.at(clock.epochMillis()),
              new Result.Measurement(i),
              Quality.GOOD,
              clock.epochMillis()));
    }
    assertThat(journal.append(drafts, List.of(), Durability.SYNCED)).isCompleted();
  }

  void connect() {
    scheduler.runDue();
    platform.connect();
    scheduler.runDue();
  }

  /** Appends while everything runs. */
  void observeNow(String datastream, int count) {
    observe(datastream, count);
    scheduler.runDue();
  }

  void acknowledge(long first, long last) {
    platform.acknowledge(journal.epoch(), first, last);
    scheduler.runDue();
  }

  /** Everything that was sent arrives and is acknowledged, until nothing more comes. */
  void deliverAll() {
    for (int i = 0; i < platform.sent.size(); i++) {
      FakePlatform.Sent message = platform.sent.get(i);
      if (!message.answer().isDone()) {
        message.answer().complete(new Answer.Replied(0, new byte[0]));
        receiver.take(message);
        scheduler.runDue();
        receiver.acknowledge(platform, journal.epoch());
        scheduler.runDue();
      }
    }
  }

  /** The platform answers a message row by row: {@code took 1 3;refuse 4 4;again 5 9}. */
  void answer(int message, String rows) {
    platform
        .sent
        .get(message)
        .answer()
        .complete(new Answer.Replied(207, rows.getBytes(StandardCharsets.UTF_8)));
    scheduler.runDue();
  }

  void tooLarge(int message) {
    platform.sent.get(message).answer().complete(new Answer.TooLarge("more than 1 kB"));
    scheduler.runDue();
  }

  void take(int message) {
    platform.sent.get(message).answer().complete(new Answer.Replied(200, new byte[0]));
    scheduler.runDue();
  }

  void refuse(int message, String why) {
    platform.sent.get(message).answer().complete(new Answer.Refused(why, true));
    scheduler.runDue();
  }

  List<OffsetRange> covers() {
    return platform.sent.stream().map(FakePlatform.Sent::covers).toList();
  }

  long position() throws JournalException {
    return journal.cursor("destination/hub").position();
  }

  Tally tally() throws JournalException {
    return journal.cursor("destination/hub").tally();
  }

  /** What a person is answered. */
  <T> T ask(DestinationSync sync, DestinationSync.Question<T> question) throws Exception {
    var answer = sync.ask(question);
    scheduler.runDue();
    try {
      return answer.get();
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof CommandException no) {
        throw no;
      }
      throw e;
    }
  }
}
