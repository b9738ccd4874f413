package city.mycelium.aggregation.internal.fold;

/** A family of functions: it makes {@link Fold}s of one class. Immutable. */
public interface FoldFamily {

  /** What it is called in the configuration and in what is kept, such as {@code numbers}. */
  String name();

  /** A window in which nothing has happened yet. */
  Fold begin();

  /**
   * The reverse of {@link Fold#toBytes}.
   *
   * @throws IllegalArgumentException if another version, or nobody, has written this
   */
  Fold read(byte[] bytes);

  /**
   * Whether what was known before a window matters to it: then a window in which nothing happened
   * tells something too, and is told again when the Edge before it changes.
   */
  boolean remembers();

  /** Whether the parts of a window, merged, tell bit for bit what its results together tell. */
  boolean mergesExactly();
}
