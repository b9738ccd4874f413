package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Connector;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.time.Schedulers;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.consent.internal.GrantBook;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.sync.internal.Destination;
import city.mycelium.sync.internal.DestinationSync;
import city.mycelium.sync.internal.Policy;
import city.mycelium.sync.internal.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One cell: a journal with observations, brought to a platform by the product's own consent, sync,
 * connector and dialect, while something goes wrong; then both ends are asked. For one thread.
 */
final class CellRun {

  private static final String DESTINATION = "bench";
  private static final String RECIPIENT = "municipality";
  private static final int BATCH = 10;
  private static final Duration LINGER = Duration.ofMillis(20);
  private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration RETRY_AT_MOST = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Where nothing may arrive, so long is waited whether something is called delivered. */
  private static final Duration NO_WAY_IN = Duration.ofSeconds(3);

  /** What is late on a wire has come by then. */
  private static final Duration AFTERMATH = Duration.ofMillis(200);

  private static final Duration AWAY = Duration.ofSeconds(1);
  private static final long LOOK_NANOS = 10_000_000;

  private final Cell cell;
  private final Path folder;
  private final Sample sample;
  private final Shelf shelf;
  private final DialectKind kind;
  private final Settings settings;
  private final Random random;
  private final Schedulers schedulers = new ThreadSchedulers();
  private final SystemClock clock = new SystemClock();

  // From the first start on.

  private int struck;
  private @Nullable MoodyMind mood;
  private @Nullable FarEnd platform;
  private @Nullable Wire wire;

  /**
   * A cell that has not begun.
   *
   * @param folder an empty one
   * @param count observations
   */
  CellRun(Cell cell, Path folder, int count) throws Exception {
    this.cell = cell;
    this.folder = folder;
    Pairing pairing = cell.pairing();
    sample = pairing.sample(count, System.currentTimeMillis());
    shelf = new Shelf(sample, pairing.keeping());
    kind = Dialects.named(pairing.dialect());
    settings = Settings.of(kind.name(), kind.options(), pairing.settings());
    random = new Random(cell.toString().hashCode());
  }

  Cell.Result run() throws Exception {
    long begin = System.nanoTime();
    Path data = Files.createDirectories(folder.resolve("data"));
    SqliteJournal journal = SqliteJournal.open(data, JournalOptions.DEFAULT);
    try {
      journal.append(sample.drafts(), List.of(), Durability.SYNCED).get();
      begin(journal.gateway().value());
      DestinationSync sync = sync(journal);
      try {
        if (cell.fault() == Fault.REFUSE && toldReaches(sample.count() / 4, journal)) {
          goAway();
        }
        if (cell.fault() == Fault.RESTART && toldReaches(sample.count() / 4, journal)) {
          restartPlatform();
          if (toldReaches(sample.count() / 2, journal)) {
            sync.close();
            journal.close();
            struck++;
            journal = SqliteJournal.open(data, JournalOptions.DEFAULT);
            sync = sync(journal);
          }
        }
        boolean isDone = isPassed(journal);
        LockSupport.parkNanos(AFTERMATH.toNanos());
        return result(journal, isDone, (System.nanoTime() - begin) / 1e9);
      } finally {
        sync.close();
      }
    } finally {
      journal.close();
      end();
    }
  }

  private Cell.Result result(SqliteJournal journal, boolean isDone, double seconds)
      throws Exception {
    if (cell.pairing().connector().equals(Pairing.FILE)) {
      new PublishedFolder(published(), reader()).readTo(shelf);
    }
    Cursor cursor = journal.cursor("destination/" + DESTINATION);
    Tally tally = cursor.tally();
    int strikes = struck;
    strikes += mood == null ? 0 : mood.struck();
    strikes += wire == null ? 0 : wire.struck();
    int superseded = shelf.outdated() > 0 ? 0 : shelf.superseded();
    return new Cell.Result(
        cell,
        sample.count(),
        tally.delivered(),
        tally.dropped(),
        shelf.told(),
        shelf.distinct(),
        superseded,
        shelf.duplicated(),
        shelf.wrong(),
        strikes,
        isDone,
        seconds);
  }

  private Path published() {
    return folder.resolve("published");
  }

  private MessageReader reader() throws Exception {
    return kind.reader(settings, Names.NONE);
  }

  // --- the platform

  private void begin(String gateway) throws Exception {
    Pairing pairing = cell.pairing();
    if (pairing.connector().equals(Pairing.FILE)) {
      return;
    }
    FarEnd begun =
        switch (pairing.connector()) {
          case Pairing.MQTT -> mqtt(gateway);
          case Pairing.HTTP -> new HttpPlatform(moody(mind(payload -> {})));
          default -> new CoapPlatform(moody(mind(payload -> {})));
        };
    platform = begun;
    int every = sample.count() / 6;
    Strikes strikes = new Strikes(shelf::told, every, cell.fault() == Fault.HANG ? 2 : 4);
    wire =
        pairing.connector().equals(Pairing.COAP)
            ? new UdpWire(cell.fault(), strikes, begun.port())
            : new TcpWire(cell.fault(), strikes, begun.port());
  }

  private FarEnd mqtt(String gateway) throws Exception {
    String prefix = prefix(gateway);
    MessageReader reader = reader();
    return new MqttPlatform(
        prefix.isEmpty() ? "" : prefix + "/", returnPath -> moody(mind(reader, returnPath)));
  }

  private String prefix(String gateway) {
    return cell.pairing().prefix().replace("{gateway}", gateway);
  }

  private MoodyMind moody(Mind mind) {
    MoodyMind moody = new MoodyMind(mind, cell.fault());
    mood = moody;
    return moody;
  }

  private Mind mind(Consumer<byte[]> returnPath) throws Exception {
    return mind(reader(), returnPath);
  }

  private Mind mind(MessageReader reader, Consumer<byte[]> returnPath) {
    Pairing pairing = cell.pairing();
    if (pairing.isNoWayIn()) {
      return new DeafMind();
    }
    if (pairing.proof() == Proof.RECEIVER) {
      SenmlCodec codec =
          switch (pairing.dialect()) {
            case "senml-json" -> SenmlCodec.json();
            case "senml-cbor" -> SenmlCodec.cbor();
            default -> SenmlCodec.block();
          };
      return new ReceiverMind(reader, codec, shelf, returnPath);
    }
    return switch (pairing.dialect()) {
      case "ngsi-ld" -> new NgsiLdMind(reader, shelf);
      case "sensorthings" -> new SensorThingsMind(reader, shelf);
      default -> new ReadingMind(reader, shelf, pairing.accepted());
    };
  }

  private void end() {
    if (wire != null) {
      wire.close();
    }
    if (platform != null) {
      platform.close();
    }
  }

  /** Nobody is reached there for a while. */
  private void goAway() throws IOException {
    struck++;
    Wire cut = wire;
    if (cut == null) {
      // A file where the folder should be: nothing can be written until somebody takes it away.
      Path aside = folder.resolve("aside");
      Files.move(published(), aside);
      Files.createFile(published());
      LockSupport.parkNanos(AWAY.toNanos());
      Files.delete(published());
      Files.move(aside, published());
      return;
    }
    cut.cut();
    LockSupport.parkNanos(AWAY.toNanos());
    cut.mend();
  }

  private void restartPlatform() throws IOException {
    FarEnd far = platform;
    Wire way = wire;
    if (far == null || way == null) {
      return; // a folder does not restart
    }
    struck++;
    way.cut();
    far.restart();
    way.leadTo(far.port());
    LockSupport.parkNanos(AFTERMATH.toNanos());
    way.mend();
  }

  // --- the gateway

  private DestinationSync sync(SqliteJournal journal) throws Exception {
    Pairing pairing = cell.pairing();
    Street street = new Street(sample.things(), sample.streams());
    GrantBook consent = new GrantBook(street);
    consent.configure(
        new String[] {
          "{\"owner\":\""
              + Sample.OWNER
              + "\",\"recipient\":\""
              + RECIPIENT
              + "\",\"datastreams\":[\"*\"],\"resolution\":\"raw\",\"until\":\"2999-12-31\","
              + "\"locationDecimals\":3,\"purpose\":\"to see what becomes of it\"}"
        });
    Dialect dialect = kind.dialect(settings, Names.NONE);
    return new DestinationSync(
        new Destination(
            DESTINATION,
            new PartyId(RECIPIENT),
            pairing.proof(),
            Selection.ofIds(List.of("*")),
            BATCH,
            pairing.inFlight(),
            LINGER,
            PROOF_TIMEOUT,
            RETRY_AT_MOST,
            Policy.DEFAULT),
        journal,
        street,
        consent,
        dialect,
        connector(journal.gateway().value()),
        clock,
        schedulers.serial("bench-sync"),
        random);
  }

  private Connector connector(String gateway) {
    Pairing pairing = cell.pairing();
    Connectors connectors = new Connectors(schedulers, clock, random);
    Wire way = wire;
    if (way == null) {
      return connectors.file(published());
    }
    return switch (pairing.connector()) {
      case Pairing.MQTT -> connectors.mqtt(way.port(), gateway, prefix(gateway));
      case Pairing.HTTP -> connectors.http(way.port(), pairing.inFlight());
      default -> connectors.coap(way.port());
    };
  }

  // --- waiting

  /** A folder is not asked while it is written to: there the cursor tells. */
  private boolean toldReaches(long count, SqliteJournal journal) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (told(journal) < count) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  private long told(SqliteJournal journal) throws Exception {
    return wire == null ? journal.cursor("destination/" + DESTINATION).position() : shelf.told();
  }

  private boolean isPassed(SqliteJournal journal) throws Exception {
    Duration patience = cell.pairing().isNoWayIn() ? NO_WAY_IN : PATIENCE;
    long end = System.nanoTime() + patience.toNanos();
    while (journal.cursor("destination/" + DESTINATION).position() < sample.count()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }
}
