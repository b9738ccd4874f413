package city.mycelium.aggregation.internal.fold;

/**
 * The mean of sound levels by what they carry: energies are added up exactly and rounded once. An
 * energy is that of its level against the reference of 0 dB: {@code 10^(L/10)}. Not thread-safe.
 */
final class SoundEnergy {

  private final ExactSum sum;
  private long count;

  SoundEnergy() {
    this(new ExactSum(), 0);
  }

  private SoundEnergy(ExactSum sum, long count) {
    this.sum = sum;
    this.count = count;
  }

  /** StrictMath, so that every machine comes to the same bits. */
  static double energy(double level) {
    return StrictMath.pow(10, level / 10);
  }

  static double level(double energy) {
    return 10 * StrictMath.log10(energy);
  }

  void add(double level) {
    sum.add(energy(level));
    count++;
  }

  void merge(SoundEnergy other) {
    sum.add(other.sum);
    count += other.count;
  }

  long count() {
    return count;
  }

  /** The mean energy; there must be one. */
  double mean() {
    return sum.mean(count);
  }

  void write(PackedWriter out) {
    out.number(count).bytes(sum.toBytes());
  }

  static SoundEnergy read(PackedReader in) {
    long count = in.count();
    ExactSum sum = in.sum();
    PackedReader.require(
        count == 0
            ? sum.total() == 0
            : energy(SoundLevels.LOWEST) <= sum.mean(count)
                && sum.mean(count) <= energy(SoundLevels.HIGHEST),
        "energy and count differ");
    return new SoundEnergy(sum, count);
  }
}
