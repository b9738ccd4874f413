package city.mycelium.bench;

import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.time.Scheduler;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.dialect.senml.internal.SenmlDialect;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.sync.internal.Destination;
import city.mycelium.sync.internal.DestinationSync;
import city.mycelium.sync.internal.Policy;
import city.mycelium.sync.internal.Selection;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.MosquittoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * {@code bench sync}: a backlog in the journal, drained through consent, SenML CBOR and MQTT 5 QoS
 * 1 to a Mosquitto on this machine. Drained means that the durable cursor stands at the end.
 */
final class SyncBench {

  private static final int BATCH = 100;
  private static final int IN_FLIGHT = 100;
  private static final int BACKLOG = 1_000_000;
  private static final int WIRE_SAMPLE = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path workspace;
  private final int runs;

  SyncBench(Path workspace, int runs) {
    this.workspace = workspace;
    this.runs = runs;
  }

  Report run() throws Exception {
    double[] rates = new double[runs];
    double[] wire = new double[1];
    try (MosquittoProcess broker =
        BenchBroker.start(Files.createDirectories(workspace.resolve("broker")))) {
      drain(broker.port(), WIRE_SAMPLE, 0); // the JIT compiles in its own time
      for (int i = 0; i < runs; i++) {
        rates[i] = BACKLOG / drain(broker.port(), BACKLOG, 1 + i);
      }
      try (CountingProxy proxy = CountingProxy.to(broker.port())) {
        drain(proxy.port(), WIRE_SAMPLE, 100);
        wire[0] = (double) proxy.bytes() / WIRE_SAMPLE;
      }
    }
    return new Report(
        "sync",
        List.of(
            Figure.atLeast("backlog drained to Mosquitto", 50_000, "obs/s", rates),
            Figure.reported("on the wire, both directions, without TCP/IP headers", "B/obs", wire)),
        List.of(
            "backlog of "
                + BACKLOG
                + " observations, "
                + BATCH
                + " per message, "
                + IN_FLIGHT
                + " messages in flight, QoS 1, SenML CBOR, proof: the broker's answer"));
  }

  /** Seconds from the connection's opening to the last offset's landing in the cursor. */
  private double drain(int port, int count, long seed) throws Exception {
    Path folder = Files.createTempDirectory(workspace, "sync");
    Dataset dataset = new Dataset(seed);
    try (SqliteJournal journal = SqliteJournal.open(folder, JournalOptions.DEFAULT)) {
      for (int done = 0; done < count; done += 5_000) {
        journal.append(dataset.next(5_000), List.of(), Durability.SYNCED).get();
      }
      BenchHouse house = new BenchHouse();
      Scheduler scheduler = new ThreadSchedulers().serial("bench-sync");
      long start = System.nanoTime();
      DestinationSync sync =
          new DestinationSync(
              new Destination(
                  "bench",
                  new PartyId("municipality"),
                  Proof.ANSWER,
                  Selection.ofIds(List.of("*")),
                  BATCH,
                  IN_FLIGHT,
                  Duration.ofMillis(100),
                  Duration.ofSeconds(30),
                  Duration.ofMinutes(5),
                  Policy.DEFAULT),
              journal,
              house,
              house,
              SenmlDialect.cbor(),
              BenchBroker.connector(port, journal.gateway()),
              new SystemClock(),
              scheduler,
              new Random(seed));
      try {
        Await.await(
            "the backlog is drained",
            () -> journal.cursor("destination/bench").position() == count,
            PATIENCE);
        return (System.nanoTime() - start) / 1e9;
      } finally {
        sync.close();
      }
    } finally {
      Workspace.delete(folder);
    }
  }
}
