package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.Edge;
import city.mycelium.aggregation.internal.fold.EdgeCodec;
import city.mycelium.aggregation.internal.fold.Fold;
import city.mycelium.aggregation.internal.fold.FoldFamily;
import city.mycelium.aggregation.internal.fold.NumbersFamily;
import city.mycelium.aggregation.internal.fold.Paired;
import city.mycelium.aggregation.internal.fold.Span;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Statistic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one window so far, and how often it was told. Not thread-safe. */
final class Window {

  private static final byte OF_THE_SPINE = 1;

  /** Those of the smallest double. */
  private static final int MOST_DECIMALS = 1_074;

  private static final byte VERSION = 2;

  private final PhenomenonTime time;
  private final List<FoldFamily> families;
  private final Fold[] folds;
  private int revision;
  private @Nullable Edge before;

  /** Whether what is durable is not this. */
  private boolean unsaved;

  /** Whether the state of windows that are open has it. */
  private boolean savedOpen;

  private Window(PhenomenonTime time, List<FoldFamily> families, Fold[] folds) {
    this.time = time;
    this.families = families;
    this.folds = folds;
  }

  /** A window of which nothing was told yet. */
  static Window begin(PhenomenonTime time, List<FoldFamily> families, @Nullable Edge before) {
    Window window =
        new Window(time, families, families.stream().map(FoldFamily::begin).toArray(Fold[]::new));
    window.before = before;
    return window;
  }

  PhenomenonTime time() {
    return time;
  }

  /** Whether an instant lies in it. */
  boolean contains(long epochMillis) {
    return time.from() <= epochMillis && epochMillis < time.to();
  }

  void add(long phenomenonTime, Result result) {
    for (Fold fold : folds) {
      if (fold.accepts(result)) {
        fold.add(phenomenonTime, result);
      }
    }
  }

  /** A companion's result goes where it is a weight. */
  void accompany(long phenomenonTime, Result companion) {
    for (Fold fold : folds) {
      if (fold instanceof Paired paired && paired.acceptsCompanion(companion)) {
        paired.accompany(phenomenonTime, companion);
      }
    }
  }

  @Nullable Edge before() {
    return before;
  }

  /**
   * Something else was known before it.
   *
   * @return whether that is news
   */
  boolean setBefore(@Nullable Edge edge) {
    boolean news = !Objects.equals(before, edge);
    before = edge;
    return news;
  }

  /** What is known after it. */
  @Nullable Edge after() {
    Edge last = before;
    for (Fold fold : folds) {
      Edge told = fold.last(before);
      last = told == null ? last : told;
    }
    return last;
  }

  /** How many results went in, by whichever of its functions took most of them. */
  long count() {
    return Arrays.stream(folds).mapToLong(Fold::count).max().orElse(0);
  }

  /** The Summary as it stands, one revision further. */
  Summary issue(long expected, Validity validity) {
    revision++;
    SortedMap<Statistic, Double> statistics = new TreeMap<>();
    Span span = new Span(time.from(), time.to());
    for (Fold fold : folds) {
      statistics.putAll(fold.statistics(span, before));
    }
    long count = count();
    return new Summary(count, expected, statistics, validity.holds(count, expected), revision);
  }

  /**
   * Notes that it has changed.
   *
   * @return whether it was saved until now
   */
  boolean touch() {
    boolean first = !unsaved;
    unsaved = true;
    return first;
  }

  boolean isUnsaved() {
    return unsaved;
  }

  boolean isSavedOpen() {
    return savedOpen;
  }

  /** What is durable is this, among the windows that are open. */
  void savedAsOpen() {
    unsaved = false;
    savedOpen = true;
  }

  /** Nobody must save it as open; what is durable is what the Summary says. */
  void savedAsIssued() {
    unsaved = false;
    savedOpen = false;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(revision);
      byte[] edge = before == null ? new byte[0] : EdgeCodec.toBytes(before);
      out.writeShort(edge.length);
      out.write(edge);
      out.writeByte(folds.length);
      for (int i = 0; i < folds.length; i++) {
        out.writeUTF(families.get(i).name());
        byte[] fold = folds[i].toBytes();
        out.writeInt(fold.length);
        out.write(fold);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory: cannot be
    }
    return bytes.toByteArray();
  }

  /**
   * The reverse of {@link #toBytes}. What a family kept that is asked for no longer is left out; of
   * one that was not asked for then, nothing is known.
   *
   * @throws IllegalArgumentException if another version, or nobody, has written this
   */
  static Window read(PhenomenonTime time, List<FoldFamily> families, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte version = in.readByte();
      if (version == OF_THE_SPINE) {
        return readSpine(time, families, in);
      }
      if (version != VERSION) {
        throw new IllegalArgumentException("another version wrote this");
      }
      int revision = in.readInt();
      byte[] edge = in.readNBytes(in.readUnsignedShort());
      Map<String, byte[]> kept = new HashMap<>();
      int size = in.readUnsignedByte();
      for (int i = 0; i < size; i++) {
        kept.put(in.readUTF(), in.readNBytes(in.readInt()));
      }
      List<Fold> folds = new ArrayList<>();
      for (FoldFamily family : families) {
        byte[] fold = kept.get(family.name());
        folds.add(fold == null ? family.begin() : family.read(fold));
      }
      Window window = new Window(time, families, folds.toArray(Fold[]::new));
      window.revision = revision;
      window.before = edge.length == 0 ? null : EdgeCodec.read(edge);
      return window;
    } catch (IOException | ArithmeticException e) {
      throw new IllegalArgumentException("these are not the bytes of a window", e);
    }
  }

  /** From before there were families: count, min, max and the sum as a decimal fraction. */
  private static Window readSpine(
      PhenomenonTime time, List<FoldFamily> families, DataInputStream in) throws IOException {
    int revision = in.readInt();
    long count = in.readLong();
    double min = in.readDouble();
    double max = in.readDouble();
    int scale = in.readInt();
    if (scale < 0 || scale > MOST_DECIMALS) {
      throw new IllegalArgumentException("no sum of doubles has " + scale + " decimals");
    }
    BigDecimal sum = new BigDecimal(new BigInteger(in.readAllBytes()), scale);
    List<Fold> folds = new ArrayList<>();
    for (FoldFamily family : families) {
      folds.add(
          family instanceof NumbersFamily numbers
              ? numbers.begun(count, min, max, sum)
              : family.begin());
    }
    Window window = new Window(time, families, folds.toArray(Fold[]::new));
    window.revision = revision;
    return window;
  }
}
