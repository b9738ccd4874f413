package city.mycelium.bench.dialects;

import city.mycelium.api.connector.Connector;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.PartyId;
import city.mycelium.bench.BenchBroker;
import city.mycelium.bench.BenchHouse;
import city.mycelium.bench.Dataset;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.connector.http.internal.BaseAddress;
import city.mycelium.connector.http.internal.HttpConnector;
import city.mycelium.connector.http.internal.HttpSettings;
import city.mycelium.dialect.senml.internal.SenmlDialect;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.sync.internal.Destination;
import city.mycelium.sync.internal.DestinationSync;
import city.mycelium.sync.internal.Policy;
import city.mycelium.sync.internal.Selection;
import city.mycelium.testkit.Await;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A process of its own with a gateway's options, in which nine Destinations drain one journal
 * beside a tenth, which is now this and now that; what the nine did in a second is said. Each round
 * has all of them once, so that a machine that gets slower does so for all.
 */
final class HangingProbe {

  private static final int WELL = 9;
  private static final int APPENDED_AT_ONCE = 5_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  // As a Destination has them by default.
  private static final int BATCH = 100;
  private static final int IN_FLIGHT = 50;
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration RETRY_AT_MOST = Duration.ofMinutes(5);

  private final SqliteJournal journal;
  private final int observations;
  private final int broker;
  private final Map<Tenth, Integer> ports;
  private final BenchHouse house = new BenchHouse();
  private final ThreadSchedulers schedulers = new ThreadSchedulers();
  private final SystemClock clock = new SystemClock();

  private HangingProbe(
      SqliteJournal journal, int observations, int broker, Map<Tenth, Integer> ports) {
    this.journal = journal;
    this.observations = observations;
    this.broker = broker;
    this.ports = ports;
  }

  /**
   * Drains, in rounds, and ends.
   *
   * @param arguments folder of the journal, observations in it, rounds, the broker's port, then
   *     those of the servers that never greet, confirm, and respond
   */
  public static void main(String[] arguments) throws Exception {
    int observations = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Map<Tenth, Integer> ports = new EnumMap<>(Tenth.class);
    ports.put(Tenth.NEVER_GREETS, Integer.valueOf(arguments[4]));
    ports.put(Tenth.NEVER_CONFIRMS, Integer.valueOf(arguments[5]));
    ports.put(Tenth.NEVER_RESPONDS, Integer.valueOf(arguments[6]));
    try (SqliteJournal journal =
        SqliteJournal.open(Path.of(arguments[0]), JournalOptions.DEFAULT)) {
      Dataset dataset = new Dataset(1);
      for (int done = 0; done < observations; done += APPENDED_AT_ONCE) {
        journal.append(dataset.next(APPENDED_AT_ONCE), List.of(), Durability.SYNCED).get();
      }
      HangingProbe probe =
          new HangingProbe(journal, observations, Integer.parseInt(arguments[3]), ports);
      List<Tenth> turns = new ArrayList<>(List.of(Tenth.values()));
      for (Tenth tenth : turns) {
        probe.drain("warm", tenth); // the JIT compiles in its own time
      }
      Map<Tenth, List<Double>> perSecond = new EnumMap<>(Tenth.class);
      for (int round = 0; round < rounds; round++) {
        for (Tenth tenth : turns) {
          double seconds = probe.drain("round-" + round, tenth);
          perSecond
              .computeIfAbsent(tenth, key -> new ArrayList<>())
              .add(WELL * observations / seconds);
        }
        Collections.rotate(turns, 1); // nobody always comes after the same one
      }
      JsonObjectBuilder answer = Json.createObjectBuilder();
      perSecond.forEach((tenth, all) -> answer.add(tenth.name(), Json.createArrayBuilder(all)));
      System.out.println(answer.build());
    }
    System.exit(0); // what hangs may hang on
  }

  /** Seconds until the durable cursor of each of the nine stands at the end. */
  private double drain(String round, Tenth tenth) {
    List<DestinationSync> syncs = new ArrayList<>();
    String prefix = round + "-" + tenth.name() + "-";
    long begin = System.nanoTime();
    try {
      if (tenth != Tenth.NONE) {
        String name = prefix + "tenth";
        syncs.add(start(name, connector(tenth, name)));
      }
      for (int i = 1; i <= WELL; i++) {
        String name = prefix + i;
        syncs.add(start(name, BenchBroker.connector(broker, journal.gateway(), name)));
      }
      Await.await("nine destinations are drained", () -> areDrained(prefix), PATIENCE);
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (tenth.hangs() && position(prefix + "tenth") > 0) {
        throw new IllegalStateException("the one that was to hang did not");
      }
      return seconds;
    } catch (JournalException e) {
      throw new IllegalStateException("the journal cannot be read", e);
    } finally {
      syncs.forEach(DestinationSync::close);
    }
  }

  private boolean areDrained(String prefix) throws JournalException {
    for (int i = WELL; i > 0; i--) {
      if (position(prefix + i) < observations) {
        return false;
      }
    }
    return true;
  }

  private long position(String name) throws JournalException {
    return journal.cursor("destination/" + name).position();
  }

  private Connector connector(Tenth tenth, String name) {
    if (tenth == Tenth.NEVER_RESPONDS) {
      return new HttpConnector(
          HttpSettings.usual(
              name, BaseAddress.parse("http://127.0.0.1:" + ports.get(Tenth.NEVER_RESPONDS))),
          schedulers,
          clock,
          RandomGenerator.getDefault(),
          () -> true);
    }
    int port = ports.getOrDefault(tenth, broker);
    return BenchBroker.connector(port, journal.gateway(), name);
  }

  private DestinationSync start(String name, Connector connector) {
    return new DestinationSync(
        new Destination(
            name,
            new PartyId("municipality"),
            Proof.ANSWER,
            Selection.ofIds(List.of("*")),
            BATCH,
            IN_FLIGHT,
            LINGER,
            PROOF_TIMEOUT,
            RETRY_AT_MOST,
            Policy.DEFAULT),
        journal,
        house,
        house,
        SenmlDialect.cbor(),
        connector,
        clock,
        schedulers.serial("sync-" + name),
        new Random(1));
  }
}
