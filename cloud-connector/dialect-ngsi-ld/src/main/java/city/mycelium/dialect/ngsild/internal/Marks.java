package city.mycelium.dialect.ngsild.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * How new the newest value is that was sent of each attribute: the dialect's state. An older one
 * that comes later (a repeat, a backlog behind live data) would overwrite it, and does not go.
 *
 * <p>36 bytes per attribute; beyond {@value #MOST} attributes those are forgotten that have been
 * silent for longest. An attribute goes by a hash of 64 bits. An offset is negative while nobody
 * knows whether it arrived.
 */
final class Marks {

  private static final byte VERSION = 2;
  private static final int MOST = 2_000;
  private static final int ENTRY = 4 * Long.BYTES + Integer.BYTES;
  private static final int HEAD = 1 + Integer.BYTES;

  private final Map<Long, Freshness> newest = new TreeMap<>();

  /** Of which of them nobody knows yet whether the broker has it. */
  private final Set<Long> open = new HashSet<>();

  /** What {@link #bytes} gave; anything else is forgotten. */
  static Marks of(byte[] state) {
    Marks marks = new Marks();
    if (state.length < HEAD || state[0] != VERSION || (state.length - HEAD) % ENTRY != 0) {
      return marks;
    }
    ByteBuffer buffer = ByteBuffer.wrap(state, 1, state.length - 1);
    int checksum = buffer.getInt();
    if (checksum != checksum(state)) {
      return marks;
    }
    while (buffer.hasRemaining()) {
      long key = buffer.getLong();
      long to = buffer.getLong();
      long from = buffer.getLong();
      int revision = buffer.getInt();
      long offset = buffer.getLong();
      marks.newest.put(key, new Freshness(to, from, revision, Math.abs(offset)));
      if (offset < 0) {
        marks.open.add(key);
      }
    }
    return marks;
  }

  byte[] bytes() {
    if (newest.isEmpty()) {
      return new byte[0];
    }
    if (newest.size() > MOST) {
      forgetTheOldest(); // once for all that was sent: each by itself would look through all
    }
    byte[] state = new byte[HEAD + newest.size() * ENTRY];
    ByteBuffer buffer = ByteBuffer.wrap(state);
    buffer.position(HEAD);
    newest.forEach(
        (key, mark) ->
            buffer
                .putLong(key)
                .putLong(mark.to())
                .putLong(mark.from())
                .putInt(mark.revision())
                .putLong(open.contains(key) ? -mark.offset() : mark.offset()));
    buffer.put(0, VERSION).putInt(1, checksum(state));
    return state;
  }

  private static int checksum(byte[] state) {
    CRC32 crc = new CRC32();
    crc.update(state, HEAD, state.length - HEAD);
    return (int) crc.getValue();
  }

  /** Whether something newer of the same was sent. */
  boolean arePast(Value value) {
    return Optional.ofNullable(newest.get(hash(value.key())))
        .filter(mark -> mark.compareTo(Freshness.of(value)) > 0)
        .isPresent();
  }

  /** Whether it is known that the newest of the same is there. */
  boolean hasLanded(Value value) {
    return !open.contains(hash(value.key()));
  }

  /** It goes out. */
  void sent(Value value) {
    if (!arePast(value)) {
      open.add(hash(value.key()));
    }
    newest.merge(
        hash(value.key()), Freshness.of(value), (old, now) -> now.compareTo(old) > 0 ? now : old);
  }

  private void forgetTheOldest() {
    newest.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(Math.max(0, newest.size() - MOST))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(newest::remove);
    open.retainAll(newest.keySet());
  }

  /** It may not have arrived after all: it stands in nobody's way. */
  void forget(Set<Long> offsets) {
    newest.values().removeIf(mark -> offsets.contains(mark.offset()));
    open.retainAll(newest.keySet());
  }

  /** The broker has it. */
  void landed(Set<Long> offsets) {
    newest.forEach(
        (key, mark) -> {
          if (offsets.contains(mark.offset())) {
            open.remove(key);
          }
        });
  }

  /** Nobody knows what became of what was on its way: it goes again. */
  void forgetOpen() {
    newest.keySet().removeAll(open);
    open.clear();
  }

  /** FNV-1a, 64 bits. */
  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
