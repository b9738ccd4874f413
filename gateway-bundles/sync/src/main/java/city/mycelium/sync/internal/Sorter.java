package city.mycelium.sync.internal;

import city.mycelium.api.consent.Consent;
import city.mycelium.api.consent.Decision;
import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides for one Destination what of the journal is for it: selected, covered by a Grant, reduced
 * to the precision that the Grant allows. Owned by the Destination's Scheduler.
 */
final class Sorter {

  private final Destination destination;
  private final Registry registry;
  private final Consent consent;
  private final Clock clock;

  /** What has gone out since the start: only that tells which aggregates exist. */
  private final Map<DatastreamId, Datastream> told = new TreeMap<>();

  /** What was decided since {@link #judgeAnew}. */
  private final Map<DatastreamId, Verdict> verdicts = new HashMap<>();

  /** Likewise. */
  private final Map<ThingId, KnownThing> known = new HashMap<>();

  private long judgedAt;

  Sorter(Destination destination, Registry registry, Consent consent, Clock clock) {
    this.destination = destination;
    this.registry = registry;
    this.consent = consent;
    this.clock = clock;
  }

  /** To be called before every message: what was withdrawn is withheld from the next one on. */
  void judgeAnew() {
    verdicts.clear();
    known.clear();
    judgedAt = clock.epochMillis();
  }

  /** Whether what this Datastream says goes out. */
  boolean goes(DatastreamId id) {
    return verdict(id) instanceof Goes;
  }

  /** Begins to put together a message that covers offsets from there on. */
  Loading load(long first) {
    return new Loading(first);
  }

  /** A message in the making. Takes Observations in the order of their offsets. */
  final class Loading {
    private final long first;
    private final List<Described> outgoing = new ArrayList<>();
    private final Map<DatastreamId, Long> withheld = new HashMap<>();
    private final Map<DatastreamId, Long> unselected = new HashMap<>();
    private final List<OffsetRange> gone = new ArrayList<>();
    private long next;
    private boolean isNews;

    private Loading(long first) {
      this.first = first;
      next = first;
    }

    /** The offset that it covers next. */
    long next() {
      return next;
    }

    int outgoing() {
      return outgoing.size();
    }

    /** The next one that the journal has; what lies between is gone. */
    void take(Observation observation) {
      leave(observation);
      DatastreamId id = observation.datastream();
      Verdict verdict = verdict(id);
      if (verdict instanceof Goes goes) {
        outgoing.add(
            new Described(reduce(observation, goes.precision()), goes.datastream(), goes.thing()));
        isNews |= told.putIfAbsent(id, goes.datastream()) == null;
      } else {
        (verdict instanceof Stays ? withheld : unselected).merge(id, 1L, Long::sum);
      }
    }

    /** One that was not in this message when it went out before; so it stays. */
    void keepBack(Observation observation) {
      leave(observation);
      DatastreamId id = observation.datastream();
      (verdict(id) instanceof NotAskedFor ? unselected : withheld).merge(id, 1L, Long::sum);
    }

    /** One that this message does not carry, whatever may become of it. */
    void leave(Observation observation) {
      passTo(observation.identity().offset() - 1);
      next = observation.identity().offset() + 1;
    }

    /** The journal has nothing more up to there. */
    void passTo(long last) {
      if (next <= last) {
        Ranges.append(gone, new OffsetRange(next, last));
        next = last + 1;
      }
    }

    Cargo done() {
      Map<DatastreamId, Tally> rows = new HashMap<>();
      withheld.forEach((id, count) -> rows.put(id, Tally.withheld(count)));
      unselected.forEach((id, count) -> rows.put(id, Tally.unselected(count)));
      return new Cargo(
          new OffsetRange(first, next - 1), outgoing, new TallySheet(rows), gone, isNews);
    }
  }

  private sealed interface Verdict {}

  private record Goes(Datastream datastream, KnownThing thing, LocationPrecision precision)
      implements Verdict {}

  private record Stays() implements Verdict {}

  private record NotAskedFor() implements Verdict {}

  private Verdict verdict(DatastreamId id) {
    return verdicts.computeIfAbsent(id, this::judge);
  }

  private Verdict judge(DatastreamId id) {
    Optional<Datastream> datastream = registry.datastream(id);
    if (datastream.isEmpty()) {
      return new Stays(); // nobody knows whose it is
    }
    if (!destination
        .selection()
        .matches(datastream.get(), () -> known(datastream.get().thing()).location())) {
      return new NotAskedFor();
    }
    return consent.mayLeave(datastream.get(), destination.recipient(), judgedAt)
            instanceof Decision.Permitted permitted
        ? new Goes(datastream.get(), known(datastream.get().thing()), permitted.precision())
        : new Stays();
  }

  private KnownThing known(ThingId id) {
    return known.computeIfAbsent(
        id,
        thing ->
            registry.thing(thing).map(this::blur).orElse(new KnownThing(id, id.value(), null)));
  }

  private static Observation reduce(Observation observation, LocationPrecision precision) {
    if (!(observation.result() instanceof Result.Position exact)) {
      return observation;
    }
    return new Observation(
        observation.identity(),
        observation.datastream(),
        observation.phenomenonTime(),
        precision.apply(exact),
        observation.quality(),
        observation.receivedAt());
  }

  /** What the Destination may know about the sources of what it is sent. */
  Catalogue catalogue() {
    judgeAnew();
    Map<DatastreamId, Datastream> datastreams = new TreeMap<>(told);
    registry.datastreams().forEach(raw -> datastreams.put(raw.id(), raw));
    datastreams.keySet().removeIf(id -> !goes(id));
    Map<ThingId, KnownThing> things = new TreeMap<>();
    for (Datastream datastream : datastreams.values()) {
      registry.thing(datastream.thing()).ifPresent(thing -> things.put(thing.id(), blur(thing)));
    }
    return new Catalogue(List.copyOf(things.values()), List.copyOf(datastreams.values()));
  }

  private KnownThing blur(Thing thing) {
    Result.Position exact = thing.location();
    return new KnownThing(
        thing.id(),
        thing.name(),
        exact != null
                && consent.mayTellPlace(thing, destination.recipient(), judgedAt)
                    instanceof Decision.Permitted permitted
            ? permitted.precision().apply(exact)
            : null);
  }
}
