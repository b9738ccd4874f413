package city.mycelium.cli;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.ThingId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A dialect at a desk: says what it would say on a gateway, to a platform that is not there, and
 * that says yes to everything. For one thread.
 */
final class Desk {

  /** A dialect may have to ask or found a few things before it can say what it should. */
  private static final int ROUNDS = 10;

  private final Dialect dialect;
  private final Link link;
  private final BiConsumer<Message, Boolean> told;
  private final Consumer<String> complaints;
  private final Map<ThingId, KnownThing> things = new TreeMap<>();
  private final Map<DatastreamId, Datastream> datastreams = new TreeMap<>();
  private byte[] state = {};
  private boolean connected;
  private long made;

  /**
   * @param told each message, and whether it is the farewell
   * @param complaints what the dialect has no words for
   */
  Desk(Dialect dialect, Link link, BiConsumer<Message, Boolean> told, Consumer<String> complaints) {
    this.dialect = dialect;
    this.link = link;
    this.told = told;
    this.complaints = complaints;
  }

  boolean isOf(Identity identity) {
    return link.gateway().equals(identity.gateway()) && link.epoch() == identity.epoch();
  }

  /** Says these, in the order of their offsets. */
  void say(List<Described> batch) {
    long now = batch.stream().mapToLong(each -> each.observation().receivedAt()).max().orElse(0);
    introduce(batch, now);
    OffsetRange covers =
        new OffsetRange(
            batch.get(0).observation().identity().offset(),
            batch.get(batch.size() - 1).observation().identity().offset());
    boolean isSaid = false;
    for (int round = 0; round < ROUNDS && !isSaid; round++) {
      isSaid = turn(new DialectEvent.Send(covers, 0, batch, now));
    }
  }

  private void introduce(List<Described> batch, long now) {
    boolean isNews = false;
    for (Described each : batch) {
      isNews |= things.putIfAbsent(each.thing().id(), each.thing()) == null;
      isNews |= datastreams.putIfAbsent(each.datastream().id(), each.datastream()) == null;
    }
    if (!isNews) {
      return;
    }
    Catalogue catalogue =
        new Catalogue(List.copyOf(things.values()), List.copyOf(datastreams.values()));
    if (connected) {
      turn(new DialectEvent.CatalogueChanged(catalogue, now));
    } else {
      dialect.farewell(link, state).ifPresent(message -> told.accept(message, true));
      connected = true;
      turn(new DialectEvent.Connected(catalogue, now));
    }
  }

  /** Whether something was said for offsets, or nothing was left to say. */
  private boolean turn(DialectEvent event) {
    Turn turn = dialect.turn(link, state, event);
    state = turn.state();
    boolean isSaid = false;
    for (Outcome outcome : turn.outcomes()) {
      isSaid |= outcome instanceof Outcome.Delivered;
      if (outcome instanceof Outcome.Rejected rejected) {
        complaints.accept(
            "offsets "
                + rejected.offsets().first()
                + " to "
                + rejected.offsets().last()
                + ": "
                + rejected.why());
        isSaid = true;
      }
    }
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      told.accept(dispatch.message(), false);
      isSaid |= dispatch.covers() != null;
    }
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      if (dispatch.covers() != null || !dispatch.tag().isEmpty()) {
        turn(new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), yes(dispatch.message())));
      }
    }
    return isSaid;
  }

  /** What is looked for is not there yet, and what is founded gets a name. */
  private Answer yes(Message message) {
    if (message.verb() == Verb.GET) {
      return new Answer.Replied(200, "{\"value\":[]}".getBytes(StandardCharsets.UTF_8));
    }
    made++;
    return new Answer.Replied(
        201, Map.of("location", message.channel() + "(" + made + ")"), new byte[0]);
  }
}
