package city.mycelium.aggregation.internal.fold;

/**
 * Totals that only grow: {@link CounterFold}.
 *
 * @param rules of the counters that it sums up
 */
public record CounterFamily(CounterRules rules) implements FoldFamily {

  @Override
  public String name() {
    return "counter";
  }

  @Override
  public Fold begin() {
    return new CounterFold(rules);
  }

  @Override
  public Fold read(byte[] bytes) {
    return CounterFold.read(bytes, rules);
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
