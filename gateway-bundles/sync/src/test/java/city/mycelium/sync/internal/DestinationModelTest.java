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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever happens between a journal and a receiver, in the end every offset is accounted exactly
 * once, what is called delivered is there, and what is withheld never left.
 */
class DestinationModelTest {

  private static final int BATCH = 5;
  private static final int IN_FLIGHT = 4;
  private static final List<String> DATASTREAMS =
      List.of("kit/T", "kit/T", "kit/T", "kit/alarm", "kit/secret", "other/T");

  /** One world: a gateway that can die, a broker between, a receiver that cannot. */
  static final class World {
    final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
    final InMemoryJournal journal = new InMemoryJournal();
    final House house = new House();
    final FakeReceiver receiver = new FakeReceiver();
    final Map<Long, String> accepted = new HashMap<>();
    final Deque<FakePlatform.Sent> broker = new ArrayDeque<>();
    final Random random;
    final Policy policy;
    HandScheduler scheduler;
    FakePlatform platform = new FakePlatform();
    DestinationSync sync;
    int seen;

    World(long seed) {
      random = new Random(seed);
      house.keptBack.add("kit/secret");
      Order order = random.nextBoolean() ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
      Limits limits = random.nextInt(4) == 0 ? new Limits(400, 0, 10) : Limits.NONE;
      List<String> urgent = random.nextBoolean() ? List.of("*/alarm") : List.of();
      policy = new Policy(urgent, order, limits, Start.ALL, 3);
      scheduler = new HandScheduler(clock);
      sync = start();
    }

    private DestinationSync start() {
      platform = new FakePlatform();
      seen = 0;
      return new DestinationSync(
          new Destination(
              "hub",
              new PartyId("municipality"),
              Proof.RECEIVER,
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
        String datastream = DATASTREAMS.get(random.nextInt(DATASTREAMS.size()));
        drafts.add(
            new Draft(
                new DatastreamId(datastream),
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

    /** What was sent lies at the broker, also when the gateway that sent it is dead. */
    private void collect() {
      for (; seen < platform.sent.size(); seen++) {
        broker.add(platform.sent.get(seen));
      }
    }

    void step(int action) {
      switch (action) {
        case 0, 1 -> append(1 + random.nextInt(12));
        case 2 -> append(60);
        case 3 -> connect();
        case 4 -> disconnect();
        case 5, 6, 7, 8 -> deliver(true);
        case 9 -> deliver(false);
        case 10 -> broker.poll(); // lost: nobody will ever know
        case 11 -> refuse();
        case 12 -> scheduler.pass(Duration.ofSeconds(random.nextInt(90)));
        case 13 -> crash();
        case 14 -> {
          clock.leap(Duration.ofMinutes(20));
          journal.retain(clock.epochMillis() - Duration.ofMinutes(30).toMillis());
        }
        case 15 -> crowdOut();
        case 16 -> acknowledge();
        case 17 -> journal.setFull(random.nextInt(3) == 0);
        case 18 -> decideAboutTheFirstRefusal();
        default -> replay();
      }
      scheduler.runDue();
      collect();
      assertThat(sync.progress().ahead().size())
          .isLessThanOrEqualTo(Sending.MAX_ISLANDS + IN_FLIGHT);
      assertThat(sync.flights().all().size()).isLessThanOrEqualTo(IN_FLIGHT + 8 + 4 + 1 + 3);
    }

    private void deliver(boolean acknowledged) {
      FakePlatform.Sent message = broker.poll();
      if (message != null) {
        message.answer().complete(new Answer.Replied(0, new byte[0]));
        receiver.take(message);
        scheduler.runDue();
        if (acknowledged) {
          receiver.acknowledge(platform, journal.epoch());
        }
      }
    }

    private void connect() {
      scheduler.runDue();
      platform.connect();
    }

    private void acknowledge() {
      scheduler.runDue();
      receiver.acknowledge(platform, journal.epoch());
    }

    private void disconnect() {
      scheduler.runDue();
      platform.disconnect();
    }

    private void refuse() {
      FakePlatform.Sent message = broker.poll();
      if (message != null) {
        message.answer().complete(new Answer.Refused("too bad", true));
      }
    }

    private void crash() {
      scheduler = new HandScheduler(clock); // the old one's tasks die with the process
      sync = start();
    }

    private void crowdOut() {
      long last = journal.lastOffset();
      if (last > 0) {
        long first = 1 + random.nextLong(last);
        journal.crowdOut(new OffsetRange(first, Math.min(last, first + random.nextInt(4))));
      }
    }

    private void decideAboutTheFirstRefusal() {
      boolean again = random.nextBoolean();
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

    /** The weather clears up: everything that waits gets through. */
    void calm() {
      journal.setFull(false);
      connect();
      for (int i = 0; i < 400 && !isQuiet(); i++) {
        scheduler.pass(Duration.ofMinutes(10));
        collect();
        while (!broker.isEmpty()) {
          deliver(true);
          scheduler.runDue();
          collect();
        }
      }
    }

    private boolean isQuiet() {
      return sync.progress().position() == journal.lastOffset() && sync.flights().all().isEmpty();
    }

    long storedOf(String datastream) {
      return receiver.stored.stream().filter(o -> datastream.equals(accepted.get(o))).count();
    }
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void everyOffsetIsAccountedOnceWhateverHappens(
      @ForAll long seed, @ForAll @IntRange(min = 20, max = 120) int steps) throws Exception {
    World world = new World(seed);
    for (int i = 0; i < steps; i++) {
      world.step(world.random.nextInt(20));
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
              assertThat(stored).isLessThanOrEqualTo(tally.delivered() + tally.dropped());
            });
    assertThat(world.storedOf("kit/secret")).isZero();
    assertThat(world.storedOf("other/T")).isZero();
    assertThat(world.sync.progress().ahead()).isEmpty();
  }
}
