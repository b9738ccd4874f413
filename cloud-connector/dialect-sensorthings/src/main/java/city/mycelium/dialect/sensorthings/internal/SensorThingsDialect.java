package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.dialect.Turn.Dispatch;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result;
import city.mycelium.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Speaks to a SensorThings server over HTTP. The standard knows no idempotent create, so whatever
 * might be there is asked for before it is sent; a message and its follow-ups carry what they need
 * in their tags. Safe for use by many threads.
 */
final class SensorThingsDialect implements Dialect {

  private final Catalog catalog;

  SensorThingsDialect(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    Memory memory = Memory.of(state, link.epoch());
    Steps steps = new Steps(link, memory);
    if (event instanceof DialectEvent.Connected connected) {
      memory.connected();
      steps.dispatches.add(highest(link));
      Catalogue known = connected.catalogue();
      steps.make(catalog.steps(link.gateway(), known.things(), known.datastreams()));
    } else if (event instanceof DialectEvent.CatalogueChanged changed) {
      if (!memory.isBusy()) { // else with the first Observation that needs it
        Catalogue known = changed.catalogue();
        steps.make(catalog.steps(link.gateway(), known.things(), known.datastreams()));
      }
    } else if (event instanceof DialectEvent.Send send) {
      send(link, memory, steps, send);
    } else if (event instanceof DialectEvent.Answered answered) {
      new Answers(steps).answered(answered);
    }
    return new Turn(memory.bytes(), steps.dispatches, steps.outcomes);
  }

  /** What might be there is asked for before it is sent. */
  @Override
  public boolean isRepeatHarmless(Link link) {
    return true;
  }

  @Override
  public Optional<Inquiry> inquiry(Link link, byte[] state, Described told) {
    Optional<String> stream = Memory.of(state, link.epoch()).id(Catalog.key(told.datastream()));
    return stream.map(id -> StoredObservation.inquiry(id, ours(link), told));
  }

  /** How far the server has ours: what lies above need not be asked for. */
  private static Dispatch highest(Link link) {
    Message message =
        Message.get(
            Paths.query(
                "Observations",
                ours(link),
                "&$orderby=" + Paths.encoded("parameters/offset desc") + "&$top=1"),
            Steps.JSON);
    return new Dispatch(message, null, JsonObject.of(Map.of(Steps.DO, Steps.HIGHEST)).toString());
  }

  private static String ours(Link link) {
    return "parameters/gateway eq "
        + Paths.quoted(link.gateway().value())
        + " and parameters/epoch eq "
        + Paths.quoted(Identity.epochText(link.epoch()));
  }

  private void send(Link link, Memory memory, Steps steps, DialectEvent.Send send) {
    List<JsonObject> fresh = new ArrayList<>();
    List<JsonObject> doubtful = new ArrayList<>();
    List<JsonObject> windows = new ArrayList<>();
    Map<String, Datastream> unknown = new LinkedHashMap<>();
    Map<String, KnownThing> things = new LinkedHashMap<>();
    for (Described described : send.observations()) {
      long offset = described.observation().identity().offset();
      Datastream stream = described.datastream();
      KnownThing thing = described.thing();
      Optional<String> id = memory.id(Catalog.key(stream));
      String featureKey = Catalog.featureKey(thing);
      Optional<String> feature = memory.id(featureKey);
      if (described.observation().result() instanceof Result.Summary summary
          && Rows.main(summary).isEmpty()) {
        steps.rejected(
            offset,
            "a window of "
                + stream.id()
                + " in which nothing was measured has no result, which SensorThings wants");
      } else if (id.isEmpty() || (thing.location() == null && feature.isEmpty())) {
        unknown.put(stream.id().value(), stream);
        things.put(thing.id().value(), thing);
        steps.again(offset, "the platform has yet to be told of " + stream.id());
      } else if (memory.isOut(offset)) {
        steps.again(offset, "the platform has yet to answer the first attempt");
      } else {
        JsonObject row =
            Rows.of(described, id.get(), thing.location() == null ? feature.get() : null);
        boolean mayBeThere = memory.mayBeThere(offset);
        if (Rows.revision(row) > 1 || (mayBeThere && Rows.revision(row) == 1)) {
          windows.add(row);
        } else {
          (mayBeThere ? doubtful : fresh).add(row);
        }
      }
    }
    windows(steps, memory, windows, fresh, send.covers());
    if (!doubtful.isEmpty()) {
      steps.out(doubtful);
      steps.ask(doubtful, send.covers(), question(link, doubtful), 1);
    }
    if (!fresh.isEmpty()) {
      steps.out(fresh);
      steps.post(fresh, send.covers());
    }
    if (!unknown.isEmpty() && !memory.isBusy()) {
      steps.make(catalog.steps(link.gateway(), things.values(), unknown.values()));
    }
    if (steps.saysNothing()) {
      steps.outcomes.add(new Outcome.Delivered(link.epoch(), send.covers()));
    }
  }

  /**
   * A correction waits until what went before it is answered: else it would not find what it
   * replaces, and be stored beside it.
   */
  private static void windows(
      Steps steps,
      Memory memory,
      List<JsonObject> windows,
      Collection<JsonObject> fresh,
      OffsetRange covers) {
    boolean wait = memory.isAnythingOut();
    List<JsonObject> going = new ArrayList<>(fresh);
    for (JsonObject row : windows) {
      boolean hasOther =
          going.stream()
              .anyMatch(
                  other ->
                      Objects.equals(other.get(Rows.STREAM), row.get(Rows.STREAM))
                          && Rows.window(other).equals(Rows.window(row)));
      if (wait || hasOther) {
        steps.again(Rows.offset(row), "a corrected window follows what it corrects");
      } else {
        going.add(row);
        steps.out(List.of(row));
        steps.window(row, covers);
      }
    }
  }

  private static String question(Link link, List<JsonObject> rows) {
    long first = rows.stream().mapToLong(Rows::offset).min().orElseThrow();
    long last = rows.stream().mapToLong(Rows::offset).max().orElseThrow();
    return Paths.query(
        "Observations",
        ours(link) + " and parameters/offset ge " + first + " and parameters/offset le " + last,
        "&$select=parameters&$orderby=id&$top=200");
  }
}
