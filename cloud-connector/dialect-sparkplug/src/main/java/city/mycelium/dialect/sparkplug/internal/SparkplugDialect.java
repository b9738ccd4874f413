package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.dialect.Turn.Dispatch;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.sparkplug.internal.Metric.Property;
import city.mycelium.protobuf.FieldReader;
import city.mycelium.protobuf.MessageWriter;
import city.mycelium.protobuf.ProtobufException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Sparkplug edge node (Sparkplug 3.0, 5): births before data, a sequence over all of it, history
 * marked as such, silence while the primary host is away. Safe for use by many threads.
 */
final class SparkplugDialect implements Dialect {

  static final String PROTOBUF = "application/x-protobuf";

  private static final String REBIRTH = "Node Control/Rebirth";
  private static final String BIRTH_SEQUENCE = "bdSeq";
  private static final String BIRTH_TAG = "birth";

  /** Added to a flight's tag: one of its messages was too large. */
  private static final String LARGE = "!";

  /** Sparkplug 3.0, 6.4.7: BAD; there is no word for doubtful. */
  private static final Integer BAD = 0;

  private final EdgeNode node;

  SparkplugDialect(EdgeNode node) {
    this.node = node;
  }

  /** NDEATH (6.4.19): the next connection's bdSeq and nothing else, QoS 1, not retained. */
  @Override
  public Optional<Message> farewell(Link link, byte[] state) {
    MessageWriter payload =
        new MessageWriter()
            .message(
                Fields.METRICS,
                new MessageWriter()
                    .text(Fields.METRIC_NAME, BIRTH_SEQUENCE)
                    .whole(Fields.METRIC_DATATYPE, DataType.INT64.code())
                    .whole(Fields.METRIC_LONG, Memory.of(state).nextBirth));
    return Optional.of(Message.post(node.topic("NDEATH", link), PROTOBUF, payload.toBytes()));
  }

  /** No device takes commands, so only the node listens (5.5, 5.6). */
  @Override
  public Set<String> inboundChannels(Link link) {
    return node.waits()
        ? Set.of(node.topic("NCMD", link), node.stateTopic())
        : Set.of(node.topic("NCMD", link));
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Answered answered) {
      OffsetRange covers = answered.covers();
      String trouble = trouble(answered.answer());
      if (covers != null) {
        return answered(link, Memory.of(state), answered, covers);
      }
      return trouble == null
          ? Turn.quiet(state) // one of many, and nothing to remember: the state may be large
          : untaken(Memory.of(state), answered.tag(), answered.answer(), trouble);
    }
    Memory memory = Memory.of(state);
    if (event instanceof DialectEvent.Connected connected) {
      return connected(link, memory, connected);
    }
    if (event instanceof DialectEvent.CatalogueChanged changed) {
      memory.now = changed.now();
      boolean forgot = forget(memory, changed.catalogue());
      return memory.born && forgot ? say(memory, births(link, memory)) : quiet(memory);
    }
    if (event instanceof DialectEvent.Send send) {
      return send(link, memory, send);
    }
    if (event instanceof DialectEvent.Received received) {
      return received(link, memory, received.message());
    }
    return Turn.quiet(state); // a birth may be as old as the last data: the time is not written on
  }

  private Turn connected(Link link, Memory memory, DialectEvent.Connected connected) {
    memory.now = connected.now();
    memory.birth = memory.nextBirth;
    memory.nextBirth = (memory.nextBirth + 1) & 0xff;
    memory.born = false;
    memory.hostOnline = false; // its state is retained, and told at once
    memory.failed.clear();
    forget(memory, connected.catalogue());
    return node.waits() ? quiet(memory) : say(memory, births(link, memory));
  }

  /** Of what may not be told any more nothing is told, not even that it was there. */
  private static boolean forget(Memory memory, Catalogue catalogue) {
    Set<String> told = new HashSet<>();
    catalogue.datastreams().forEach(stream -> told.add(stream.id().value()));
    return memory.metrics.values().removeIf(known -> !told.contains(known.datastream()));
  }

  /**
   * NBIRTH and all DBIRTHs (6.4.17, 6.4.20), without values: a value told twice is stored twice.
   */
  private List<Dispatch> births(Link link, Memory memory) {
    memory.born = true;
    memory.sequence = 0;
    List<Dispatch> births = new ArrayList<>();
    births.add(
        birth(
            node.topic("NBIRTH", link),
            payload(
                memory,
                List.of(
                    Metric.of(BIRTH_SEQUENCE, memory.now, DataType.INT64, (long) memory.birth),
                    Metric.of(REBIRTH, memory.now, DataType.BOOLEAN, false)))));
    memory
        .byDevice()
        .forEach(
            (device, metrics) ->
                births.add(
                    birth(
                        node.topic("DBIRTH", link, device),
                        payload(memory, introductions(memory.now, metrics)))));
    return births;
  }

  private static List<Metric> introductions(long now, Map<String, Memory.Known> metrics) {
    List<Metric> introductions = new ArrayList<>();
    metrics.forEach(
        (name, known) ->
            introductions.add(
                new Metric(
                    name,
                    now,
                    known.type(),
                    null,
                    false,
                    known.unit().isEmpty()
                        ? List.of()
                        : List.of(new Property("engUnit", known.unit())))));
    return introductions;
  }

  private static Dispatch birth(String topic, MessageWriter payload) {
    return new Dispatch(message(topic, payload), null, BIRTH_TAG);
  }

  private static MessageWriter payload(Memory memory, List<Metric> metrics) {
    MessageWriter payload = new MessageWriter().whole(Fields.TIMESTAMP, memory.now);
    metrics.forEach(metric -> payload.message(Fields.METRICS, metric.toMessage()));
    return payload.whole(Fields.SEQ, memory.takeSequence());
  }

  /** QoS 0, not retained: all but the will (6.4). */
  private static Message message(String topic, MessageWriter payload) {
    return Message.post(topic, PROTOBUF, payload.toBytes()).atMostOnce();
  }

  private Turn send(Link link, Memory memory, DialectEvent.Send send) {
    memory.now = send.now();
    if (send.observations().isEmpty()) {
      return new Turn(
          memory.toBytes(), List.of(), List.of(new Outcome.Delivered(link.epoch(), send.covers())));
    }
    if (!memory.born) {
      String why =
          node.waits() && !memory.hostOnline
              ? "the primary host " + node.primaryHost() + " is not online: the data waits"
              : "the edge node was not born yet: its births wait for a connection";
      return new Turn(
          memory.toBytes(), List.of(), List.of(new Outcome.SendAgain(send.covers(), why)));
    }
    boolean unheardOf = false;
    Map<String, List<Metric>> data = new LinkedHashMap<>();
    for (Described described : send.observations()) {
      unheardOf |= tell(memory, described, data);
    }
    List<Dispatch> dispatches = new ArrayList<>();
    if (unheardOf) { // 6.4.18: what was not in a birth may not be in data
      dispatches.addAll(births(link, memory));
    }
    String tag = "f" + memory.sequence + "/" + send.covers().first();
    int left = data.size();
    for (Map.Entry<String, List<Metric>> device : data.entrySet()) {
      left--;
      boolean carries = left == 0 && !node.fence();
      dispatches.add(
          new Dispatch(
              message(
                  node.topic("DDATA", link, device.getKey()), payload(memory, device.getValue())),
              carries ? send.covers() : null,
              tag));
    }
    if (node.fence()) {
      dispatches.add(
          new Dispatch(
              Message.post(node.fenceTopic(link), "application/octet-stream", new byte[0]),
              send.covers(),
              tag));
    }
    return say(memory, dispatches);
  }

  /** Adds an Observation's metrics; true if one of them is in no birth yet. */
  private boolean tell(Memory memory, Described described, Map<String, List<Metric>> data) {
    Observation observation = described.observation();
    String device = node.device(described);
    String name = node.metric(described.datastream());
    long time = observation.phenomenonTime().from();
    boolean unheardOf = false;
    List<Property> properties = properties(observation);
    for (Metrics.Part part : observation.result().accept(Metrics.PARTS)) {
      Memory.Key key = new Memory.Key(device, name + part.below());
      Memory.Known known = memory.metrics.get(key);
      boolean same = known != null && known.type() == part.type();
      unheardOf |= !same;
      long last = known == null ? Long.MIN_VALUE : known.last();
      boolean historical = time < memory.now - node.historicalAfterMillis() || time < last;
      memory.metrics.put(
          key,
          new Memory.Known(
              described.datastream().id().value(),
              part.type(),
              unit(part, described.datastream().unit()),
              Math.max(last, time)));
      data.computeIfAbsent(device, none -> new ArrayList<>())
          .add(new Metric(key.metric(), time, part.type(), part.value(), historical, properties));
      properties = properties.stream().filter(each -> !IDENTITY.contains(each.key())).toList();
    }
    return unheardOf;
  }

  private static String unit(Metrics.Part part, Unit unit) {
    if (!part.ofUnit()) {
      return "";
    }
    return part.below().isEmpty()
        ? unit.code()
        : new Statistic(part.below().substring(1)).unitIn(unit).code();
  }

  /** Said once per Observation. */
  private static final Set<String> IDENTITY = Set.of("epoch", "offset");

  private static List<Property> properties(Observation observation) {
    List<Property> properties = new ArrayList<>();
    properties.add(new Property("epoch", Identity.epochText(observation.identity().epoch())));
    properties.add(new Property("offset", observation.identity().offset()));
    if (!observation.phenomenonTime().isInstant()) {
      properties.add(new Property("until", observation.phenomenonTime().to()));
    }
    if (observation.quality() == Quality.SUSPECT) {
      properties.add(new Property("Quality", BAD));
    } else if (observation.quality() == Quality.UNDATED) {
      properties.add(new Property("undated", true));
    }
    return properties;
  }

  /** A birth, or some of a flight's data, did not get there. */
  private static Turn untaken(Memory memory, String tag, Answer answer, String trouble) {
    if (tag.equals(BIRTH_TAG)) {
      return stillborn(memory, answer, trouble);
    }
    memory.failed.add(tag + (answer instanceof Answer.TooLarge ? LARGE : ""));
    return quiet(memory);
  }

  /** What proves a flight, or does not. */
  private Turn answered(
      Link link, Memory memory, DialectEvent.Answered answered, OffsetRange covers) {
    String tag = answered.tag();
    String trouble = trouble(answered.answer());
    boolean large = memory.failed.remove(tag + LARGE);
    boolean failed = memory.failed.remove(tag);
    Outcome outcome;
    if (large || (!node.fence() && answered.answer() instanceof Answer.TooLarge)) {
      outcome =
          new Outcome.TooLarge(covers, "the data of one device is more than the broker takes");
    } else if (failed) {
      outcome = new Outcome.SendAgain(covers, "a message of data was not taken");
    } else if (trouble != null) {
      outcome =
          new Outcome.SendAgain(
              covers,
              node.fence()
                  ? "the broker did not confirm "
                      + node.fenceTopic(link)
                      + ": allow it there, or set fence=off ("
                      + trouble
                      + ")"
                  : trouble);
    } else if (node.waits() && !memory.hostOnline) {
      outcome = new Outcome.SendAgain(covers, "the primary host went away meanwhile");
    } else {
      outcome = new Outcome.Delivered(link.epoch(), covers);
    }
    return new Turn(memory.toBytes(), List.of(), List.of(outcome));
  }

  /** Without its births nobody understands the data: begin anew, after the connector's pause. */
  private static Turn stillborn(Memory memory, Answer answer, String trouble) {
    if (answer instanceof Answer.Unknown || !memory.born) {
      return quiet(memory); // the line is gone, and the next one begins with births; or said before
    }
    memory.born = false;
    return new Turn(
        memory.toBytes(),
        List.of(),
        List.of(new Outcome.Unintelligible("a birth was not taken: " + trouble)),
        true);
  }

  private static @Nullable String trouble(Answer answer) {
    if (answer instanceof Answer.Replied replied) {
      return replied.isSuccess() ? null : "answered with " + replied.status();
    }
    if (answer instanceof Answer.Refused refused) {
      return refused.why();
    }
    return answer instanceof Answer.TooLarge large ? large.why() : ((Answer.Unknown) answer).why();
  }

  private Turn received(Link link, Memory memory, Message message) {
    if (node.waits() && message.channel().equals(node.stateTopic())) {
      return HostState.parse(message.payload())
          .map(host -> host(link, memory, host))
          .orElseGet(
              () ->
                  unintelligible(
                      memory, "the state of host " + node.primaryHost() + " cannot be read"));
    }
    if (!message.channel().equals(node.topic("NCMD", link))) {
      return unintelligible(memory, "nothing was expected on the channel " + message.channel());
    }
    try {
      return asksForRebirth(message.payload()) && memory.born
          ? say(memory, births(link, memory))
          : quiet(memory);
    } catch (ProtobufException e) {
      return unintelligible(memory, "a command cannot be read: " + e.getMessage());
    }
  }

  /** 5.4: an older word than the last one is not heard; online, births; offline, death. */
  private Turn host(Link link, Memory memory, HostState host) {
    if (host.timestamp() < memory.hostSince) {
      return quiet(memory);
    }
    memory.hostSince = host.timestamp();
    memory.hostOnline = host.online();
    if (host.online()) {
      return memory.born ? quiet(memory) : say(memory, births(link, memory));
    }
    boolean wasBorn = memory.born;
    memory.born = false;
    // Hung up properly the broker says our NDEATH.
    return new Turn(memory.toBytes(), List.of(), List.of(), wasBorn);
  }

  private static boolean asksForRebirth(byte[] payload) throws ProtobufException {
    boolean asked = false;
    FieldReader in = new FieldReader(payload);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == Fields.METRICS) {
        FieldReader metric = in.message();
        String name = "";
        boolean value = false;
        for (int part = metric.next(); part != 0; part = metric.next()) {
          if (part == Fields.METRIC_NAME) {
            name = metric.text();
          } else if (part == Fields.METRIC_BOOLEAN) {
            value = metric.truth();
          }
        }
        asked |= name.equals(REBIRTH) && value;
      }
    }
    return asked;
  }

  private static Turn unintelligible(Memory memory, String why) {
    return new Turn(memory.toBytes(), List.of(), List.of(new Outcome.Unintelligible(why)));
  }

  private static Turn say(Memory memory, List<Dispatch> dispatches) {
    return new Turn(memory.toBytes(), dispatches, List.of());
  }

  private static Turn quiet(Memory memory) {
    return Turn.quiet(memory.toBytes());
  }
}
