package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.TrustedTime;
import city.mycelium.driver.lorawan.internal.region.AirTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The air time of one concentrator in one sub-band: what this process took, what those before it
 * took, and how much of it is stored. Touched by the network's tasks only.
 *
 * <p>What is stored says no more than in which ten minutes it was taken, and counts from their end:
 * rather too long than too short.
 */
final class StoredAir {

  static final Duration STRETCH = Duration.ofMinutes(10);

  private static final byte LAYOUT = 1;

  /** What a boot is written as that is the one before it in the list. */
  private static final String SAME = "";

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final AirTime own = new AirTime();
  private final List<Earlier> earlier = new ArrayList<>();

  /** Of the present stretch. */
  private Promise stored = new Promise(Long.MIN_VALUE, 0);

  private Promise asked = stored;
  private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

  /**
   * Air that a process before this one took, or had put aside.
   *
   * @param until the end of the stretch in which it did
   */
  private record Earlier(Moment until, long nanos) {}

  /** That no more than this is taken in the stretch with this end. */
  record Promise(long stretchEnd, long nanos) {

    boolean covers(long end, long taken) {
      return stretchEnd == end && nanos >= taken;
    }
  }

  /** What this process takes. */
  AirTime own() {
    return own;
  }

  /**
   * On the air within the last hour, nanoseconds, also by processes before this one.
   *
   * @param startedNanos when this process read what they had stored, by the monotonic clock
   */
  long usedNanos(Clock clock, TrustedTime time, long startedNanos) {
    long now = clock.monotonicNanos();
    earlier.removeIf(
        air -> now - ended(air, clock, time, startedNanos) >= AirTime.OBSERVED.toNanos());
    return own.usedNanos(now) + earlier.stream().mapToLong(Earlier::nanos).sum();
  }

  /**
   * When a stretch was over, by the monotonic clock. That one goes on as long as the machine runs,
   * whatever is done to the wall clock. Of an earlier start of the machine only a wall clock that
   * is trusted can tell; as long as none is, it counts as if it had been just before this process.
   */
  private static long ended(Earlier air, Clock clock, TrustedTime time, long startedNanos) {
    if (air.until().boot().equals(time.now().boot())) {
      return Math.min(air.until().monotonicNanos(), startedNanos + STRETCH.toNanos());
    }
    Dating dating = time.date(air.until());
    long latest = Long.MAX_VALUE;
    if (dating instanceof Dating.At at) {
      latest = at.epochMillis();
    } else if (dating instanceof Dating.Within within) {
      latest = within.to();
    }
    long ago = clock.epochMillis() - latest;
    if (latest == Long.MAX_VALUE || ago <= 0 || !time.trust().isTrusted()) {
      return startedNanos;
    }
    return Math.min(startedNanos, clock.monotonicNanos() - ago * NANOS_PER_MILLI);
  }

  boolean isEmpty() {
    return earlier.isEmpty();
  }

  /** Nothing is known but that something was taken: then all of it counts as taken. */
  void unknown(Moment now) {
    earlier.add(new Earlier(now, AirTime.OBSERVED.toNanos()));
  }

  /** How much is taken in the present stretch. */
  long takenNanos(long nowNanos) {
    return own.usedNanosSince(AirTime.end(STRETCH, nowNanos) - STRETCH.toNanos());
  }

  boolean isStored(long end, long nanos) {
    return stored.covers(end, nanos);
  }

  boolean isAsked(long end, long nanos) {
    return asked.covers(end, nanos);
  }

  CompletableFuture<Void> asking() {
    return asking;
  }

  void ask(Promise promise, CompletableFuture<Void> done) {
    asked = promise;
    asking = done;
  }

  void kept(Promise promise) {
    if (!stored.covers(promise.stretchEnd(), promise.nanos())
        && promise.stretchEnd() >= stored.stretchEnd()) {
      stored = promise;
    }
  }

  void notKept() {
    asked = stored;
  }

  /** With the present stretch as it is promised. */
  byte[] encode(Promise promise, String boot, long nowNanos) {
    Map<Moment, Long> all = new LinkedHashMap<>();
    earlier.forEach(air -> all.merge(air.until(), air.nanos(), Long::sum));
    Map<Long, Long> mine = new LinkedHashMap<>(own.usedNanosByStretch(STRETCH, nowNanos));
    mine.put(promise.stretchEnd(), promise.nanos());
    mine.forEach((end, nanos) -> all.merge(new Moment(boot, end), nanos, Long::sum));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    try {
      to.writeByte(LAYOUT);
      to.writeShort(all.size());
      String before = SAME;
      for (Map.Entry<Moment, Long> air : all.entrySet()) {
        String at = air.getKey().boot();
        to.writeUTF(at.equals(before) ? SAME : at);
        to.writeLong(air.getKey().monotonicNanos());
        to.writeLong(air.getValue());
        before = at;
      }
    } catch (IOException e) {
      throw new IllegalStateException("an array refused to be written to", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Takes what was stored.
   *
   * @throws IllegalArgumentException if that is something else
   */
  void decode(byte[] value) {
    List<Earlier> read = new ArrayList<>();
    try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(value))) {
      if (from.readByte() != LAYOUT) {
        throw new IllegalArgumentException("written by a later version of this software");
      }
      int count = from.readUnsignedShort();
      String boot = SAME;
      for (int i = 0; i < count; i++) {
        String given = from.readUTF();
        boot = given.equals(SAME) ? boot : given;
        read.add(new Earlier(new Moment(boot, from.readLong()), Math.max(0, from.readLong())));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cut off", e);
    }
    earlier.clear(); // it may be read twice, if the medium failed in between
    earlier.addAll(read);
  }
}
