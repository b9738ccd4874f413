package city.mycelium.api.dialect;

import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Result;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which revision of a corrected window a platform was told last, for platforms where whatever is
 * written last replaces what was there: there a lower revision that comes later (a repeat, a
 * backlog sent newest first) would undo the correction, and is left out. A dialect's whole state.
 * For one thread.
 *
 * <p>Remembers the {@value #MOST} windows that were corrected last; first revisions replace nothing
 * and take no room.
 */
public final class LatestRevisions {

  private static final int MOST = 500;

  /** Version 1 of the state: this, then 8 bytes of window and 4 of revision each. */
  private static final int MAGIC = 0x7e715001;

  private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

  private final Map<Long, Integer> revisions = new LinkedHashMap<>();

  private LatestRevisions() {}

  /** As {@link #toBytes} wrote it; begun anew from anything else. */
  public static LatestRevisions of(byte[] state) {
    LatestRevisions read = new LatestRevisions();
    ByteBuffer bytes = ByteBuffer.wrap(state);
    if (state.length < Integer.BYTES
        || (state.length - Integer.BYTES) % ENTRY_BYTES != 0
        || state.length > Integer.BYTES + MOST * ENTRY_BYTES
        || bytes.getInt() != MAGIC) {
      return read;
    }
    while (bytes.hasRemaining()) {
      read.revisions.put(bytes.getLong(), bytes.getInt());
    }
    return read;
  }

  /** What is about to be told. */
  public void tell(Iterable<Described> observations) {
    for (Described described : observations) {
      Observation observation = described.observation();
      if (observation.result() instanceof Result.Summary summary && summary.revision() > 1) {
        long window = window(observation);
        Integer known = revisions.get(window);
        if (known == null || known < summary.revision()) {
          revisions.remove(window); // so that it becomes the youngest
          revisions.put(window, summary.revision());
        }
      }
    }
    Iterator<Long> oldest = revisions.keySet().iterator();
    while (revisions.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Whether the platform was told a higher revision of the same window. */
  public boolean isSuperseded(Described described) {
    return described.observation().result() instanceof Result.Summary summary
        && revisions.getOrDefault(window(described.observation()), 0) > summary.revision();
  }

  /** To be kept as the dialect's state; the same for the same contents. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + revisions.size() * ENTRY_BYTES);
    bytes.putInt(MAGIC);
    revisions.forEach((window, revision) -> bytes.putLong(window).putInt(revision));
    return bytes.array();
  }

  /** FNV-1a over 64 bits: two of 500 windows share one once in 10^14 gateways. */
  private static long window(Observation observation) {
    String name = observation.datastream() + " " + observation.phenomenonTime();
    long hash = 0xcbf29ce484222325L;
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
