package city.mycelium.journal.internal;

import java.util.Arrays;

/**
 * What one datastream said last within a block, from which encoder and decoder foresee the same
 * next values; only the difference is written. For one thread.
 */
final class Foresight {

  /** By slot: what the doubles of a result were last; most results have one, a position three. */
  private double[] numbers = new double[3];

  private int[] scales = new int[3];
  private long from;
  private long step;
  private boolean met;
  long length;
  long counter;

  /** Where the next observation should begin, if the datastream keeps its beat. */
  long nextFrom(long fallback) {
    return met ? from + step : fallback;
  }

  void began(long at) {
    step = met ? at - from : 0;
    from = at;
    met = true;
  }

  /** Writes a double into the column of its scale and the column of its value. */
  void write(int slot, double value, ByteSink scaleColumn, ByteSink valueColumn) {
    room(slot);
    int scale = Decimals.scaleOf(value, scales[slot]);
    scaleColumn.u8(scale);
    if (scale == Decimals.RAW) {
      valueColumn.fixed64(Double.doubleToRawLongBits(value));
    } else {
      valueColumn.signed(Decimals.scale(value, scale) - Decimals.scale(numbers[slot], scale));
      scales[slot] = scale;
    }
    numbers[slot] = value;
  }

  /** The reverse of {@link #write}. */
  double read(int slot, ByteSource scaleColumn, ByteSource valueColumn)
      throws DamagedBlockException {
    room(slot);
    int scale = scaleColumn.u8();
    double value;
    if (scale == Decimals.RAW) {
      value = Double.longBitsToDouble(valueColumn.fixed64());
    } else if (scale < Decimals.RAW) {
      value = Decimals.unscale(Decimals.scale(numbers[slot], scale) + valueColumn.signed(), scale);
      scales[slot] = scale;
    } else {
      throw new DamagedBlockException("there is no scale " + scale);
    }
    numbers[slot] = value;
    return value;
  }

  /** A summary has a slot per statistic. */
  private void room(int slot) {
    if (slot >= numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * slot);
      scales = Arrays.copyOf(scales, 2 * slot);
    }
  }
}
