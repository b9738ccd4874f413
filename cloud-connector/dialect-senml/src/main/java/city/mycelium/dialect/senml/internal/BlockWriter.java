package city.mycelium.dialect.senml.internal;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Result.Visitor;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Writes one block (docs/wire.md, 8). For one thread. */
final class BlockWriter {

  private static final int BYTES_OF_COVERAGE = 96;
  private static final int BYTES_OF_OBSERVATION = 16;

  private final SenmlPack pack;
  private final Map<DatastreamId, Stream> known = new HashMap<>();
  private final List<Stream> streams = new ArrayList<>();

  /** Of each entry, so that nothing is looked up twice. */
  private final Stream[] streamOf;

  private final BlockOut body;

  /** What the entries of a Datastream have in common, and where they left off. */
  private final class Stream implements Visitor<BlockOut> {
    final int index;
    final String id;
    final @Nullable String property;
    final @Nullable Unit unit;
    final BlockSeries values = new BlockSeries(0);
    final List<Statistic> statistics = new ArrayList<>();
    final List<BlockSeries> series = new ArrayList<>();
    long duration;
    long counter;
    long count;
    long expected;

    Stream(int index, DatastreamId id, Entry first) {
      this.index = index;
      this.id = id.value();
      this.property = first.property();
      this.unit = first.unit();
    }

    BlockSeries of(Statistic statistic) {
      int at = statistics.indexOf(statistic); // a Summary has few
      if (at < 0) {
        statistics.add(statistic);
        series.add(new BlockSeries(0));
        return series.get(series.size() - 1);
      }
      return series.get(at);
    }

    @Override
    public BlockOut number(Measurement result) {
      values.write(result.value(), body);
      return body;
    }

    @Override
    public BlockOut truth(Truth result) {
      body.octet(result.value() ? 1 : 0);
      return body;
    }

    @Override
    public BlockOut text(Text result) {
      body.text(Words.wellFormed(result.value()));
      return body;
    }

    @Override
    public BlockOut category(Category result) {
      body.text(Words.wellFormed(result.value()));
      return body;
    }

    @Override
    public BlockOut counter(Counter result) {
      body.signed(result.value() - counter);
      counter = result.value();
      return body;
    }

    @Override
    public BlockOut position(Position result) {
      Double altitude = result.altitude();
      body.octet(altitude == null ? 0 : 1);
      body.fixed(Double.doubleToRawLongBits(result.latitude()));
      body.fixed(Double.doubleToRawLongBits(result.longitude()));
      if (altitude != null) {
        body.fixed(Double.doubleToRawLongBits(altitude));
      }
      return body;
    }

    @Override
    public BlockOut summary(Summary result) {
      body.signed(result.count() - count);
      count = result.count();
      body.signed(result.expected() - expected);
      expected = result.expected();
      body.varint(result.revision());
      body.octet(result.valid() ? 1 : 0);
      body.varint(result.statistics().size());
      result
          .statistics()
          .forEach(
              (statistic, value) -> {
                int at = statistics.indexOf(statistic);
                body.varint(at);
                series.get(at).write(value, body);
              });
      return body;
    }
  }

  private BlockWriter(SenmlPack pack) {
    this.pack = pack;
    this.streamOf = new Stream[pack.entries().size()];
    this.body = new BlockOut(64 + BYTES_OF_OBSERVATION * streamOf.length);
  }

  static byte[] write(SenmlPack pack) {
    return new BlockWriter(pack).write();
  }

  private byte[] write() {
    survey();
    dictionary();
    columns();
    BlockOut whole = new BlockOut(BYTES_OF_COVERAGE + body.length());
    coverage(whole);
    byte[] packed = new byte[body.length()];
    int packedLength = deflate(packed);
    int head;
    if (packedLength > 0) {
      head = Block.DEFLATED;
      whole.varint(body.length());
      whole.raw(packed, packedLength);
    } else {
      head = Block.PLAIN;
      whole.raw(body.array(), body.length());
    }
    CRC32 crc = new CRC32();
    crc.update(head);
    crc.update(whole.array(), 0, whole.length());
    BlockOut out = new BlockOut(Block.BYTES_OF_HEAD + whole.length());
    out.octet(head);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.octet((int) (crc.getValue() >>> shift));
    }
    out.raw(whole.array(), whole.length());
    return out.toArray();
  }

  /** 0 if it does not become shorter, or is more than a reader unpacks. */
  private int deflate(byte[] target) {
    if (body.length() > Block.MOST_UNPACKED) {
      return 0;
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(body.array(), 0, body.length());
      deflater.finish();
      int length = deflater.deflate(target);
      // Two bytes less for the length that goes before it.
      return deflater.finished() && length + 2 < body.length() ? length : 0;
    } finally {
      deflater.end();
    }
  }

  private void coverage(BlockOut out) {
    out.text(pack.gateway().value());
    out.fixed(pack.epoch());
    out.varint(pack.covers().first());
    out.varint(pack.covers().size() - 1);
    out.varint(pack.dropped());
    out.varint(pack.predecessors().size());
    for (Predecessor earlier : pack.predecessors()) {
      out.fixed(earlier.epoch());
      out.varint(earlier.through());
    }
    out.varint(pack.entries().size());
  }

  /** Which Datastreams there are, and how many digits each of their numbers needs. */
  private void survey() {
    int place = 0;
    for (Entry entry : pack.entries()) {
      DatastreamId id = entry.observation().datastream();
      Stream stream = known.get(id);
      if (stream == null) {
        stream = new Stream(streams.size(), id, entry);
        known.put(id, stream);
        streams.add(stream);
      }
      streamOf[place++] = stream;
      expect(stream, entry.observation().result(), false);
    }
    place = 0;
    for (Entry entry : pack.entries()) {
      expect(streamOf[place++], entry.observation().result(), true);
    }
  }

  private static void expect(Stream stream, Result result, boolean again) {
    if (result instanceof Measurement number) {
      expect(stream.values, number.value(), again);
    } else if (result instanceof Summary summary) {
      summary
          .statistics()
          .forEach((statistic, value) -> expect(stream.of(statistic), value, again));
    }
  }

  private static void expect(BlockSeries series, double value, boolean again) {
    if (again) {
      series.require(value);
    } else {
      series.expect(value);
    }
  }

  private void dictionary() {
    body.varint(streams.size());
    String previous = "";
    for (Stream stream : streams) {
      int shared = shared(previous, stream.id);
      body.varint(shared);
      body.text(stream.id.substring(shared));
      body.text(stream.property == null ? "" : stream.property);
      body.text(stream.unit == null ? "" : stream.unit.code());
      body.octet(stream.values.digits());
      body.varint(stream.statistics.size());
      for (int i = 0; i < stream.statistics.size(); i++) {
        body.text(stream.statistics.get(i).name());
        body.octet(stream.series.get(i).digits());
      }
      previous = stream.id;
    }
  }

  private static int shared(String one, String other) {
    int most = Math.min(one.length(), other.length());
    int shared = 0;
    while (shared < most && one.charAt(shared) == other.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  private void columns() {
    long last = -1;
    for (Stream stream : streamOf) {
      body.signed(stream.index - last - 1);
      last = stream.index;
    }
    last = pack.covers().first() - 1;
    for (Entry entry : pack.entries()) {
      long offset = entry.observation().identity().offset();
      body.varint(offset - last - 1);
      last = offset;
    }
    last = 0;
    for (Entry entry : pack.entries()) {
      long from = entry.observation().phenomenonTime().from();
      body.signed(from - last);
      last = from;
    }
    int place = 0;
    for (Entry entry : pack.entries()) {
      Stream stream = streamOf[place++];
      long duration = entry.observation().phenomenonTime().millis();
      body.signed(duration - stream.duration);
      stream.duration = duration;
    }
    last = 0;
    for (Entry entry : pack.entries()) {
      Observation observation = entry.observation();
      long lag = observation.receivedAt() - observation.phenomenonTime().from();
      body.signed(lag - last);
      last = lag;
    }
    for (Entry entry : pack.entries()) {
      Observation observation = entry.observation();
      int quality = observation.quality() == Quality.SUSPECT ? Block.SUSPECT : 0;
      body.octet(Block.shapeOf(observation.result()) | quality);
    }
    place = 0;
    for (Entry entry : pack.entries()) {
      entry.observation().result().accept(streamOf[place++]);
    }
  }
}
