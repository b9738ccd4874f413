package city.mycelium.journal.internal;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Quality;
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
 * kind        1 byte: bits 0-2 shape, bit 3 suspect, bit 4 the shape's own flag, bit 5 undated
 * scale       1 byte per double: 0-4 decimals, or 5 = the raw bits
 * value       what the shape needs
 * </pre>
 *
 * The name of a statistic stands in a block once, where it is first met, after the number that it
 * gets; from then on it is that number.
 *
 * <p>Foreseen is, within one block and one datastream, the last start plus the last step; at first
 * the start of the observation before. Times wrap around in 64 bits on both sides alike.
 */
final class BlockColumns {

  /** Bits of the kind. */
  static final int SHAPE = 0b00_0111;

  static final int SUSPECT = 0b00_1000;
  static final int FLAG = 0b01_0000;
  static final int UNDATED = 0b10_0000;

  /** Shapes; these numbers are on disk. */
  static final int NUMBER = 0;

  static final int TRUTH = 1;
  static final int TEXT = 2;
  static final int CATEGORY = 3;
  static final int COUNTER = 4;
  static final int POSITION = 5;

  /** What layout 1 wrote of a summary: min, mean and max, and no word on whether it is valid. */
  static final int MIN_MEAN_MAX = 6;

  /** A summary by the names of its statistics; the flag says that it is valid. */
  static final int STATISTICS = 7;

  /** So many different names one block may speak of; far more than there are. */
  static final int MAX_STATISTICS = 1024;

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

  /** The first column alone: the number of the datastream of each observation. */
  static int[] datastreams(byte[] columns) throws DamagedBlockException {
    ByteSource all = new ByteSource(columns);
    int count = all.varint(1, BlockCodec.MAX_OBSERVATIONS, "the number of observations");
    return numbers(all.section(), count);
  }

  /** So many numbers of datastreams, each as what it differs from the one before. */
  static int[] numbers(ByteSource source, int count) throws DamagedBlockException {
    int[] numbers = new int[count];
    long number = 0;
    for (int i = 0; i < count; i++) {
      number += source.signed();
      if (number < 0 || number > Dictionary.MAX_NUMBER) {
        throw new DamagedBlockException("there is no datastream " + number);
      }
      numbers[i] = (int) number;
    }
    return numbers;
  }

  static int of(Quality quality) {
    return switch (quality) {
      case GOOD -> 0;
      case SUSPECT -> SUSPECT;
      case UNDATED -> UNDATED;
    };
  }

  static Quality quality(int kind) throws DamagedBlockException {
    return switch (kind & (SUSPECT | UNDATED)) {
      case 0 -> Quality.GOOD;
      case SUSPECT -> Quality.SUSPECT;
      case UNDATED -> Quality.UNDATED;
      default -> throw new DamagedBlockException("nothing is both suspect and undated");
    };
  }

  /** One {@link Foresight} per datastream number. */
  static final class Foresights {

    private final Map<Integer, Foresight> byDatastream = new HashMap<>();

    Foresight of(int datastream) {
      return byDatastream.computeIfAbsent(datastream, number -> new Foresight());
    }
  }
}
