package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The inside of a block: a varint with the number of observations, then seven columns, each after a
 * varint with its length. Like lies beside like, so that deflate finds it.
 *
 * <pre>
 * datastream  signed varint, its number less that of the observation before
 * from        signed varint, start of phenomenonTime less where it was foreseen
 * length      signed varint, length of phenomenonTime less that of its datastream before
 * received    signed varint, receivedAt less that of the observation before (the first: less its from)
 * kind        1 byte: bits 0-2 shape, bit 3 suspect, bit 4 the shape's own flag
 * scale       1 byte per double: 0-4 decimals, or 5 = the raw bits
 * value       what the shape needs
 * </pre>
 *
 * Foreseen is, within one block and one datastream, the last start plus the last step; at first the
 * start of the observation before. Times wrap around in 64 bits on both sides alike.
 */
final class BlockColumns {

  /** Bits of the kind. */
  static final int SHAPE = 0b0_0111;

  static final int SUSPECT = 0b0_1000;
  static final int FLAG = 0b1_0000;

  /** Shapes; these numbers are on disk. */
  static final int NUMBER = 0;

  static final int TRUTH = 1;
  static final int TEXT = 2;
  static final int CATEGORY = 3;
  static final int COUNTER = 4;
  static final int POSITION = 5;
  static final int SUMMARY = 6;

  private BlockColumns() {}

  static byte[] write(List<Draft> drafts, ToIntFunction<DatastreamId> numberOf) {
    ColumnWriter writer = new ColumnWriter(drafts.size());
    for (Draft draft : drafts) {
      writer.add(numberOf.applyAsInt(draft.datastream()), draft);
    }
    return writer.toByteArray();
  }

  static List<Draft> read(byte[] columns, DatastreamNames names) throws DamagedBlockException {
    return new ColumnReader(columns, names).readAll();
  }

  /** One {@link Foresight} per datastream number. */
  static final class Foresights {

    private final Map<Integer, Foresight> byDatastream = new HashMap<>();

    Foresight of(int datastream) {
      return byDatastream.computeIfAbsent(datastream, number -> new Foresight());
    }
  }
}
