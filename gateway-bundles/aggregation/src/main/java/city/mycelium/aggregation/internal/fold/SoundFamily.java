package city.mycelium.aggregation.internal.fold;

/**
 * A-weighted sound levels: {@link SoundFold}.
 *
 * @param parts of the day, for Lden
 */
public record SoundFamily(DayParts parts) implements FoldFamily {

  @Override
  public String name() {
    return "sound";
  }

  @Override
  public Fold begin() {
    return new SoundFold(parts);
  }

  @Override
  public Fold read(byte[] bytes) {
    return SoundFold.read(bytes);
  }

  @Override
  public boolean remembers() {
    return false;
  }

  @Override
  public boolean mergesExactly() {
    return true;
  }
}
