package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** See {@link NumbersFamily}. */
final class NumbersFold implements Fold {

  private static final byte VERSION = 1;
  private static final byte WITH_SQUARES = 1;
  private static final int FIXED_BYTES = 2 + 3 * Long.BYTES;

  private final Set<Statistic> wanted;
  private final ExactSum sum;

  /** Null if nobody asked for it when the window began: then it can never be told. */
  private final @Nullable ExactSum squares;

  private long count;
  private double min;
  private double max;

  NumbersFold(Set<Statistic> wanted) {
    this(
        wanted,
        0,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        new ExactSum(),
        wanted.contains(Statistic.SD) ? new ExactSum() : null);
  }

  NumbersFold(
      Set<Statistic> wanted,
      long count,
      double min,
      double max,
      ExactSum sum,
      @Nullable ExactSum squares) {
    this.wanted = wanted;
    this.count = count;
    this.min = min;
    this.max = max;
    this.sum = sum;
    this.squares = squares;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Measurement;
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    double value = ((Result.Measurement) result).value();
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum.add(value);
    if (squares != null) {
      squares.addSquare(value);
    }
  }

  @Override
  public void merge(Fold other) {
    NumbersFold more = (NumbersFold) other;
    count += more.count;
    min = Math.min(min, more.min);
    max = Math.max(max, more.max);
    sum.add(more.sum);
    if (squares != null && more.squares != null) {
      squares.add(more.squares);
    }
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Map<Statistic, Double> all = new TreeMap<>();
    if (count > 0) {
      all.put(Statistic.MIN, min);
      all.put(Statistic.MAX, max);
      all.put(Statistic.MEAN, sum.mean(count));
      all.put(Statistic.SUM, sum.total());
      if (squares != null && count > 1) {
        all.put(Statistic.SD, ExactSum.deviation(sum, squares, count));
      }
    }
    all.keySet().retainAll(wanted);
    all.values().removeIf(value -> !Double.isFinite(value)); // a sum beyond all doubles
    return all;
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return null;
  }

  @Override
  public byte[] toBytes() {
    byte[] sumBytes = sum.toBytes();
    byte[] squareBytes = squares == null ? new byte[0] : squares.toBytes();
    return ByteBuffer.allocate(FIXED_BYTES + sumBytes.length + squareBytes.length)
        .put(VERSION)
        .put(squares == null ? 0 : WITH_SQUARES)
        .putLong(count)
        .putDouble(min)
        .putDouble(max)
        .put(sumBytes)
        .put(squareBytes)
        .array();
  }

  static NumbersFold read(Set<Statistic> wanted, byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("another version wrote this");
      }
      boolean withSquares = in.get() == WITH_SQUARES;
      long count = in.getLong();
      double min = in.getDouble();
      double max = in.getDouble();
      ExactSum sum = ExactSum.read(in);
      return new NumbersFold(wanted, count, min, max, sum, withSquares ? ExactSum.read(in) : null);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("these are not the bytes of numbers", e);
    }
  }
}
