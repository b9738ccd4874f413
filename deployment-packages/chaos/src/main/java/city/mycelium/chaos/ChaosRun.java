package city.mycelium.chaos;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.chaos.fault.DamagedFile;
import city.mycelium.chaos.fault.FakeWallClock;
import city.mycelium.chaos.fault.FaultyLine;
import city.mycelium.chaos.fault.SmallDisk;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.simulator.town.Ledger;
import city.mycelium.simulator.town.Patience;
import city.mycelium.simulator.town.Town;
import city.mycelium.simulator.town.TownPlan;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A town under load in which the steps of a plan go wrong one after another, and what is left of
 * it. For one thread, once.
 */
final class ChaosRun implements AutoCloseable {

  private static final Duration TO_DRAIN = Duration.ofMinutes(5);
  private static final int DISK_MEGABYTES = 64;
  private static final int RESERVE_MEGABYTES = 2;

  /** So long must the wall clock go on steadily after a leap before the gateway believes it. */
  private static final int STEADY_SECONDS = 8;

  /** Farther than any tolerance; half of them backwards. */
  private static final long LONGEST_LEAP_SECONDS = 400L * 24 * 3_600;

  /** What a clock may honestly be off at both ends of a run. */
  private static final long TOLERANCE_MILLIS = 5_000;

  /** libfaketime looks once a second what time it shall be. */
  private static final Duration TO_LOOK_AGAIN = Duration.ofSeconds(2);

  /** How much faster than in life the kits post: some a second. */
  private static final double SPEEDUP = 60;

  private final ChaosPlan plan;
  private final long seed;
  private final SplittableRandom random;
  private final Path data;
  private final Optional<SmallDisk> disk;
  private final Optional<FakeWallClock> wall;
  private final Town town;
  private final FaultyLine line;
  private final Consumer<String> telling;

  /** Of the gateway's process, as long as something has been put between it and the kernel. */
  private Map<String, String> environment = Map.of();

  /**
   * A run; nothing runs yet.
   *
   * @param home the folder of the distribution
   * @param folder where everything that it makes is kept
   * @param telling is told what happens, for people
   * @throws IOException if this machine lacks what the plan needs, in words
   */
  ChaosRun(Path home, Path folder, ChaosPlan plan, long seed, Consumer<String> telling)
      throws IOException, InterruptedException {
    this.plan = plan;
    this.seed = seed;
    this.telling = telling;
    random = new SplittableRandom(seed);
    wall = plans(Fault.CLOCK_LEAP) ? Optional.of(wallClock(folder)) : Optional.empty();
    disk =
        plans(Fault.DISK_FULL)
            ? Optional.of(SmallDisk.mount(folder.resolve("disk"), DISK_MEGABYTES))
            : Optional.empty();
    data = disk.map(SmallDisk::data).orElse(folder.resolve("data"));
    town = new Town(new TownPlan(home, folder, data, seed, SPEEDUP, configuration()));
    line = FaultyLine.to(town.brokerPort());
    town.configure(line.port());
  }

  private boolean plans(Fault fault) {
    return plan.counts().getOrDefault(fault, 0) > 0;
  }

  private static FakeWallClock wallClock(Path folder) throws IOException {
    return FakeWallClock.in(folder)
        .orElseThrow(
            () ->
                new IOException(
                    "clock leaps need the Debian package libfaketime; leave them out with"
                        + " --clock-leaps 0"));
  }

  private static JsonObject configuration() {
    return Json.createObjectBuilder()
        .add(
            "city.mycelium.clock",
            Json.createObjectBuilder().add("trust", "system").add("steadySeconds", STEADY_SECONDS))
        .add(
            "city.mycelium.journal",
            Json.createObjectBuilder().add("reserveMegabytes", RESERVE_MEGABYTES))
        .build();
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if something did not do what it must; the message is for a person
   */
  Verdict run() throws IOException, InterruptedException {
    long begin = System.currentTimeMillis();
    town.startBroker();
    town.startReceiver();
    town.startGateway();
    town.awaitGateway();
    town.startNeighbourhood();
    int done = 0;
    for (Step step : plan.steps()) {
      pause(step.pause());
      telling.accept(++done + " of " + plan.steps().size() + ": " + step.fault().option());
      letHappen(step);
      town.checkAlive();
    }
    town.awaitGateway();
    town.stopNeighbourhood();
    telling.accept("the sensors are quiet, the backlog drains");
    Patience.until("every reading has its time", TO_DRAIN, this::isAllDated);
    town.drain(TO_DRAIN);
    JsonObject stats = town.control().ask("journal stats");
    long damaged = damaged(stats);
    long epochs = 1L + stats.getJsonArray("earlierEpochs").size();
    Ledger ledger = town.reckon();
    return new Verdict(
        seed,
        plan.counts(),
        ledger,
        damaged,
        wrongTimes(begin - TOLERANCE_MILLIS, System.currentTimeMillis() + TOLERANCE_MILLIS),
        epochs);
  }

  /** What came while the time could not be trusted is answered for, but not yet accepted. */
  private boolean isAllDated() throws IOException {
    town.checkAlive();
    return town.control().ask("clock").getInt("undated", 1) == 0;
  }

  private void letHappen(Step step) throws IOException, InterruptedException {
    switch (step.fault()) {
      case KILL -> kill();
      case RESET -> line.reset();
      case DAMAGE -> damage();
      case BROKER_STOP -> {
        town.stopBroker();
        last(step);
        town.startBroker();
      }
      case HALF_OPEN -> {
        line.setDead(true);
        last(step);
        line.setDead(false);
      }
      case DISK_FULL -> {
        disk.orElseThrow().fill();
        last(step);
        disk.orElseThrow().makeRoom();
      }
      case CLOCK_LEAP -> leap(step);
    }
  }

  /** The gateway lives with a clock of its own for so long, which makes everything slower. */
  private void leap(Step step) throws IOException, InterruptedException {
    FakeWallClock clock = wall.orElseThrow();
    environment = clock.environment();
    kill();
    town.awaitGateway();
    long seconds = random.nextLong(3_600, LONGEST_LEAP_SECONDS);
    clock.set(Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds));
    last(step);
    clock.set(Duration.ZERO);
    pause(TO_LOOK_AGAIN);
    environment = Map.of();
    kill();
  }

  private void last(Step step) throws IOException, InterruptedException {
    pause(step.lasts().dividedBy(2));
    if (step.andKill()) {
      kill();
    }
    pause(step.lasts().dividedBy(2));
  }

  private void kill() throws IOException, InterruptedException {
    town.killGateway();
    town.startGateway(environment);
  }

  private void damage() throws IOException, InterruptedException {
    town.awaitGateway(); // so that there is a journal, whole
    town.stopGateway();
    DamagedFile.overwrite(data.resolve("journal.db"), random);
    town.startGateway();
    town.awaitGateway();
  }

  private static void pause(Duration duration) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(duration.toMillis());
  }

  /** What the gateway itself says that damaged files have cost. */
  private static long damaged(JsonObject stats) {
    long lost = 0;
    for (JsonValue incident : stats.getJsonArray("incidents")) {
      lost += incident.asJsonObject().getJsonNumber("lost").longValueExact();
    }
    return lost;
  }

  private long wrongTimes(long from, long to) throws IOException {
    long wrong = 0;
    try (SqliteJournal journal = SqliteJournal.open(data, JournalOptions.DEFAULT)) {
      List<Observation> page = journal.read(0, 2_000);
      while (!page.isEmpty()) {
        wrong += page.stream().filter(o -> o.receivedAt() < from || o.receivedAt() > to).count();
        page = journal.read(page.get(page.size() - 1).identity().offset(), 2_000);
      }
    } catch (JournalException e) {
      throw new IOException("the gateway's journal cannot be read: " + e.getMessage(), e);
    }
    return wrong;
  }

  /** Ends every process that is still there. The data stays, but for what was on a small disk. */
  @Override
  public void close() throws IOException {
    town.close();
    line.close();
    if (disk.isPresent()) {
      disk.get().close();
    }
  }
}
