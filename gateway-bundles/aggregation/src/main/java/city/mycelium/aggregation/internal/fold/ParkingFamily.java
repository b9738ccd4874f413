package city.mycelium.aggregation.internal.fold;

/** One parking bay: {@link ParkingFold}. */
public final class ParkingFamily implements FoldFamily {

  @Override
  public String name() {
    return "parking";
  }

  @Override
  public Fold begin() {
    return new ParkingFold();
  }

  @Override
  public Fold read(byte[] bytes) {
    return ParkingFold.read(bytes);
  }

  @Override
  public boolean remembers() {
    return true;
  }

  @Override
  public boolean mergesExactly() {
    return true;
  }
}
