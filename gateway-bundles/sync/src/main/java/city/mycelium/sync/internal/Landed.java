package city.mycelium.sync.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has landed above the cursor, in pieces that do not touch: each is one small value in the
 * state store until the cursor has passed it. Owned by the Destination's Scheduler.
 */
final class Landed {

  static final String STATE = "sync.ahead";

  private final Notebook notebook;
  private final TreeMap<Long, Piece> pieces = new TreeMap<>();

  /** As they are on the medium, or in the transaction that is under way. */
  private final Map<Long, Piece> kept = new HashMap<>();

  Landed(Notebook notebook) {
    this.notebook = notebook;
  }

  /** Reads what a gateway before this one had brought there. */
  void load() throws JournalException {
    pieces.clear();
    kept.clear();
    for (byte[] value : notebook.all(STATE).values()) {
      Piece piece = Piece.of(value);
      pieces.put(piece.covers().first(), piece);
      kept.put(piece.covers().first(), piece);
    }
  }

  int size() {
    return pieces.size();
  }

  List<OffsetRange> ranges() {
    return pieces.values().stream().map(Piece::covers).toList();
  }

  void add(Piece piece) {
    Piece joined = piece;
    var before = pieces.lowerEntry(piece.covers().first());
    if (before != null && before.getValue().covers().last() + 1 == piece.covers().first()) {
      pieces.remove(before.getKey());
      joined = before.getValue().join(joined);
    }
    Piece after = pieces.remove(piece.covers().last() + 1);
    if (after != null) {
      joined = joined.join(after);
    }
    pieces.put(joined.covers().first(), joined);
  }

  /** Takes out the piece that begins there. */
  @Nullable Piece take(long first) {
    return pieces.remove(first);
  }

  /**
   * The cursor has gone there without us: what it passed is tallied by the journal. Of a piece that
   * it cut nobody can say what became of the rest; that goes out again.
   *
   * @return what was thrown away
   */
  List<OffsetRange> cut(long position) {
    var passed = pieces.headMap(position, true);
    List<OffsetRange> cut = passed.values().stream().map(Piece::covers).toList();
    passed.clear();
    return cut;
  }

  /** Writes down what is not on the medium as it is now. */
  void note() {
    noteRemovals(Long.MAX_VALUE);
    for (Piece piece : new ArrayList<>(pieces.values())) {
      long first = piece.covers().first();
      if (!piece.equals(kept.get(first))) {
        piece.refusals().forEach(refusal -> refusal.note(notebook));
        Piece written = piece.kept();
        pieces.put(first, written);
        kept.put(first, written);
        notebook.put(STATE, key(first), written.toBytes());
      }
    }
  }

  /** Writes down that the cursor has passed what begins up to there. */
  void noteRemovals(long upTo) {
    kept.keySet()
        .removeIf(
            first -> {
              boolean isStale = first <= upTo && !pieces.containsKey(first);
              if (isStale) {
                notebook.remove(STATE, key(first));
              }
              return isStale;
            });
  }

  boolean isNoted() {
    return pieces.equals(kept);
  }

  private static String key(long first) {
    return String.format(Locale.ROOT, "%016x", first);
  }
}
