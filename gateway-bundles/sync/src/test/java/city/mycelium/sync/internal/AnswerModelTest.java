package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * A platform whose answer is the proof: it takes messages whole, row by row or not at all, finds
 * them too large, and is cut off. Whatever happens, in the end every offset is accounted exactly
 * once, and what is called delivered is there.
 */
class AnswerModelTest {

  private static final int BATCH = 8;
  private static final int IN_FLIGHT = 4;

  /** Halvings of a batch. */
  private static final int DEPTH = 3;

  private static final List<String> DATASTREAMS =
      List.of("kit/T", "kit/T", "kit/T", "kit/alarm", "kit/moody", "kit/secret", "other/T");

  /** A gateway that can die, and a platform that cannot. */
  private static final class World {
    final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
    final InMemoryJournal journal = new InMemoryJournal();
    final House house = new House();
    final TreeSet<Long> stored = new TreeSet<>();
    final Map<Long, String> accepted = new HashMap<>();
    final Deque<FakePlatform.Sent> wire = new ArrayDeque<>();
    final Random random;
    final Policy policy;
    final int mostPerMessage;
    final int takesAtOnce;
    HandScheduler scheduler;
    FakePlatform platform = new FakePlatform();
    DestinationSync sync;
    int seen;

    World(long seed) {
      random = new Random(seed);
      house.keptBack.add("kit/secret");
      Order order = random.nextBoolean() ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
      List<String> urgent = random.nextBoolean() ? List.of("*/alarm") : List.of();
      policy = new Policy(urgent, order, Limits.NONE, Start.ALL, 3);
      mostPerMessage = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
      takesAtOnce = 1 + random.nextInt(BATCH);
      scheduler = new HandScheduler(clock);
      sync = start();
    }

    private DestinationSync start() {
      platform = new FakePlatform();
      platform.mostPerMessage = mostPerMessage;
      seen = 0;
      return new DestinationSync(
          new Destination(
              "hub",
              new PartyId("municipality"),
              Proof.ANSWER,
              Selection.ofIds(List.of("kit/*")),
              BATCH,
              IN_FLIGHT,
              Duration.ofSeconds(1),
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
          random);
    }

    void append(int count) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        drafts.add(
            new Draft(
                new DatastreamId(DATASTREAMS.get(random.nextInt(DATASTREAMS.size()))),
                PhenomenonTime.at(clock.epochMillis()),
                new Result.Measurement(i),
                Quality.GOOD,
                clock.epochMillis()));
      }
      long before = journal.lastOffset();
      if (!journal.append(drafts, List.of(), Durability.SYNCED).isCompletedExceptionally()) {
        for (Draft draft : drafts) {
          accepted.put(++before, draft.datastream().value());
        }
      }
    }

    void step(int action) {
      switch (action) {
        case 0, 1 -> append(1 + random.nextInt(12));
        case 2 -> append(50);
        case 3 -> {
          scheduler.runDue();
          platform.connect();
        }
        case 4 -> {
          scheduler.runDue();
          platform.disconnect();
        }
        case 5, 6, 7 -> answer();
        case 8, 9, 10 -> answerRowByRow();
        case 11 -> end(new Answer.TooLarge("too much"), false);
        case 12 -> end(new Answer.Unknown("the line went dead"), random.nextBoolean());
        case 13 -> end(new Answer.Refused("no", random.nextBoolean()), false);
        case 14 -> wire.poll(); // nobody will ever know
        case 15 -> scheduler.pass(Duration.ofSeconds(random.nextInt(90)));
        case 16 -> {
          scheduler = new HandScheduler(clock); // the old one's tasks die with the process
          sync = start();
        }
        case 17 -> crowdOut();
        case 18 -> journal.setFull(random.nextInt(3) == 0);
        case 19 -> changeTheMind();
        case 20 -> decideAboutTheFirstRefusal();
        default -> replay();
      }
      scheduler.runDue();
      collect();
      assertThat(sync.flights().all().size())
          .isLessThanOrEqualTo((IN_FLIGHT + 8 + 4) * (1 + DEPTH) + 1);
    }

    private void collect() {
      for (; seen < platform.sent.size(); seen++) {
        wire.add(platform.sent.get(seen));
      }
    }

    /** As a whole, unless it is more than the platform takes at once. */
    private void answer() {
      FakePlatform.Sent first = wire.peek();
      if (first != null && first.offsets().size() > takesAtOnce) {
        end(new Answer.TooLarge("more than " + takesAtOnce), false);
      } else {
        end(new Answer.Replied(200, new byte[0]), true);
      }
    }

    private void end(Answer answer, boolean arrives) {
      FakePlatform.Sent message = wire.poll();
      if (message != null) {
        if (arrives) {
          stored.addAll(message.offsets());
        }
        message.answer().complete(answer);
      }
    }

    private void answerRowByRow() {
      FakePlatform.Sent message = wire.poll();
      if (message == null) {
        return;
      }
      List<String> rows = new ArrayList<>();
      for (long offset : message.offsets()) {
        String word = List.of("took", "took", "again", "refuse", "").get(random.nextInt(5));
        if (word.equals("took")) {
          stored.add(offset);
        }
        if (!word.isEmpty()) { // some it says nothing about
          rows.add(word + " " + offset + " " + offset);
        }
      }
      byte[] body = String.join(";", rows).getBytes(StandardCharsets.UTF_8);
      message
          .answer()
          .complete(body.length > 0 ? new Answer.Replied(207, body) : new Answer.Unknown("?"));
    }

    private void crowdOut() {
      long last = journal.lastOffset();
      if (last > 0) {
        long first = 1 + random.nextLong(last);
        journal.crowdOut(new OffsetRange(first, Math.min(last, first + random.nextInt(4))));
      }
    }

    private void changeTheMind() {
      if (!house.keptBack.remove("kit/moody")) {
        house.keptBack.add("kit/moody");
      }
    }

    private void decideAboutTheFirstRefusal() {
      boolean again = random.nextInt(3) > 0;
      var unused =
          sync.ask(
              asked -> {
                for (Refusal refusal : List.copyOf(asked.quarantine().all())) {
                  if (again) {
                    asked.wishes().retry(refusal);
                  } else {
                    asked.wishes().discard(refusal);
                  }
                  break;
                }
                return true;
              });
    }

    private void replay() {
      var unused =
          sync.ask(
              asked ->
                  asked.wishes().replay(new OffsetRange(1, Math.max(1, journal.lastOffset()))));
    }

    /** The weather clears up: everything that waits gets through, in messages it takes at once. */
    void calm() {
      journal.setFull(false);
      scheduler.runDue();
      platform.connect();
      for (int i = 0; i < 400 && !isQuiet(); i++) {
        scheduler.pass(Duration.ofMinutes(10));
        collect();
        while (!wire.isEmpty()) {
          answer();
          scheduler.runDue();
          collect();
        }
      }
    }

    private boolean isQuiet() {
      return sync.progress().position() == journal.lastOffset() && sync.flights().all().isEmpty();
    }

    long storedOf(String datastream) {
      return stored.stream().filter(offset -> datastream.equals(accepted.get(offset))).count();
    }
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void everyOffsetIsAccountedOnceWhateverThePlatformAnswers(
      @ForAll long seed, @ForAll @IntRange(min = 20, max = 140) int steps) throws Exception {
    World world = new World(seed);
    for (int i = 0; i < steps; i++) {
      world.step(world.random.nextInt(22));
    }
    world.calm();
    world.append(1); // a cursor that was never moved is in no account
    world.calm();

    Accounts accounts = world.journal.accounts();
    Accounts.Account account = accounts.cursors().get("destination/hub");
    assertThat(account.position()).isEqualTo(accounts.lastOffset());
    accounts
        .accepted()
        .forEach(
            (datastream, count) -> {
              Tally tally = account.tally().of(datastream);
              long stored = world.storedOf(datastream.value());
              assertThat(tally.total()).as("all of %s", datastream).isEqualTo(count);
              assertThat(tally.delivered())
                  .as("delivered of %s", datastream)
                  .isLessThanOrEqualTo(stored);
              // What arrived without an answer, and was withdrawn before it went again, and what
              // was granted again and replayed, is withheld all the same.
              long moody = datastream.value().equals("kit/moody") ? tally.withheld() : 0;
              assertThat(stored)
                  .as("stored of %s", datastream)
                  .isLessThanOrEqualTo(tally.delivered() + tally.dropped() + moody);
            });
    assertThat(world.storedOf("kit/secret")).isZero();
    assertThat(world.storedOf("other/T")).isZero();
    assertThat(world.sync.progress().ahead()).isEmpty();
  }
}
