package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with companions; a {@link PairedFunction} says what they tell. Merges exactly. Keeps
 * every result of the window.
 */
final class PairedFold implements Paired {

  private static final byte VERSION = 1;

  private final PairedFunction function;
  private final Pairs pairs;

  PairedFold(PairedFunction function) {
    this(function, new Pairs());
  }

  private PairedFold(PairedFunction function, Pairs pairs) {
    this.function = function;
    this.pairs = pairs;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Measurement number && function.accepts(number.value());
  }

  @Override
  public boolean acceptsCompanion(Result companion) {
    return companion instanceof Result.Measurement number
        && function.acceptsCompanion(number.value());
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    pairs.add(phenomenonTime, ((Result.Measurement) result).value());
  }

  @Override
  public void accompany(long phenomenonTime, Result companion) {
    pairs.accompany(phenomenonTime, ((Result.Measurement) companion).value());
  }

  @Override
  public void merge(Fold other) {
    pairs.merge(((PairedFold) other).pairs);
  }

  @Override
  public long count() {
    return pairs.count();
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    return pairs.count() == 0 ? Map.of() : function.statistics(pairs);
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return null;
  }

  @Override
  public byte[] toBytes() {
    PackedWriter out = new PackedWriter(VERSION);
    pairs.write(out);
    return out.toBytes();
  }

  static PairedFold read(byte[] bytes, PairedFunction function) {
    PackedReader in = new PackedReader(bytes, VERSION);
    PairedFold fold = new PairedFold(function, Pairs.read(in, function));
    in.end();
    return fold;
  }
}
