package city.mycelium.distribution;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.consent.Decision;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import city.mycelium.consent.internal.GrantBook;
import city.mycelium.sync.internal.Area;
import city.mycelium.sync.internal.Destination;
import city.mycelium.sync.internal.DestinationSync;
import city.mycelium.sync.internal.Policy;
import city.mycelium.sync.internal.Selection;
import city.mycelium.sync.internal.Trial;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An invented city in which every name, place and word is a marker that occurs nowhere else, with
 * random Grants, and one Destination with a random selection. For one run.
 */
final class SecretCity implements Registry {

  private static final PartyId RECIPIENT = new PartyId("municipality");
  private static final int BATCH = 7;

  /** Of each a number, but for the last two: words. */
  private static final List<ObservedProperty> PROPERTIES =
      List.of(
          Vocabulary.PM10,
          Vocabulary.NO2,
          Vocabulary.AIR_TEMPERATURE,
          Vocabulary.POSITION,
          Vocabulary.PARKING_SPOT_STATUS,
          Vocabulary.MEASURING_SETUP);

  private final Random random;
  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final InMemoryJournal journal = new InMemoryJournal();
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final Map<ThingId, Thing> things = new TreeMap<>();
  private final Map<DatastreamId, Datastream> datastreams = new TreeMap<>();
  private final GrantBook consent = new GrantBook(this);
  private final List<Message> sent = new ArrayList<>();
  private final Set<DatastreamId> allowed = new HashSet<>();

  /** What the Observations of each Datastream say that nothing else says. */
  private final Map<DatastreamId, List<String>> words = new HashMap<>();

  private final Map<DatastreamId, List<Leak.Degrees>> positions = new HashMap<>();

  /** Numbers that have been given out. */
  private final Set<String> used = new HashSet<>();

  /** How many digits of a Thing's place may be told. */
  private final Map<ThingId, Integer> toldDecimals = new HashMap<>();

  private final List<String> afterTheEnd = new ArrayList<>();
  private @Nullable Area area;
  private List<String> kinds = List.of();
  private List<String> selectThings = List.of();
  private long made;
  private int trials;

  SecretCity(Random random) {
    this.random = random;
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      build();
    }
    grant();
    select();
    decideWhatMayLeave();
  }

  private String marker() {
    StringBuilder marker = new StringBuilder("QZX");
    for (int i = 0; i < 11; i++) {
      marker.append("BCDFGHJKLMNPRSTVW".charAt(random.nextInt(17)));
    }
    return marker.toString();
  }

  /**
   * Seven digits, none of them 0 or 9, of which nothing else has the first three: so nothing is
   * rounded to what stands for another.
   */
  private double degrees(int whole) {
    String head;
    do {
      head = whole + "." + digits(3);
    } while (!used.add(head));
    return Double.parseDouble(head + digits(4));
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(1 + random.nextInt(8));
    }
    return digits.toString();
  }

  private void build() {
    Thing thing =
        new Thing(
            new ThingId(marker()),
            "Name " + marker(),
            new PartyId(marker()),
            random.nextInt(6) == 0 ? null : new Result.Position(degrees(52), degrees(6), null));
    things.put(thing.id(), thing);
    int devices = 1 + random.nextInt(2);
    for (int d = 0; d < devices; d++) {
      DeviceId device = new DeviceId(marker());
      for (int s = 0; s < 1 + random.nextInt(3); s++) {
        ObservedProperty property = PROPERTIES.get(random.nextInt(PROPERTIES.size()));
        Datastream raw =
            new Datastream(
                new DatastreamId(device + "/" + marker()),
                thing.id(),
                device,
                property,
                property.unit(),
                null,
                null,
                random.nextInt(5) == 0);
        datastreams.put(raw.id(), raw);
      }
    }
  }

  private void grant() {
    List<String> grants = new ArrayList<>();
    for (Thing thing : things.values()) {
      for (int i = 0; i < random.nextInt(3); i++) {
        List<Datastream> own =
            datastreams.values().stream().filter(d -> d.thing().equals(thing.id())).toList();
        Datastream one = own.get(random.nextInt(own.size()));
        String pattern =
            switch (random.nextInt(4)) {
              case 0 -> "*";
              case 1 -> one.device() + "/*";
              default -> one.id().value();
            };
        grants.add(
            String.format(
                Locale.ROOT,
                "{\"owner\":\"%s\",\"recipient\":\"%s\",\"datastreams\":[\"%s\"],"
                    + "\"resolution\":\"%s\",\"until\":\"%s\",\"locationDecimals\":%d,"
                    + "\"purpose\":\"%s\"}",
                random.nextInt(6) == 0 ? marker() : thing.owner(),
                random.nextInt(4) == 0 ? marker() : RECIPIENT,
                pattern,
                random.nextBoolean() ? "raw" : "PT1H",
                random.nextInt(6) == 0 ? "2026-11-01" : "2028-01-01",
                random.nextInt(6),
                marker()));
      }
    }
    consent.configure(grants.toArray(new String[0]));
  }

  private void select() {
    if (random.nextInt(3) == 0) {
      double south = 52 + random.nextInt(5) / 10.0;
      area = new Area(south, 6, south + 0.6, 7);
    }
    kinds = random.nextInt(3) == 0 ? List.of(random.nextBoolean() ? "raw" : "PT1H") : List.of();
    if (random.nextInt(3) == 0) {
      selectThings = List.of(firstThing(), "*K*");
    }
  }

  String firstThing() {
    return things.keySet().iterator().next().value();
  }

  /** By consent and by the words of docs/destinations.md, not by what sync does. */
  private void decideWhatMayLeave() {
    for (Thing thing : things.values()) {
      if (consent.mayTellPlace(thing, RECIPIENT, clock.epochMillis())
          instanceof Decision.Permitted permitted) {
        toldDecimals.put(thing.id(), permitted.precision().decimals());
      }
    }
    for (Datastream raw : List.copyOf(datastreams.values())) {
      for (Datastream each : List.of(raw, hour(raw))) {
        boolean granted =
            consent.mayLeave(each, RECIPIENT, clock.epochMillis()) instanceof Decision.Permitted;
        if (granted && isSelected(each)) {
          allowed.add(each.id());
        }
      }
    }
    Set<ThingId> heard = new HashSet<>();
    datastreams.values().stream().filter(this::leaves).forEach(raw -> heard.add(raw.thing()));
    toldDecimals.keySet().retainAll(heard);
  }

  private static Datastream hour(Datastream raw) {
    return raw.over(Duration.ofHours(1));
  }

  private boolean isSelected(Datastream datastream) {
    String thing = datastream.thing().value();
    Area wanted = area;
    boolean isThere = wanted == null;
    if (wanted != null) {
      Result.Position told = told(things.get(datastream.thing()));
      isThere =
          told != null
              && wanted.south() <= told.latitude()
              && told.latitude() <= wanted.north()
              && wanted.west() <= told.longitude()
              && told.longitude() <= wanted.east();
    }
    return isThere
        && (kinds.isEmpty() || kinds.contains(datastream.isAggregate() ? "PT1H" : "raw"))
        && (selectThings.isEmpty() || thing.equals(selectThings.get(0)) || thing.contains("K"));
  }

  private Result.@Nullable Position told(Thing thing) {
    Result.Position exact = thing.location();
    return exact != null
            && consent.mayTellPlace(thing, RECIPIENT, clock.epochMillis())
                instanceof Decision.Permitted permitted
        ? permitted.precision().apply(exact)
        : null;
  }

  // --- what happens

  /** All that is said to the platform, and what it would say for us. */
  List<Message> run(Dialect dialect) {
    Wire wire = new Wire();
    DestinationSync sync =
        new DestinationSync(
            new Destination(
                "hub",
                RECIPIENT,
                Link.Proof.ANSWER,
                new Selection(
                    List.of("*"), List.of(), selectThings, Optional.ofNullable(area), kinds),
                BATCH,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Policy.DEFAULT),
            journal,
            this,
            consent,
            dialect,
            wire,
            clock,
            scheduler,
            random);
    scheduler.runDue();
    wire.connect();
    observe(3, false);
    tryAgain(sync);
    wire.disconnect();
    wire.connect();
    observe(2, false);
    tryAgain(sync);
    consent.configure(new String[0]);
    if (tryAgain(sync)) {
      throw new AssertionError("something was told again when nothing was granted any more");
    }
    observe(2, true);
    wire.disconnect();
    wire.connect();
    scheduler.pass(Duration.ofMinutes(10));
    sync.close();
    return sent;
  }

  /**
   * {@code destination test}: what it sends, and what it asks beside that, is looked through too.
   */
  private boolean tryAgain(DestinationSync sync) {
    CompletableFuture<Trial> end = sync.tryAgain(true, Duration.ofSeconds(8));
    scheduler.pass(Duration.ofSeconds(9));
    assertDone(end);
    end.join().inquiry().ifPresent(inquiry -> sent.add(inquiry.question()));
    boolean isTold = end.join().publish().finding() != Check.Finding.UNTRIED;
    trials += isTold ? 1 : 0;
    return isTold;
  }

  /** How often something was told again. */
  int trials() {
    return trials;
  }

  private void observe(int rounds, boolean after) {
    for (int i = 0; i < rounds; i++) {
      List<Draft> drafts = new ArrayList<>();
      for (Datastream raw : datastreams.values()) {
        drafts.add(draft(raw, PhenomenonTime.at(clock.epochMillis()), result(raw, after)));
        if (raw.unit() == Unit.ONE || raw.property().equals(Vocabulary.POSITION)) {
          continue; // nobody sums up words and places
        }
        Datastream hour = hour(raw);
        long start = clock.epochMillis() / 3_600_000 * 3_600_000;
        double mean = value(hour, after);
        drafts.add(
            draft(
                hour,
                PhenomenonTime.between(start, start + 3_600_000),
                Result.Summary.ofNumbers(60, 60, mean - 1, mean, mean + 1, i + 1)));
      }
      assertDone(journal.append(drafts, List.of(), Durability.SYNCED));
      scheduler.pass(Duration.ofMinutes(11));
    }
  }

  private static void assertDone(CompletableFuture<?> future) {
    if (!future.isDone()) {
      throw new IllegalStateException("the journal in memory is always done at once");
    }
  }

  private Draft draft(Datastream datastream, PhenomenonTime time, Result result) {
    return new Draft(datastream.id(), time, result, Quality.GOOD, clock.epochMillis());
  }

  private Result result(Datastream raw, boolean after) {
    if (raw.property().equals(Vocabulary.POSITION)) {
      Result.Position exact = new Result.Position(degrees(52), degrees(6), null);
      List<Leak.Degrees> places = positions.computeIfAbsent(raw.id(), id -> new ArrayList<>());
      int told = after ? -1 : decimals(raw);
      places.add(new Leak.Degrees(exact.latitude(), told));
      places.add(new Leak.Degrees(exact.longitude(), told));
      return exact;
    }
    if (raw.unit() == Unit.ONE) {
      return new Result.Category(word(raw, marker(), after));
    }
    return new Result.Measurement(value(raw, after));
  }

  /** A number of nine digits that nothing else has. */
  private double value(Datastream datastream, boolean after) {
    String text;
    do {
      text = "11." + digits(7);
    } while (!used.add(text));
    return Double.parseDouble(word(datastream, text, after));
  }

  private String word(Datastream datastream, String word, boolean after) {
    words.computeIfAbsent(datastream.id(), id -> new ArrayList<>()).add(word);
    if (after) {
      afterTheEnd.add(word);
    }
    return word;
  }

  private int decimals(Datastream datastream) {
    Decision decision = consent.mayLeave(datastream, RECIPIENT, clock.epochMillis());
    return allowed.contains(datastream.id()) && decision instanceof Decision.Permitted permitted
        ? permitted.precision().decimals()
        : -1;
  }

  // --- what has to stay

  /** Names and words that nobody may find. */
  List<String> secrets() {
    List<String> secrets = new ArrayList<>(afterTheEnd);
    for (Thing thing : things.values()) {
      secrets.add(thing.owner().value());
      boolean isTold =
          datastreams.values().stream().anyMatch(d -> d.thing().equals(thing.id()) && leaves(d));
      if (!isTold) {
        secrets.add(thing.id().value());
        secrets.add(thing.name().substring("Name ".length()));
      }
    }
    for (Datastream raw : datastreams.values()) {
      boolean isDeviceTold =
          datastreams.values().stream().anyMatch(d -> d.device().equals(raw.device()) && leaves(d));
      if (!isDeviceTold) {
        secrets.add(raw.device().value());
      }
      if (!leaves(raw)) {
        secrets.add(raw.id().value().substring(raw.id().value().indexOf('/') + 1));
      }
      for (Datastream each : List.of(raw, hour(raw))) {
        if (!allowed.contains(each.id())) {
          secrets.addAll(words.getOrDefault(each.id(), List.of()));
        }
      }
    }
    return secrets;
  }

  /** Of an aggregate the name tells that of what it sums up. */
  private boolean leaves(Datastream raw) {
    return allowed.contains(raw.id()) || allowed.contains(hour(raw).id());
  }

  /** Places, with what may be told of them. */
  List<Leak.Degrees> exactDegrees() {
    List<Leak.Degrees> all = new ArrayList<>();
    positions.values().forEach(all::addAll);
    things.values().forEach(thing -> all.addAll(placeOf(thing)));
    return all;
  }

  private List<Leak.Degrees> placeOf(Thing thing) {
    Result.Position exact = thing.location();
    return exact == null
        ? List.of()
        : List.of(
            new Leak.Degrees(exact.latitude(), toldDecimals.getOrDefault(thing.id(), -1)),
            new Leak.Degrees(exact.longitude(), toldDecimals.getOrDefault(thing.id(), -1)));
  }

  // --- the wire

  /** Keeps all that it is given, and says yes to everything. */
  private final class Wire implements Connector {
    private Supplier<Optional<Message>> farewell = Optional::empty;
    private @Nullable Listener listener;

    @Override
    public Session open(Supplier<Optional<Message>> will, Set<String> inbound, Listener owner) {
      farewell = will;
      listener = owner;
      return new Session() {
        @Override
        public CompletableFuture<Answer> send(Message message) {
          keep(message);
          return CompletableFuture.completedFuture(yes(message));
        }

        @Override
        public void hangUp() {
          disconnect();
          connect();
        }

        @Override
        public void close() {
          farewell.get().ifPresent(Wire.this::keep);
        }
      };
    }

    private void keep(Message message) {
      sent.add(message);
    }

    void connect() {
      farewell.get().ifPresent(this::keep);
      owner().connected();
      scheduler.pass(Duration.ofSeconds(2));
    }

    void disconnect() {
      farewell.get().ifPresent(this::keep);
      owner().disconnected("the test pulled the plug");
      scheduler.runDue();
    }

    private Listener owner() {
      if (listener == null) {
        throw new IllegalStateException("not opened");
      }
      return listener;
    }

    private Answer yes(Message message) {
      if (message.verb() == Verb.GET) {
        return new Answer.Replied(200, "{\"value\":[]}".getBytes(StandardCharsets.UTF_8));
      }
      if (message.channel().equals("CreateObservations")) { // a link per row: OGC 18-088, 10.4.5
        int rows =
            new String(message.payload(), StandardCharsets.UTF_8).split("\"offset\":").length;
        String links = String.join(",", Collections.nCopies(rows - 1, "\"Observations(1)\""));
        return new Answer.Replied(201, ("[" + links + "]").getBytes(StandardCharsets.UTF_8));
      }
      made++;
      return new Answer.Replied(
          201, Map.of("location", message.channel() + "(" + made + ")"), new byte[0]);
    }
  }

  // --- the registry

  @Override
  public Optional<Datastream> datastream(DatastreamId id) {
    Datastream raw = datastreams.get(id);
    return raw != null
        ? Optional.of(raw)
        : datastreams.values().stream().flatMap(each -> each.derived(id).stream()).findFirst();
  }

  @Override
  public List<Datastream> datastreams() {
    return List.copyOf(datastreams.values());
  }

  @Override
  public List<Thing> things() {
    return List.copyOf(things.values());
  }

  @Override
  public Optional<Thing> thing(ThingId id) {
    return Optional.ofNullable(things.get(id));
  }

  @Override
  public List<Device> devices() {
    return List.of();
  }

  @Override
  public Resolution resolve(Channel channel) {
    return new Resolution.WaitingForAdoption();
  }

  @Override
  public void adopt(DeviceId device, ThingId thing) {
    throw new UnsupportedOperationException("nobody adopts anything here");
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    return () -> {};
  }
}
