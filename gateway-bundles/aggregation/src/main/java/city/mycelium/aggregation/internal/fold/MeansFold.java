package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** See {@link MeansFamily}; a few values at most, so it keeps them. */
final class MeansFold implements Fold {

  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + Integer.BYTES;
  private static final int BYTES_OF_PART = Long.BYTES + Integer.BYTES + Double.BYTES;

  private final Statistic told;

  /** By the begin of their windows. */
  private final Map<Long, Part> parts = new TreeMap<>();

  /** What the last revision of a Summary says; not a number if it is invalid or has no mean. */
  private record Part(int revision, double mean) {}

  MeansFold(Statistic told) {
    this.told = told;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Summary;
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    Result.Summary summary = (Result.Summary) result;
    OptionalDouble mean = summary.valid() ? summary.value(Statistic.MEAN) : OptionalDouble.empty();
    add(phenomenonTime, new Part(summary.revision(), mean.orElse(Double.NaN)));
  }

  private void add(long from, Part part) {
    parts.merge(from, part, (one, other) -> one.revision() >= other.revision() ? one : other);
  }

  @Override
  public void merge(Fold other) {
    ((MeansFold) other).parts.forEach(this::add);
  }

  /** How many valid means there are. */
  @Override
  public long count() {
    return means().size();
  }

  private Collection<Double> means() {
    return parts.values().stream().map(Part::mean).filter(mean -> !mean.isNaN()).toList();
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Collection<Double> means = means();
    if (means.isEmpty()) {
      return Map.of();
    }
    if (told.equals(Statistic.MAX)) {
      return Map.of(told, means.stream().max(Double::compare).orElseThrow());
    }
    ExactSum sum = new ExactSum();
    means.forEach(sum::add);
    return Map.of(told, sum.mean(means.size()));
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return null;
  }

  @Override
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + parts.size() * BYTES_OF_PART);
    out.put(VERSION).putInt(parts.size());
    parts.forEach((from, part) -> out.putLong(from).putInt(part.revision()).putDouble(part.mean()));
    return out.array();
  }

  static MeansFold read(Statistic told, byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("another version wrote this");
      }
      MeansFold fold = new MeansFold(told);
      int size = in.getInt();
      for (int i = 0; i < size; i++) {
        fold.parts.put(in.getLong(), new Part(in.getInt(), in.getDouble()));
      }
      return fold;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("these are not the bytes of means", e);
    }
  }
}
