package city.mycelium.journal.internal;

import city.mycelium.api.observation.DatastreamId;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many of the offsets from 1 to {@link #through} belong to each Datastream, removed ones
 * included. What is counted never changes, for offsets never do. Immutable.
 *
 * <p>Packed: a varint with the last offset, then per Datastream two varints, its number less the
 * one before and its count; {@link Sealed}.
 */
final class AcceptedCounts {

  static final AcceptedCounts NONE = new AcceptedCounts(0, new long[0]);

  private final long through;

  /** By number of the Datastream. */
  private final long[] counts;

  private AcceptedCounts(long through, long[] counts) {
    this.through = through;
    this.counts = counts;
  }

  /** The last offset that is counted. */
  long through() {
    return through;
  }

  /** With the offsets that follow; each belongs to the Datastream of that number. */
  AcceptedCounts plus(int[] datastreams) {
    int max = Arrays.stream(datastreams).max().orElse(0);
    long[] sum = Arrays.copyOf(counts, Math.max(counts.length, max + 1));
    for (int datastream : datastreams) {
      sum[datastream]++;
    }
    return new AcceptedCounts(through + datastreams.length, sum);
  }

  /** With so many offsets that follow, all of one Datastream. */
  AcceptedCounts plus(int datastream, long count) {
    long[] sum = Arrays.copyOf(counts, Math.max(counts.length, datastream + 1));
    sum[datastream] += count;
    return new AcceptedCounts(through + count, sum);
  }

  /** By number of the Datastream; without those that count nothing. */
  Map<Integer, Long> byNumber() {
    Map<Integer, Long> numbered = new TreeMap<>();
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        numbered.put(number, counts[number]);
      }
    }
    return numbered;
  }

  Map<DatastreamId, Long> named(DatastreamNames names) throws DamagedBlockException {
    Map<DatastreamId, Long> named = new TreeMap<>();
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        named.put(names.nameOf(number), counts[number]);
      }
    }
    return named;
  }

  byte[] toBytes() {
    ByteSink body = new ByteSink(4 * counts.length);
    body.varint(through);
    int before = 0;
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        body.varint(number - before);
        body.varint(counts[number]);
        before = number;
      }
    }
    return Sealed.seal(body.toByteArray());
  }

  static AcceptedCounts fromBytes(byte[] bytes) throws DamagedBlockException {
    ByteSource body = Sealed.open(bytes);
    long through = body.varint();
    long[] counts = new long[0];
    int number = 0;
    while (body.remaining() > 0) {
      number += body.varint(0, Integer.MAX_VALUE - 1 - number, "a datastream's number");
      counts = Arrays.copyOf(counts, number + 1);
      counts[number] = body.varint();
    }
    return new AcceptedCounts(through, counts);
  }
}
