package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.observation.Identity;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The dialect's state: the server's ids of our entities, up to where was sent, and what is under
 * way in this connection. All of it can be asked for again: a lost one costs questions, not data.
 */
final class Memory {

  private static final long VERSION = 1;

  /** Beyond it the ids are forgotten and looked up again: a state is small. */
  private static final int MOST_BYTES = 80_000;

  private static final String VERSION_NAME = "v";
  private static final String EPOCH = "epoch";
  private static final String IDS = "ids";
  private static final String SENT = "sentThrough";
  private static final String SURE = "sure";
  private static final String BUSY = "busy";
  private static final String OUT = "out";

  private final Map<String, String> ids = new TreeMap<>();
  private final List<String> out = new ArrayList<>();
  private final long epoch;
  private long sentThrough;

  /** Nothing above {@link #sentThrough} is at the server: it was asked in this connection. */
  private boolean sure;

  private boolean busy;

  private Memory(long epoch) {
    this.epoch = epoch;
  }

  /** What {@link #bytes} gave; anything else is forgotten. What was sent is so per epoch. */
  static Memory of(byte[] state, long epoch) {
    Memory memory = new Memory(epoch);
    try {
      JsonObject kept = state.length == 0 ? JsonObject.EMPTY : JsonReader.object(state);
      if (!Long.valueOf(VERSION).equals(kept.get(VERSION_NAME))) {
        return memory;
      }
      kept.objectOrEmpty(IDS)
          .members()
          .forEach((key, id) -> memory.ids.put(key, String.valueOf(id)));
      memory.busy = Boolean.TRUE.equals(kept.get(BUSY));
      if (Identity.epochText(epoch).equals(kept.get(EPOCH))
          && kept.get(SENT) instanceof Long sent) {
        memory.sentThrough = sent;
        memory.sure = Boolean.TRUE.equals(kept.get(SURE));
        kept.listOrEmpty(OUT).forEach(range -> memory.out.add(String.valueOf(range)));
      }
    } catch (JsonException e) { // of another version or dialect: begin anew
      return new Memory(epoch);
    }
    return memory;
  }

  byte[] bytes() {
    byte[] bytes = write();
    if (bytes.length > MOST_BYTES) {
      ids.clear();
      bytes = write();
    }
    return bytes;
  }

  private byte[] write() {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put(VERSION_NAME, VERSION);
    kept.put(EPOCH, Identity.epochText(epoch));
    kept.put(SENT, sentThrough);
    kept.put(SURE, sure);
    kept.put(BUSY, busy);
    kept.put(OUT, out);
    kept.put(IDS, ids);
    return JsonObject.of(kept).toBytes();
  }

  /** A new connection: nothing is under way, and nobody knows what the last one left there. */
  void connected() {
    out.clear();
    sure = false;
    busy = false;
  }

  Optional<String> id(String key) {
    return Optional.ofNullable(ids.get(key));
  }

  void learn(String key, String id) {
    ids.put(key, id);
  }

  /** The server does not have them any more. */
  void forgetIds() {
    ids.clear();
  }

  boolean isBusy() {
    return busy;
  }

  void busy(boolean now) {
    busy = now;
  }

  /** Whether the server may have this one: then it is asked before it is sent. */
  boolean mayBeThere(long offset) {
    return !sure || offset <= sentThrough;
  }

  void sent(long through) {
    sentThrough = Math.max(sentThrough, through);
  }

  void sureOf(long through) {
    sent(through);
    sure = true;
  }

  boolean isAnythingOut() {
    return !out.isEmpty();
  }

  boolean isOut(long offset) {
    return out.stream()
        .map(range -> range.split("-", 2))
        .anyMatch(ends -> Long.parseLong(ends[0]) <= offset && offset <= Long.parseLong(ends[1]));
  }

  void out(String range) {
    out.add(range);
  }

  void back(String range) {
    out.remove(range);
  }
}
