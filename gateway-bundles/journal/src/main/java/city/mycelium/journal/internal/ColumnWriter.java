package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Writes the columns of one block; see {@link BlockColumns}. For one thread and one block. */
final class ColumnWriter {

  private final int count;
  private final ByteSink datastreams;
  private final ByteSink froms;
  private final ByteSink lengths;
  private final ByteSink receiveds;
  private final ByteSink kinds;
  private final ByteSink scales;
  private final ByteSink values;
  private final BlockColumns.Foresights foresights = new BlockColumns.Foresights();

  /** The statistics met so far, and the number that stands for each. */
  private final Map<Statistic, Integer> statistics = new HashMap<>();

  private boolean begun;
  private int lastDatastream;
  private long lastFrom;
  private long lastReceivedAt;

  ColumnWriter(int count) {
    this.count = count;
    datastreams = new ByteSink(count);
    froms = new ByteSink(2 * count);
    lengths = new ByteSink(count);
    receiveds = new ByteSink(count);
    kinds = new ByteSink(count);
    scales = new ByteSink(count);
    values = new ByteSink(4 * count);
  }

  void add(int datastream, Draft draft) {
    Foresight foresight = foresights.of(datastream);
    datastreams.signed(datastream - lastDatastream);
    lastDatastream = datastream;

    long from = draft.phenomenonTime().from();
    froms.signed(from - foresight.nextFrom(lastFrom));
    foresight.began(from);
    lastFrom = from;

    long length = draft.phenomenonTime().millis();
    lengths.signed(length - foresight.length);
    foresight.length = length;

    receiveds.signed(draft.receivedAt() - (begun ? lastReceivedAt : from));
    lastReceivedAt = draft.receivedAt();
    begun = true;

    int shape = draft.result().accept(new ResultWriter(foresight));
    kinds.u8(shape | BlockColumns.of(draft.quality()));
  }

  byte[] toByteArray() {
    ByteSink all = new ByteSink(16 * count);
    all.varint(count);
    all.section(datastreams);
    all.section(froms);
    all.section(lengths);
    all.section(receiveds);
    all.section(kinds);
    all.section(scales);
    all.section(values);
    return all.toByteArray();
  }

  /** Writes the values of a result; gives its shape and flag. */
  private final class ResultWriter implements Result.Visitor<Integer> {

    private final Foresight foresight;

    ResultWriter(Foresight foresight) {
      this.foresight = foresight;
    }

    @Override
    public Integer number(Result.Measurement result) {
      foresight.write(0, result.value(), scales, values);
      return BlockColumns.NUMBER;
    }

    @Override
    public Integer truth(Result.Truth result) {
      return BlockColumns.TRUTH | flag(result.value());
    }

    @Override
    public Integer text(Result.Text result) {
      return BlockColumns.TEXT | flag(writeText(result.value()));
    }

    @Override
    public Integer category(Result.Category result) {
      return BlockColumns.CATEGORY | flag(writeText(result.value()));
    }

    @Override
    public Integer counter(Result.Counter result) {
      values.signed(result.value() - foresight.counter);
      foresight.counter = result.value();
      return BlockColumns.COUNTER;
    }

    @Override
    public Integer position(Result.Position result) {
      foresight.write(0, result.latitude(), scales, values);
      foresight.write(1, result.longitude(), scales, values);
      Double altitude = result.altitude();
      if (altitude != null) {
        foresight.write(2, altitude, scales, values);
      }
      return BlockColumns.POSITION | flag(altitude != null);
    }

    @Override
    public Integer summary(Result.Summary result) {
      values.varint(result.count());
      values.varint(result.expected());
      values.varint(result.revision());
      values.varint(result.statistics().size());
      result.statistics().forEach(this::writeStatistic);
      return BlockColumns.STATISTICS | flag(result.valid());
    }

    private void writeStatistic(Statistic statistic, double value) {
      Integer known = statistics.putIfAbsent(statistic, statistics.size());
      int slot = known == null ? statistics.size() - 1 : known;
      values.varint(slot);
      if (known == null) {
        writeText(statistic.name());
      }
      foresight.write(slot, value, scales, values);
    }

    private int flag(boolean set) {
      return set ? BlockColumns.FLAG : 0;
    }

    /**
     * Writes a text as UTF-8, or, where half a surrogate pair makes that impossible, as the numbers
     * of its characters.
     *
     * @return whether it had to be the numbers
     */
    private boolean writeText(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
        values.varint(utf8.length);
        values.bytes(utf8);
        return false;
      }
      values.varint(text.length());
      text.chars().forEach(values::varint);
      return true;
    }
  }
}
