package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the columns of one block; see {@link BlockColumns}. Trusts nothing: every length is held
 * against what is there, and every value passes the checks of the record that it becomes. For one
 * thread and one block.
 */
final class ColumnReader {

  private final DatastreamNames names;
  private final int count;
  private final ByteSource datastreams;
  private final ByteSource froms;
  private final ByteSource lengths;
  private final ByteSource receiveds;
  private final ByteSource kinds;
  private final ByteSource scales;
  private final ByteSource values;
  private final BlockColumns.Foresights foresights = new BlockColumns.Foresights();

  /** The statistics met so far, by the number that stands for each. */
  private final List<Statistic> statistics = new ArrayList<>();

  private boolean begun;
  private int lastDatastream;
  private long lastFrom;
  private long lastReceivedAt;

  ColumnReader(byte[] columns, DatastreamNames names) throws DamagedBlockException {
    this.names = names;
    ByteSource all = new ByteSource(columns);
    count = all.varint(1, BlockCodec.MAX_OBSERVATIONS, "the number of observations");
    datastreams = all.section();
    froms = all.section();
    lengths = all.section();
    receiveds = all.section();
    kinds = all.section();
    scales = all.section();
    values = all.section();
    if (all.remaining() != 0) {
      throw new DamagedBlockException(all.remaining() + " bytes follow its columns");
    }
  }

  List<Draft> readAll() throws DamagedBlockException {
    List<Draft> drafts = new ArrayList<>(count);
    try {
      for (int i = 0; i < count; i++) {
        drafts.add(next());
      }
    } catch (IllegalArgumentException e) {
      // The records check themselves: what they refuse was never written.
      throw new DamagedBlockException("it holds an impossible value: " + e.getMessage(), e);
    }
    for (ByteSource column :
        List.of(datastreams, froms, lengths, receiveds, kinds, scales, values)) {
      if (column.remaining() != 0) {
        throw new DamagedBlockException(
            column.remaining() + " bytes of a column belong to no observation");
      }
    }
    return drafts;
  }

  private Draft next() throws DamagedBlockException {
    long datastream = lastDatastream + datastreams.signed();
    if (datastream < 0 || datastream > Dictionary.MAX_NUMBER) {
      throw new DamagedBlockException("there is no datastream " + datastream);
    }
    lastDatastream = (int) datastream;
    DatastreamId name = names.nameOf(lastDatastream);
    Foresight foresight = foresights.of(lastDatastream);

    long from = foresight.nextFrom(lastFrom) + froms.signed();
    foresight.began(from);
    lastFrom = from;

    long length = foresight.length + lengths.signed();
    foresight.length = length;

    long receivedAt = (begun ? lastReceivedAt : from) + receiveds.signed();
    lastReceivedAt = receivedAt;
    begun = true;

    int kind = kinds.u8();
    int known =
        BlockColumns.SHAPE | BlockColumns.SUSPECT | BlockColumns.FLAG | BlockColumns.UNDATED;
    if ((kind & ~known) != 0) {
      throw new DamagedBlockException("there is no kind " + kind);
    }
    return new Draft(
        name,
        PhenomenonTime.between(from, from + length),
        result(kind & BlockColumns.SHAPE, (kind & BlockColumns.FLAG) != 0, foresight),
        BlockColumns.quality(kind),
        receivedAt);
  }

  private Result result(int shape, boolean flag, Foresight foresight) throws DamagedBlockException {
    return switch (shape) {
      case BlockColumns.NUMBER -> new Result.Measurement(foresight.read(0, scales, values));
      case BlockColumns.TRUTH -> new Result.Truth(flag);
      case BlockColumns.TEXT -> new Result.Text(text(flag));
      case BlockColumns.CATEGORY -> new Result.Category(text(flag));
      case BlockColumns.COUNTER -> {
        foresight.counter += values.signed();
        yield new Result.Counter(foresight.counter);
      }
      case BlockColumns.POSITION -> {
        double latitude = foresight.read(0, scales, values);
        double longitude = foresight.read(1, scales, values);
        yield new Result.Position(
            latitude, longitude, flag ? foresight.read(2, scales, values) : null);
      }
      case BlockColumns.MIN_MEAN_MAX -> {
        long members = values.varint();
        long expected = values.varint();
        int revision = values.varint(1, Integer.MAX_VALUE, "a revision");
        double min = foresight.read(0, scales, values);
        double mean = foresight.read(1, scales, values);
        double max = foresight.read(2, scales, values);
        yield Result.Summary.ofNumbers(members, expected, min, mean, max, revision);
      }
      case BlockColumns.STATISTICS -> summary(flag, foresight);
      default -> throw new DamagedBlockException("there is no shape " + shape);
    };
  }

  private Result summary(boolean valid, Foresight foresight) throws DamagedBlockException {
    long members = values.varint();
    long expected = values.varint();
    int revision = values.varint(1, Integer.MAX_VALUE, "a revision");
    int size = values.varint(0, BlockColumns.MAX_STATISTICS, "the number of statistics");
    SortedMap<Statistic, Double> all = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      int slot = values.varint(0, statistics.size(), "the number of a statistic");
      if (slot == statistics.size()) {
        statistics.add(new Statistic(text(false)));
      }
      all.put(statistics.get(slot), foresight.read(slot, scales, values));
    }
    return new Result.Summary(members, expected, all, valid, revision);
  }

  private String text(boolean asNumbers) throws DamagedBlockException {
    int length = values.varint(0, values.remaining(), "the length of a text");
    if (!asNumbers) {
      return new String(values.bytes(length), StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) values.varint(0, Character.MAX_VALUE, "a character"));
    }
    return text.toString();
  }
}
