package city.mycelium.dialect.senml.internal;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.PackCoverage;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import city.mycelium.dialect.senml.UnacceptablePackException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Reads one block (docs/wire.md, 8), whole or not at all. For one thread. */
final class BlockReader {

  /** UTF-8 has at most three bytes for a char. */
  private static final int MOST_TEXT = 3 * Text.MAX_CHARS;

  private static final int MOST_NAME = 128;

  /** A predecessor: eight bytes and one digit. */
  private static final int LEAST_BYTES_OF_PREDECESSOR = 9;

  /** A Datastream: what it shares, the lengths of three texts, digits, how many statistics. */
  private static final int LEAST_BYTES_OF_STREAM = 6;

  private static final int LEAST_BYTES_OF_STATISTIC = 3;

  /** How much is unpacked before there is a look at whether it ends. */
  private static final int UNPACKED_AT_ONCE = 8_192;

  private final PackCoverage told;
  private final long dropped;
  private final long promised;
  private final BlockIn in;

  /** What the entries of a Datastream have in common, and where they left off. */
  private static final class Stream {
    final DatastreamId id;
    final @Nullable String property;
    final @Nullable Unit unit;
    final BlockSeries values;
    final List<Statistic> statistics = new ArrayList<>();
    final List<BlockSeries> series = new ArrayList<>();
    long duration;
    long counter;
    long count;
    long expected;

    Stream(DatastreamId id, @Nullable String property, @Nullable Unit unit, BlockSeries values) {
      this.id = id;
      this.property = property;
      this.unit = unit;
      this.values = values;
    }
  }

  private BlockReader(PackCoverage told, long dropped, long promised, BlockIn in) {
    this.told = told;
    this.dropped = dropped;
    this.promised = promised;
    this.in = in;
  }

  /**
   * The pack in these bytes.
   *
   * @throws UnacceptablePackException if they are one, but one that can never be taken
   * @throws SenmlException if they are not one, or were damaged
   */
  static SenmlPack read(byte[] bytes) throws SenmlException {
    BlockIn in = new BlockIn(bytes, 0);
    int head = in.octet();
    if (head != Block.PLAIN && head != Block.DEFLATED) {
      throw in.fault("this is no block of a version that this end knows");
    }
    long sum = 0;
    for (int i = 0; i < 4; i++) {
      sum = (sum << 8) | in.octet();
    }
    CRC32 crc = new CRC32();
    crc.update(head);
    crc.update(bytes, in.position(), in.remaining());
    if (crc.getValue() != sum) {
      throw in.fault("the block was cut off or damaged on its way: its checksum is another");
    }
    try {
      return content(in, bytes, head);
    } catch (IllegalArgumentException e) {
      throw new SenmlException(String.valueOf(e.getMessage()), in.position(), e);
    }
  }

  private static SenmlPack content(BlockIn in, byte[] bytes, int head) throws SenmlException {
    GatewayId gateway = new GatewayId(in.text(MOST_NAME, "a gateway's id"));
    long epoch = in.fixed();
    long first = in.varint();
    long more = in.varint();
    if (more > Long.MAX_VALUE - Math.max(first, 1)) {
      throw in.fault("the block covers more offsets than there are");
    }
    long dropped = in.varint();
    int count = in.count(LEAST_BYTES_OF_PREDECESSOR, "predecessors");
    List<Predecessor> predecessors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      predecessors.add(new Predecessor(in.fixed(), in.varint()));
    }
    PackCoverage told =
        new PackCoverage(gateway, epoch, predecessors, new OffsetRange(first, first + more));
    long promised = in.varint();
    try {
      BlockIn body = head == Block.DEFLATED ? new BlockIn(unpacked(in, bytes), 0) : in;
      return new BlockReader(told, dropped, promised, body).pack();
    } catch (SenmlException e) {
      // Its checksum is right: it will say the same again.
      throw new UnacceptablePackException(told, e);
    } catch (IllegalArgumentException e) { // a value's own check: it was sent wrong
      throw new UnacceptablePackException(
          told, new SenmlException(String.valueOf(e.getMessage()), in.position(), e));
    }
  }

  /** Room is made as it fills, not as it is promised. */
  private static byte[] unpacked(BlockIn in, byte[] bytes) throws SenmlException {
    long length = in.varint();
    if (length > Block.MOST_UNPACKED) {
      throw in.fault("a body of " + length + " bytes is not unpacked here");
    }
    byte[] body = new byte[(int) Math.min(length, UNPACKED_AT_ONCE)];
    int filled = 0;
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, in.position(), in.remaining());
      while (filled < length) {
        if (filled == body.length) {
          body = Arrays.copyOf(body, (int) Math.min(length, 2L * body.length));
        }
        int got = inflater.inflate(body, filled, body.length - filled);
        if (got == 0) {
          break;
        }
        filled += got;
      }
      if (filled == length && !inflater.finished()) {
        inflater.inflate(new byte[1]); // the end mark may not have been read yet
      }
      if (filled != length
          || !inflater.finished()
          || inflater.getBytesWritten() != length
          || inflater.getRemaining() != 0) {
        throw in.fault("the body is not as long as it says");
      }
      return body;
    } catch (DataFormatException e) {
      throw new SenmlException("the body cannot be unpacked", in.position(), e);
    } finally {
      inflater.end();
    }
  }

  private SenmlPack pack() throws SenmlException {
    List<Stream> streams = dictionary();
    if (promised > in.remaining() / Block.LEAST_BYTES_OF_OBSERVATION) {
      throw in.fault("there is no room for " + promised + " observations");
    }
    int count = (int) promised;
    Stream[] streamOf = new Stream[count];
    long last = -1;
    for (int i = 0; i < count; i++) {
      last += in.signed() + 1;
      if (last < 0 || last >= streams.size()) {
        throw in.fault("the block has no datastream " + last);
      }
      streamOf[i] = streams.get((int) last);
    }
    long[] offsets = offsets(count);
    long[] from = sums(count);
    long[] durations = new long[count];
    for (int i = 0; i < count; i++) {
      streamOf[i].duration += in.signed();
      durations[i] = streamOf[i].duration;
      if (durations[i] < 0 || durations[i] > Long.MAX_VALUE / 2) {
        throw in.fault("a duration is never negative");
      }
    }
    long[] lags = sums(count);
    int[] kinds = new int[count];
    for (int i = 0; i < count; i++) {
      kinds[i] = in.octet();
    }
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Stream stream = streamOf[i];
      Observation observation =
          new Observation(
              new Identity(told.gateway(), told.epoch(), offsets[i]),
              stream.id,
              PhenomenonTime.between(from[i], from[i] + durations[i]),
              result(kinds[i] & ~Block.SUSPECT, stream),
              (kinds[i] & Block.SUSPECT) == 0 ? Quality.GOOD : Quality.SUSPECT,
              from[i] + lags[i]);
      entries.add(new Entry(observation, stream.property, stream.unit));
    }
    in.end();
    return new SenmlPack(
        told.gateway(), told.epoch(), told.predecessors(), told.covers(), dropped, entries);
  }

  private List<Stream> dictionary() throws SenmlException {
    int count = in.count(LEAST_BYTES_OF_STREAM, "datastreams");
    List<Stream> streams = new ArrayList<>();
    String previous = "";
    for (int i = 0; i < count; i++) {
      long shared = in.varint();
      if (shared > previous.length()) {
        throw in.fault("a datastream's id shares more than the one before has");
      }
      String id = previous.substring(0, (int) shared) + in.text(MOST_NAME, "a datastream's id");
      String property = in.text(MOST_NAME, "a property's name");
      if (!property.isEmpty() && !PackReader.PROPERTY.matcher(property).matches()) {
        throw in.fault("'" + property + "' is not the name of an observed property");
      }
      Stream stream =
          new Stream(new DatastreamId(id), property.isEmpty() ? null : property, unit(), series());
      int statistics = in.count(LEAST_BYTES_OF_STATISTIC, "statistics");
      for (int j = 0; j < statistics; j++) {
        stream.statistics.add(new Statistic(in.text(MOST_NAME, "a statistic's name")));
        stream.series.add(series());
      }
      streams.add(stream);
      previous = id;
    }
    if (streams.stream().map(stream -> stream.id).distinct().count() != count) {
      throw in.fault("a datastream is told twice");
    }
    return streams;
  }

  private @Nullable Unit unit() throws SenmlException {
    String code = in.text(MOST_NAME, "a unit's code");
    if (code.isEmpty()) {
      return null;
    }
    Unit unit = Unit.ofCode(code).orElse(null);
    if (unit == null) {
      throw in.fault(Required.unknownUnit(code));
    }
    return unit;
  }

  private BlockSeries series() throws SenmlException {
    int digits = in.octet();
    if (digits > Decimals.MOST_DIGITS && digits != Decimals.NONE) {
      throw in.fault("a number has at most " + Decimals.MOST_DIGITS + " digits after the point");
    }
    return new BlockSeries(digits);
  }

  private long[] offsets(int count) throws SenmlException {
    long[] offsets = new long[count];
    long last = told.covers().first() - 1;
    for (int i = 0; i < count; i++) {
      long skipped = in.varint();
      if (skipped >= told.covers().last() - last) {
        throw in.fault("an offset lies outside of what the block covers");
      }
      last += skipped + 1;
      offsets[i] = last;
    }
    return offsets;
  }

  private long[] sums(int count) throws SenmlException {
    long[] sums = new long[count];
    long last = 0;
    for (int i = 0; i < count; i++) {
      last += in.signed();
      sums[i] = last;
    }
    return sums;
  }

  private Result result(int shape, Stream stream) throws SenmlException {
    return switch (shape) {
      case Block.NUMBER -> new Measurement(stream.values.read(in));
      case Block.TRUTH -> new Truth(truth());
      case Block.TEXT -> new Text(in.text(MOST_TEXT, "a text"));
      case Block.CATEGORY -> new Category(in.text(MOST_TEXT, "a category"));
      case Block.COUNTER -> {
        stream.counter += in.signed();
        yield new Counter(stream.counter);
      }
      case Block.POSITION -> position();
      case Block.SUMMARY -> summary(stream);
      default -> throw in.fault("this end does not know the shape " + shape);
    };
  }

  private boolean truth() throws SenmlException {
    int octet = in.octet();
    if (octet > 1) {
      throw in.fault("a truth is 0 or 1");
    }
    return octet == 1;
  }

  private Position position() throws SenmlException {
    boolean hasAltitude = truth();
    double latitude = Double.longBitsToDouble(in.fixed());
    double longitude = Double.longBitsToDouble(in.fixed());
    return new Position(
        latitude,
        longitude,
        hasAltitude ? Double.valueOf(Double.longBitsToDouble(in.fixed())) : null);
  }

  private Summary summary(Stream stream) throws SenmlException {
    stream.count += in.signed();
    stream.expected += in.signed();
    long revision = in.varint();
    if (revision > Integer.MAX_VALUE) {
      throw in.fault("a revision is at most " + Integer.MAX_VALUE);
    }
    boolean valid = truth();
    int count = in.count(2, "statistics");
    SortedMap<Statistic, Double> statistics = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      long at = in.varint();
      if (at >= stream.statistics.size()) {
        throw in.fault("the datastream has no statistic " + at);
      }
      if (statistics.put(stream.statistics.get((int) at), stream.series.get((int) at).read(in))
          != null) {
        throw in.fault("a statistic is told twice");
      }
    }
    return new Summary(stream.count, stream.expected, statistics, valid, (int) revision);
  }
}
