package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.PlatformWords;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.dialect.Turn.Dispatch;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to an NGSI-LD broker over HTTP: entities are upserted, so a repeat says the same again and
 * changes nothing. Its state is {@link Marks}. Safe for use by many threads.
 */
final class NgsiLdDialect implements Dialect {

  private final Manner manner;
  private final AttributeTable table;
  private final EntityWriter writer;

  NgsiLdDialect(Manner manner, AttributeTable table) {
    this.manner = manner;
    this.table = table;
    writer = new EntityWriter(manner);
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Send send) {
      return send(link, Marks.of(state), send);
    }
    if (event instanceof DialectEvent.Answered answered) {
      return answered(link, Marks.of(state), answered);
    }
    if (event instanceof DialectEvent.Connected) {
      Marks marks = Marks.of(state);
      marks.forgetOpen();
      return Turn.quiet(marks.bytes());
    }
    return Turn.quiet(state); // an entity is made with its first value
  }

  /** An entity is updated in place. */
  @Override
  public boolean isRepeatHarmless(Link link) {
    return true;
  }

  @Override
  public Optional<Inquiry> inquiry(Link link, byte[] state, Described told) {
    try {
      return Optional.of(new ShownValue(manner, value(link, told)).inquiry());
    } catch (UnspeakableException e) {
      return Optional.empty(); // then it was never told
    }
  }

  private Turn send(Link link, Marks marks, DialectEvent.Send send) {
    List<Outcome> outcomes = new ArrayList<>();
    Map<String, List<Value>> byKey = new LinkedHashMap<>();
    boolean waits = false;
    for (Described described : send.observations()) {
      long offset = described.observation().identity().offset();
      try {
        Value value = value(link, described);
        if (marks.arePast(value)) {
          // The entity says something newer of the same, or soon will; this would take it back.
          waits |= !marks.hasLanded(value);
          outcomes.add(
              marks.hasLanded(value)
                  ? new Outcome.Delivered(link.epoch(), one(offset))
                  : new Outcome.SendAgain(
                      one(offset), "a newer value of the same has yet to be answered"));
        } else {
          byKey.computeIfAbsent(value.key(), key -> new ArrayList<>()).add(value);
        }
      } catch (UnspeakableException e) {
        outcomes.add(new Outcome.Rejected(one(offset), String.valueOf(e.getMessage())));
      }
    }
    byKey.values().forEach(values -> values.sort(Comparator.comparing(Freshness::of)));
    byKey.values().forEach(values -> values.forEach(marks::sent));
    List<Dispatch> dispatches =
        manner.everyValue() ? each(byKey, send.covers()) : newest(byKey, send.covers());
    if (dispatches.isEmpty() && !waits) {
      outcomes.add(new Outcome.Delivered(link.epoch(), send.covers()));
    }
    return new Turn(marks.bytes(), dispatches, outcomes);
  }

  private Value value(Link link, Described described) throws UnspeakableException {
    Optional<Attribute> attribute = table.of(described.datastream());
    if (attribute.isEmpty()) {
      throw new UnspeakableException(
          "no data model is known for "
              + described.datastream().property().name()
              + ": say <Type>.<attribute> for it in the mapping file, or do not select "
              + described.datastream().id());
    }
    String entity =
        manner.entity(
            link.gateway(), described.thing(), attribute.get().type(), described.datastream());
    return Value.of(described, attribute.get(), entity);
  }

  /**
   * The first message has the oldest value of each attribute, the last the newest of those left.
   */
  private List<Dispatch> each(Map<String, List<Value>> byKey, OffsetRange covers) {
    List<Dispatch> dispatches = new ArrayList<>();
    int most = byKey.values().stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < most; i++) {
      int wave = i;
      List<Value> values =
          byKey.values().stream().filter(of -> of.size() > wave).map(of -> of.get(wave)).toList();
      Map<String, Set<Long>> offsets = new LinkedHashMap<>();
      values.forEach(value -> offsets(offsets, value.entity()).add(value.offset()));
      dispatches.add(dispatch(values, offsets, covers));
    }
    return dispatches;
  }

  private List<Dispatch> newest(Map<String, List<Value>> byKey, OffsetRange covers) {
    if (byKey.isEmpty()) {
      return List.of();
    }
    List<Value> values = new ArrayList<>();
    Map<String, Set<Long>> offsets = new LinkedHashMap<>();
    for (List<Value> of : byKey.values()) {
      values.add(of.get(of.size() - 1));
      of.forEach(value -> offsets(offsets, value.entity()).add(value.offset()));
    }
    return List.of(dispatch(values, offsets, covers));
  }

  private static Set<Long> offsets(Map<String, Set<Long>> offsets, String entity) {
    return offsets.computeIfAbsent(entity, id -> new TreeSet<>());
  }

  private Dispatch dispatch(
      List<Value> values, Map<String, Set<Long>> offsets, OffsetRange covers) {
    return new Dispatch(writer.upsert(values), covers, new Cargo(offsets).tag());
  }

  private static Turn answered(Link link, Marks marks, DialectEvent.Answered answered) {
    Cargo cargo = Cargo.of(answered.tag());
    OffsetRange covers = answered.covers();
    Judgement judgement = new Judgement(link, marks);
    if (answered.answer() instanceof Answer.Replied replied) {
      replied(judgement, cargo, replied, covers);
    } else if (covers != null && answered.answer() instanceof Answer.TooLarge large) {
      judgement.tooLarge(cargo.all(), covers, large.why());
    } else {
      judgement.usual(cargo.all(), answered.answer());
    }
    return new Turn(marks.bytes(), List.of(), judgement.outcomes);
  }

  private static void replied(
      Judgement judgement, Cargo cargo, Answer.Replied replied, @Nullable OffsetRange covers) {
    Set<Long> all = cargo.all();
    if (replied.status() < 100) {
      judgement.again(
          all,
          "an MQTT broker's acknowledgement proves nothing of an NGSI-LD broker, which takes HTTP:"
              + " use the connector http");
    } else if (replied.isSuccess()) {
      Optional<BatchResult> result = BatchResult.of(replied);
      if (result.isPresent()) {
        cargo.offsets().forEach((id, of) -> judgement.entity(id, of, result.get()));
      } else if (replied.status() == 207) {
        judgement.again(all, "the broker answers 207 and does not say what it took");
      } else {
        judgement.delivered(all);
      }
    } else if (BatchResult.isAboutContext(replied)) {
      judgement.again(
          all,
          "the broker cannot use the terms it was pointed to; set dialect.context to inline, or"
              + " mend dialect.contextUrl. It answers "
              + replied.status()
              + PlatformWords.of(replied));
    } else if (covers != null
        && (replied.status() == 413 || (isAtFault(replied.status()) && all.size() > 1))) {
      // One of them spoils the batch: halves of it will tell which.
      judgement.tooLarge(
          all, covers, "the broker answers " + replied.status() + PlatformWords.of(replied));
    } else {
      judgement.usual(all, replied);
    }
  }

  private static boolean isAtFault(int status) {
    return status == 400 || status == 415 || status == 422;
  }

  private static OffsetRange one(long offset) {
    return new OffsetRange(offset, offset);
  }

  /** Outcomes as they are found; what did not land loses its mark. */
  private static final class Judgement {
    final List<Outcome> outcomes = new ArrayList<>();
    private final Link link;
    private final Marks marks;

    Judgement(Link link, Marks marks) {
      this.link = link;
      this.marks = marks;
    }

    void delivered(Set<Long> offsets) {
      marks.landed(offsets);
      offsets.forEach(offset -> outcomes.add(new Outcome.Delivered(link.epoch(), one(offset))));
    }

    void again(Set<Long> offsets, String why) {
      marks.forget(offsets);
      offsets.forEach(offset -> outcomes.add(new Outcome.SendAgain(one(offset), why)));
    }

    void tooLarge(Set<Long> offsets, OffsetRange covers, String why) {
      marks.forget(offsets);
      outcomes.add(new Outcome.TooLarge(covers, why));
    }

    void usual(Set<Long> offsets, Answer answer) {
      marks.forget(offsets);
      offsets.forEach(offset -> outcomes.add(Outcome.usual(link, one(offset), answer)));
    }

    void entity(String id, Set<Long> offsets, BatchResult result) {
      BatchResult.Problem problem = result.errors().get(id);
      if (problem != null && problem.isForGood()) {
        marks.forget(offsets);
        offsets.forEach(offset -> outcomes.add(new Outcome.Rejected(one(offset), problem.why())));
      } else if (problem != null) {
        again(offsets, problem.why());
      } else if (result.success().contains(id)) {
        delivered(offsets);
      } else {
        again(offsets, "the broker does not say whether it took " + id);
      }
    }
  }
}
