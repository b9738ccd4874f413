package city.mycelium.aggregation.internal.fold;

/**
 * Numbers with companions: {@link PairedFold}.
 *
 * @param function what is told of them
 */
public record PairedFamily(PairedFunction function) implements FoldFamily {

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public Paired begin() {
    return new PairedFold(function);
  }

  @Override
  public Paired read(byte[] bytes) {
    return PairedFold.read(bytes, function);
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
