package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An {@link Edge} as bytes and back. */
public final class EdgeCodec implements Result.Visitor<byte[]> {

  private static final byte NUMBER = 1;
  private static final byte TRUTH = 2;
  private static final byte CATEGORY = 3;
  private static final byte COUNTER = 4;

  private final long phenomenonTime;

  private EdgeCodec(long phenomenonTime) {
    this.phenomenonTime = phenomenonTime;
  }

  /**
   * The bytes of an edge.
   *
   * @throws IllegalArgumentException if its result is of a kind that no family remembers
   */
  public static byte[] toBytes(Edge edge) {
    return edge.result().accept(new EdgeCodec(edge.phenomenonTime()));
  }

  /**
   * The reverse of {@link #toBytes}.
   *
   * @throws IllegalArgumentException if these bytes are none
   */
  public static Edge read(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte kind = in.get();
      long phenomenonTime = in.getLong();
      Result result =
          switch (kind) {
            case NUMBER -> new Result.Measurement(in.getDouble());
            case TRUTH -> new Result.Truth(in.get() != 0);
            case CATEGORY -> new Result.Category(StandardCharsets.UTF_8.decode(in).toString());
            case COUNTER -> new Result.Counter(in.getLong());
            default -> throw new IllegalArgumentException("there is no kind " + kind);
          };
      return new Edge(phenomenonTime, result);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("these are not the bytes of an edge", e);
    }
  }

  private ByteBuffer begin(byte kind, int more) {
    return ByteBuffer.allocate(1 + Long.BYTES + more).put(kind).putLong(phenomenonTime);
  }

  @Override
  public byte[] number(Result.Measurement result) {
    return begin(NUMBER, Double.BYTES).putDouble(result.value()).array();
  }

  @Override
  public byte[] truth(Result.Truth result) {
    return begin(TRUTH, 1).put((byte) (result.value() ? 1 : 0)).array();
  }

  @Override
  public byte[] category(Result.Category result) {
    byte[] word = result.value().getBytes(StandardCharsets.UTF_8);
    return begin(CATEGORY, word.length).put(word).array();
  }

  @Override
  public byte[] counter(Result.Counter result) {
    return begin(COUNTER, Long.BYTES).putLong(result.value()).array();
  }

  @Override
  public byte[] text(Result.Text result) {
    throw nobodyRemembers();
  }

  @Override
  public byte[] position(Result.Position result) {
    throw nobodyRemembers();
  }

  @Override
  public byte[] summary(Result.Summary result) {
    throw nobodyRemembers();
  }

  private static IllegalArgumentException nobodyRemembers() {
    return new IllegalArgumentException("no family remembers a result of this kind");
  }
}
