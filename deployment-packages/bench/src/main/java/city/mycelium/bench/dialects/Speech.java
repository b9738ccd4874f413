package city.mycelium.bench.dialects;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectEvent.Send;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What is said to a dialect to measure it: the city's observations in its order, a hundred at a
 * time, without those that it has no words for, which nobody would select.
 *
 * @param introduction until each Datastream has been heard of
 * @param sends what is measured
 */
record Speech(Catalogue catalogue, List<Send> introduction, List<Send> sends) {

  /** Observations in one message, as a Destination has them by default. */
  static final int BATCH = 100;

  private static final long SEED = 11;
  private static final int TRIED = 10;
  private static final int MOST_INTRODUCTION = 200;
  private static final long SENT_AFTER_MILLIS = 1_000;

  /** For one dialect. */
  static Speech to(Setup setup, int sends) {
    Speech all = of(setup.selection(), TRIED);
    Set<DatastreamId> refused = all.refusedBy(setup.dialect());
    return of(setup.selection().and(stream -> !refused.contains(stream.id())), sends);
  }

  private static Speech of(Predicate<Datastream> selection, int sends) {
    City city = new City(SEED, selection);
    Set<DatastreamId> unheard = new HashSet<>();
    city.datastreams().forEach(stream -> unheard.add(stream.id()));
    if (unheard.isEmpty()) {
      throw new IllegalStateException("there is nothing that the dialect has words for");
    }
    List<Send> introduction = new ArrayList<>();
    long covered = 0;
    while (!unheard.isEmpty() && introduction.size() < MOST_INTRODUCTION) {
      Send send = send(city.next(BATCH), covered);
      introduction.add(send);
      covered = send.covers().last();
      send.observations().forEach(told -> unheard.remove(told.datastream().id()));
    }
    List<Send> rest = new ArrayList<>();
    for (int i = 0; i < sends; i++) {
      Send send = send(city.next(BATCH), covered);
      rest.add(send);
      covered = send.covers().last();
    }
    return new Speech(city.catalogue(), List.copyOf(introduction), List.copyOf(rest));
  }

  private static Send send(List<Described> observations, long covered) {
    long last = offset(observations.get(observations.size() - 1));
    long now =
        observations.stream().mapToLong(told -> told.observation().receivedAt()).max().orElse(0);
    return new Send(new OffsetRange(covered + 1, last), 0, observations, now + SENT_AFTER_MILLIS);
  }

  static long offset(Described described) {
    return described.observation().identity().offset();
  }

  /** The connection stands. */
  DialectEvent.Connected connected() {
    return new DialectEvent.Connected(catalogue, introduction.get(0).now());
  }

  /** Datastreams of which it refuses most. */
  private Set<DatastreamId> refusedBy(Dialect dialect) {
    Set<Long> rejected = new TreeSet<>();
    Conversation conversation =
        new Conversation(
            dialect,
            message -> {},
            outcome -> {
              if (outcome instanceof Outcome.Rejected no
                  && no.offsets().first() == no.offsets().last()) {
                rejected.add(no.offsets().first());
              }
            });
    conversation.say(connected());
    Map<DatastreamId, Integer> balance = new HashMap<>();
    List<Send> all = new ArrayList<>(introduction);
    all.addAll(sends);
    for (Send send : all) {
      conversation.say(send);
      for (Described told : send.observations()) {
        balance.merge(
            told.datastream().id(), rejected.contains(offset(told)) ? -1 : 1, Integer::sum);
      }
    }
    Set<DatastreamId> refused = new HashSet<>();
    balance.forEach(
        (id, of) -> {
          if (of < 0) {
            refused.add(id);
          }
        });
    return refused;
  }
}
