package city.mycelium.dialect.senml.internal;

import city.mycelium.dialect.senml.SenmlException;

/**
 * The numbers of one kind in one Datastream of a block, each told as its difference from the one
 * before (docs/wire.md, 8.3). For one thread.
 */
final class BlockSeries {

  private int digits;
  private long last;

  BlockSeries(int digits) {
    this.digits = digits;
  }

  /** Makes room for a value that will come. */
  void expect(double value) {
    if (digits != Decimals.NONE && !Decimals.fits(value, digits)) {
      digits = Decimals.digits(value, digits);
    }
  }

  /**
   * Whether every value that was expected fits in the digits that are needed now: a later one may
   * have asked for more than an earlier one has room for.
   */
  void require(double value) {
    if (digits != Decimals.NONE && !Decimals.fits(value, digits)) {
      digits = Decimals.NONE;
    }
  }

  int digits() {
    return digits;
  }

  void write(double value, BlockOut out) {
    if (digits == Decimals.NONE) {
      long bits = Double.doubleToRawLongBits(value);
      out.fixed(bits ^ last);
      last = bits;
    } else {
      long whole = Decimals.whole(value, digits);
      out.signed(whole - last);
      last = whole;
    }
  }

  double read(BlockIn in) throws SenmlException {
    double value;
    if (digits == Decimals.NONE) {
      last ^= in.fixed();
      value = Double.longBitsToDouble(last);
    } else {
      last += in.signed();
      value = Decimals.value(last, digits);
    }
    if (!Double.isFinite(value)) {
      throw in.fault("a number must be finite");
    }
    return value;
  }
}
