package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Statistic;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.internal.Label.Kind;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one record as they were sent, used again for the next one. For one thread. Asking
 * for a field that is not there gives 0, false or null: ask {@link #has} first.
 */
final class Fields {

  private final double[] numbers = new double[Label.COUNT_OF_LABELS];
  private final long[] wholes = new long[Label.COUNT_OF_LABELS];
  private final @Nullable String[] texts = new @Nullable String[Label.COUNT_OF_LABELS];
  private final SortedMap<Statistic, Double> statistics = new TreeMap<>();
  private long present;
  private long writtenWhole;

  void clear() {
    statistics.clear();
    present = 0;
    writtenWhole = 0;
  }

  /** Takes the value on which the parser stands. */
  void take(Label label, WireParser parser) throws SenmlException {
    int slot = label.slot();
    long bit = 1L << slot;
    if ((present & bit) != 0) {
      throw parser.fault("the record has '" + label + "' twice");
    }
    present |= bit;
    switch (label.kind()) {
      case TEXT -> texts[slot] = parser.text(label);
      case WHOLE -> wholes[slot] = parser.whole(label);
      case TRUTH -> wholes[slot] = parser.truth(label) ? 1 : 0;
      case IGNORED -> parser.skip();
      case NUMBER -> {
        numbers[slot] = parser.number(label);
        if (parser.isWhole()) {
          writtenWhole |= bit;
          wholes[slot] = parser.whole(label);
        }
      }
    }
  }

  /** Takes the value on which the parser stands, of a statistic without a label of its own. */
  void take(Statistic statistic, String label, WireParser parser) throws SenmlException {
    if (statistics.put(statistic, parser.number(label)) != null) {
      throw parser.fault("the record has '" + label + "' twice");
    }
  }

  /** The statistics without a label of their own; changes with the next record. */
  SortedMap<Statistic, Double> statistics() {
    return statistics;
  }

  boolean has(Label label) {
    return (present & 1L << label.slot()) != 0;
  }

  /** Whether a {@link Kind#NUMBER} was written as a whole one, so that {@link #whole} has it. */
  boolean isWhole(Label label) {
    return (writtenWhole & 1L << label.slot()) != 0;
  }

  double number(Label label) {
    return has(label) ? numbers[label.slot()] : 0;
  }

  long whole(Label label) {
    return has(label) ? wholes[label.slot()] : 0;
  }

  boolean truth(Label label) {
    return whole(label) != 0;
  }

  @Nullable String text(Label label) {
    return has(label) ? texts[label.slot()] : null;
  }
}
