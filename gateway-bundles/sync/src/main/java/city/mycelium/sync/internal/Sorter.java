package city.mycelium.sync.internal;

import city.mycelium.api.consent.Consent;
import city.mycelium.api.consent.Decision;
import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
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
  private final Map<DatastreamId, Datastream> gone = new TreeMap<>();

  /** What was decided since {@link #judgeAnew}. */
  private final Map<DatastreamId, Verdict> verdicts = new HashMap<>();

  private long judgedAt;

  Sorter(Destination destination, Registry registry, Consent consent, Clock clock) {
    this.destination = destination;
    this.registry = registry;
    this.consent = consent;
    this.clock = clock;
  }

  /**
   * What goes out of a run of Observations, and what becomes of the rest.
   *
   * @param news whether a Datastream goes out for the first time: the catalogue has grown
   */
  record Sorted(List<Described> outgoing, long withheld, long unselected, boolean news) {

    Tally tally(long dropped) {
      return new Tally(outgoing.size(), withheld, unselected, dropped);
    }
  }

  /** To be called before every message: what was withdrawn is withheld from the next one on. */
  void judgeAnew() {
    verdicts.clear();
    judgedAt = clock.epochMillis();
  }

  /** Whether what this Datastream says goes out. */
  boolean goes(DatastreamId id) {
    return verdict(id) instanceof Goes;
  }

  Sorted sort(List<Observation> observations) {
    List<Described> outgoing = new ArrayList<>(observations.size());
    long withheld = 0;
    long unselected = 0;
    boolean news = false;
    for (Observation observation : observations) {
      Verdict verdict = verdict(observation.datastream());
      if (verdict instanceof Goes goes) {
        outgoing.add(new Described(reduce(observation, goes.precision()), goes.datastream()));
        if (gone.putIfAbsent(observation.datastream(), goes.datastream()) == null) {
          news = true;
        }
      } else if (verdict instanceof Stays) {
        withheld++;
      } else {
        unselected++;
      }
    }
    return new Sorted(outgoing, withheld, unselected, news);
  }

  private sealed interface Verdict {}

  private record Goes(Datastream datastream, LocationPrecision precision) implements Verdict {}

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
    if (!destination.selects(datastream.get())) {
      return new NotAskedFor();
    }
    return consent.mayLeave(datastream.get(), destination.recipient(), judgedAt)
            instanceof Decision.Permitted permitted
        ? new Goes(datastream.get(), permitted.precision())
        : new Stays();
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
    Map<DatastreamId, Datastream> told = new TreeMap<>(gone);
    registry.datastreams().forEach(raw -> told.put(raw.id(), raw));
    told.keySet().removeIf(id -> !goes(id));
    Map<ThingId, Thing> things = new TreeMap<>();
    for (Datastream datastream : told.values()) {
      registry.thing(datastream.thing()).ifPresent(thing -> things.put(thing.id(), blur(thing)));
    }
    return new Catalogue(List.copyOf(things.values()), List.copyOf(told.values()));
  }

  private Thing blur(Thing thing) {
    Result.Position exact = thing.location();
    return new Thing(
        thing.id(),
        thing.name(),
        thing.owner(),
        exact != null
                && consent.mayTellPlace(thing, destination.recipient(), judgedAt)
                    instanceof Decision.Permitted permitted
            ? permitted.precision().apply(exact)
            : null);
  }
}
