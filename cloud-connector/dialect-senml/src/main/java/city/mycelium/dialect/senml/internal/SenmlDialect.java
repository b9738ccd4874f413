package city.mycelium.dialect.senml.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.dialect.Turn.Dispatch;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.Acknowledgement.Refused;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import city.mycelium.dialect.senml.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gateway's end of docs/wire.md. Has no state of its own: what was sent and what is proven is
 * sync's to remember. Safe for use by many threads.
 */
public final class SenmlDialect implements Dialect {

  /** Channels: docs/wire.md, 2. */
  static final String DATA = "data";

  static final String ACK = "ack";
  static final String STATUS = "status";

  private static final String JSON = "application/json";
  private static final byte[] NO_STATE = {};

  private final SenmlCodec codec;

  SenmlDialect(SenmlCodec codec) {
    this.codec = codec;
  }

  /** Text that a person can read on the broker. */
  public static SenmlDialect json() {
    return new SenmlDialect(SenmlCodec.json());
  }

  /** The same in fewer bytes. */
  public static SenmlDialect cbor() {
    return new SenmlDialect(SenmlCodec.cbor());
  }

  @Override
  public Optional<Message> farewell(Link link, byte[] state) {
    return Optional.of(status(Status.offline()));
  }

  @Override
  public Set<String> inboundChannels(Link link) {
    return link.proof() == Proof.RECEIVER ? Set.of(ACK) : Set.of();
  }

  /** Our receiver knows identities (docs/wire.md, 3); who else reads it, nobody knows. */
  @Override
  public boolean isRepeatHarmless(Link link) {
    return link.proof() == Proof.RECEIVER;
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Send send) {
      return send(link, send);
    }
    if (event instanceof DialectEvent.Answered answered) {
      return outcomes(answered(link, answered));
    }
    if (event instanceof DialectEvent.Received received) {
      return outcomes(received(link, received.message()));
    }
    if (event instanceof DialectEvent.Connected connected) {
      return introduce(link, connected.catalogue());
    }
    if (event instanceof DialectEvent.CatalogueChanged changed) {
      return introduce(link, changed.catalogue());
    }
    return outcomes(List.of()); // time means nothing here
  }

  private static Turn introduce(Link link, Catalogue catalogue) {
    Message hello =
        status(
            Status.online(link.epoch(), Predecessors.reaching(1, link.predecessors()), catalogue));
    return new Turn(NO_STATE, List.of(new Dispatch(hello, null)), List.of());
  }

  /**
   * An Observation from before SenML's time is rejected alone and counted as dropped, so that it
   * cannot hold up the others.
   */
  private Turn send(Link link, DialectEvent.Send send) {
    List<Entry> entries = new ArrayList<>(send.observations().size());
    List<Outcome> outcomes = new ArrayList<>();
    for (Described described : send.observations()) {
      if (codec.canSay(described.observation().phenomenonTime())) {
        entries.add(
            new Entry(
                described.observation(),
                described.datastream().property().name(),
                described.datastream().unit()));
      } else {
        outcomes.add(tooEarly(described));
      }
    }
    SenmlPack pack =
        new SenmlPack(
            link.gateway(),
            link.epoch(),
            Predecessors.reaching(send.covers().first(), link.predecessors()),
            send.covers(),
            send.dropped() + outcomes.size(),
            entries);
    Message message = new Message(DATA, codec.mediaType(), codec.encode(pack), false);
    return new Turn(NO_STATE, List.of(new Dispatch(message, send.covers())), outcomes);
  }

  private static Outcome tooEarly(Described described) {
    long offset = described.observation().identity().offset();
    return new Outcome.Rejected(
        new OffsetRange(offset, offset),
        "SenML cannot say a time before July 1978 (RFC 8428, 4.5.3), but "
            + described.datastream().id()
            + " was observed at "
            + described.observation().phenomenonTime()
            + ": look at the clock of its device");
  }

  private static List<Outcome> answered(Link link, DialectEvent.Answered answered) {
    OffsetRange covers = answered.covers();
    if (covers == null) {
      return List.of();
    }
    Outcome outcome = Outcome.usual(link, covers, answered.answer());
    // A broker that has it is not a receiver that has it: docs/wire.md, 1.
    return link.proof() == Proof.RECEIVER && outcome instanceof Outcome.Delivered
        ? List.of()
        : List.of(outcome);
  }

  private static List<Outcome> received(Link link, Message message) {
    if (!message.channel().equals(ACK) || link.proof() != Proof.RECEIVER) {
      return List.of(
          new Outcome.Unintelligible("nothing was expected on the channel " + message.channel()));
    }
    Acknowledgement ack;
    try {
      ack = Acknowledgement.parse(message.payload());
    } catch (SenmlException e) {
      return List.of(
          new Outcome.Unintelligible(
              "the receiver's acknowledgement cannot be read: " + e.getMessage()));
    }
    if (ack.epoch() != link.epoch()) {
      return List.of(); // a retained one from before this journal was begun
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Refused refused : ack.refused()) {
      outcomes.add(new Outcome.Rejected(refused.offsets(), "the receiver: " + refused.why()));
    }
    if (ack.contiguous() > 0) {
      outcomes.add(new Outcome.Delivered(ack.epoch(), new OffsetRange(1, ack.contiguous())));
    }
    long covered = ack.contiguous();
    for (OffsetRange range : ack.above()) {
      outcomes.add(new Outcome.Delivered(ack.epoch(), range));
      if (range.first() > covered + 1) {
        missing(new OffsetRange(covered + 1, range.first() - 1), ack, outcomes);
      }
      covered = range.last();
    }
    return outcomes;
  }

  /** What is refused is not missing: sent again as it is, it would be refused again. */
  private static void missing(OffsetRange gap, Acknowledgement ack, List<Outcome> outcomes) {
    long from = gap.first();
    for (Refused refused : ack.refused()) {
      OffsetRange offsets = refused.offsets();
      if (offsets.last() < from || offsets.first() > gap.last()) {
        continue;
      }
      if (offsets.first() > from) {
        outcomes.add(new Outcome.Missing(ack.epoch(), new OffsetRange(from, offsets.first() - 1)));
      }
      from = offsets.last() + 1;
    }
    if (from <= gap.last()) {
      outcomes.add(new Outcome.Missing(ack.epoch(), new OffsetRange(from, gap.last())));
    }
  }

  private static Message status(Status status) {
    return new Message(STATUS, JSON, status.toJson(), true);
  }

  private static Turn outcomes(List<Outcome> outcomes) {
    return new Turn(NO_STATE, List.of(), outcomes);
  }
}
