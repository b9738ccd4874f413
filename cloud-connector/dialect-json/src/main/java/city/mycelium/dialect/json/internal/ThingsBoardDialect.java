package city.mycelium.dialect.json.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.LatestRevisions;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.ThingId;
import city.mycelium.json.JsonWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A gateway as ThingsBoard knows it (ThingsBoard, "MQTT Gateway API Reference"): devices that are
 * connected, their attributes, and their telemetry by time. A device, a key and a time are one
 * value there, so a repeat overwrites itself. Safe for use by many threads.
 */
final class ThingsBoardDialect implements Dialect {

  /** Channels are topics below {@code v1/gateway}, which is the connector's topic prefix. */
  static final String TELEMETRY = "telemetry";

  static final String CONNECT = "connect";
  static final String DISCONNECT = "disconnect";
  static final String ATTRIBUTES = "attributes";
  static final String RPC = "rpc";

  private static final String MEDIA_TYPE = "application/json";

  private final ThingsBoardNames names;
  private final int maxBytes;

  /**
   * Speaks by these names.
   *
   * @param maxBytes how large the payload of a message may be
   */
  ThingsBoardDialect(ThingsBoardNames names, int maxBytes) {
    this.names = names;
    this.maxBytes = maxBytes;
  }

  @Override
  public Set<String> inboundChannels(Link link) {
    return Set.of(RPC);
  }

  /** A device, a key and a time are one value there. */
  @Override
  public boolean isRepeatHarmless(Link link) {
    return true;
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    Memory memory = Memory.of(state);
    if (event instanceof DialectEvent.Connected connected) {
      memory.devices = ThingsBoardDevices.of(new byte[0]); // each connection begins without any
      return introduce(memory, connected.catalogue(), Set.of());
    }
    if (event instanceof DialectEvent.CatalogueChanged changed) {
      return introduce(memory, changed.catalogue(), memory.devices.names());
    }
    if (event instanceof DialectEvent.Send send) {
      return send(link, memory, send);
    }
    if (event instanceof DialectEvent.Answered answered) {
      OffsetRange covers = answered.covers();
      return covers == null
          ? Turn.quiet(state)
          : new Turn(state, List.of(), List.of(Outcome.usual(link, covers, answered.answer())));
    }
    return event instanceof DialectEvent.Received
        ? new Turn(
            state,
            List.of(),
            List.of(
                new Outcome.Unintelligible(
                    "ThingsBoard sends a command to a device; this gateway only tells what its"
                        + " sensors say and takes none: take the RPC out of the rule chain")))
        : Turn.quiet(state);
  }

  /** What is kept: the devices that are connected, and which windows were corrected. */
  private static final class Memory {
    ThingsBoardDevices devices;
    final LatestRevisions latest;

    private Memory(ThingsBoardDevices devices, LatestRevisions latest) {
      this.devices = devices;
      this.latest = latest;
    }

    static Memory of(byte[] state) {
      int length = state.length < Integer.BYTES ? -1 : ByteBuffer.wrap(state).getInt();
      return length < 0 || length > state.length - Integer.BYTES
          ? new Memory(ThingsBoardDevices.of(new byte[0]), LatestRevisions.of(new byte[0]))
          : new Memory(
              ThingsBoardDevices.of(
                  Arrays.copyOfRange(state, Integer.BYTES, Integer.BYTES + length)),
              LatestRevisions.of(Arrays.copyOfRange(state, Integer.BYTES + length, state.length)));
    }

    /** The length of the first, and both. */
    byte[] toBytes() {
      byte[] names = devices.toBytes();
      byte[] windows = latest.toBytes();
      return ByteBuffer.allocate(Integer.BYTES + names.length + windows.length)
          .putInt(names.length)
          .put(names)
          .put(windows)
          .array();
    }
  }

  /** Connects what is new, tells what is known of all, disconnects what is gone. */
  private Turn introduce(Memory memory, Catalogue catalogue, Set<String> before) {
    Map<ThingId, KnownThing> things = new LinkedHashMap<>();
    catalogue.things().forEach(thing -> things.put(thing.id(), thing));
    Map<String, List<Datastream>> devices = new LinkedHashMap<>();
    for (Datastream datastream : catalogue.datastreams()) {
      devices.computeIfAbsent(names.device(datastream), key -> new ArrayList<>()).add(datastream);
    }
    List<Turn.Dispatch> dispatches = new ArrayList<>();
    for (String gone : before) {
      if (!devices.containsKey(gone)) {
        dispatches.add(aboutDevice(DISCONNECT, gone));
      }
    }
    memory.devices = ThingsBoardDevices.of(new byte[0]);
    devices.forEach(
        (device, datastreams) -> {
          memory.devices.add(device);
          if (!before.contains(device)) {
            dispatches.add(aboutDevice(CONNECT, device));
          }
          dispatches.add(attributes(device, datastreams, things));
        });
    return new Turn(memory.toBytes(), dispatches, List.of());
  }

  private static Turn.Dispatch aboutDevice(String channel, String device) {
    return new Turn.Dispatch(
        message(channel, new JsonWriter().object().text("device", device).end()), null);
  }

  private Turn.Dispatch attributes(
      String device, List<Datastream> datastreams, Map<ThingId, KnownThing> things) {
    JsonWriter json = new JsonWriter().object().object(device);
    KnownThing thing = things.get(datastreams.get(0).thing());
    if (thing != null) {
      json.text("thing", thing.name());
      Result.Position location = thing.location();
      if (location != null) {
        ResultJson.place(json, location);
      }
    }
    for (Datastream datastream : datastreams) {
      json.text(names.key(datastream) + ".unit", datastream.unit().code());
    }
    return new Turn.Dispatch(message(ATTRIBUTES, json.end().end()), null);
  }

  private Turn send(Link link, Memory memory, DialectEvent.Send send) {
    memory.latest.tell(send.observations());
    List<Turn.Dispatch> dispatches = new ArrayList<>();
    for (Described described : send.observations()) {
      String device = names.device(described.datastream());
      if (memory.devices.add(device)) {
        dispatches.add(aboutDevice(CONNECT, device));
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<Described> current = new ArrayList<>();
    Map<Place, Long> places = new HashMap<>();
    for (Described described : send.observations()) {
      if (memory.latest.isSuperseded(described)) {
        continue; // a higher revision is there, or goes along
      }
      long offset = described.observation().identity().offset();
      Long there = places.putIfAbsent(place(described), offset);
      if (there == null) {
        current.add(described);
      } else {
        outcomes.add(
            new Outcome.Rejected(
                new OffsetRange(offset, offset),
                "ThingsBoard keeps one value of "
                    + described.datastream().id()
                    + " per millisecond, and offset "
                    + there
                    + " is that already: if two Datastreams are called so, name one in the mapping"
                    + " file"));
      }
    }
    if (current.isEmpty()) {
      outcomes.add(new Outcome.Delivered(link.epoch(), send.covers()));
      return new Turn(memory.toBytes(), dispatches, outcomes);
    }
    pack(current, send.covers(), dispatches);
    return new Turn(memory.toBytes(), dispatches, outcomes);
  }

  /** Where ThingsBoard keeps one value. */
  private record Place(String device, String key, long time) {}

  private Place place(Described described) {
    return new Place(
        names.device(described.datastream()),
        names.key(described.datastream()),
        described.observation().phenomenonTime().from());
  }

  /** In messages that ThingsBoard takes, which together cover what is to be covered. */
  private void pack(
      List<Described> observations, OffsetRange covers, List<Turn.Dispatch> dispatches) {
    List<byte[]> entries =
        observations.stream().map(each -> entry(new JsonWriter(), each).toBytes()).toList();
    int from = 0;
    long first = covers.first();
    while (from < entries.size()) {
      int to = from;
      int bytes = 2;
      do {
        // An entry, the name of its device, and what stands around them.
        String device = names.device(observations.get(to).datastream());
        bytes += entries.get(to).length + 4 * device.length() + 8;
        to++;
      } while (to < entries.size() && bytes + entries.get(to).length <= maxBytes * 9 / 10);
      boolean isLast = to == entries.size();
      long last =
          isLast ? covers.last() : observations.get(to).observation().identity().offset() - 1;
      List<Described> part = observations.subList(from, to);
      dispatches.add(
          new Turn.Dispatch(message(TELEMETRY, telemetry(part)), new OffsetRange(first, last)));
      first = last + 1;
      from = to;
    }
  }

  private JsonWriter telemetry(List<Described> observations) {
    Map<String, List<Described>> devices = new LinkedHashMap<>();
    for (Described described : observations) {
      devices
          .computeIfAbsent(names.device(described.datastream()), key -> new ArrayList<>())
          .add(described);
    }
    JsonWriter json = new JsonWriter().object();
    for (Map.Entry<String, List<Described>> device : devices.entrySet()) {
      json.list(device.getKey());
      device.getValue().forEach(described -> entry(json, described));
      json.end();
    }
    return json.end();
  }

  private JsonWriter entry(JsonWriter json, Described described) {
    Observation observation = described.observation();
    PhenomenonTime time = observation.phenomenonTime();
    String key = names.key(described.datastream());
    Map<String, Object> values =
        new TreeMap<>(observation.result().accept(new ThingsBoardValues(key)));
    if (!time.isInstant()) {
      values.put(key + ".to", time.to());
    }
    if (observation.quality() != Quality.GOOD) {
      values.put(key + ".quality", observation.quality().name());
    }
    json.object().number("ts", time.from()).object("values");
    values.forEach(json::value);
    return json.end().end();
  }

  private static Message message(String channel, JsonWriter json) {
    return Message.post(channel, MEDIA_TYPE, json.toBytes());
  }
}
