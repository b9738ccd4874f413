package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Statistic;
import city.mycelium.dialect.senml.SenmlException;
import com.fasterxml.jackson.core.JsonToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of any SenML pack, one after another, with the base fields applied (RFC 8428, 4.1 to
 * 4.6). What it returns of a record is valid until the next one. For one thread.
 */
final class Records implements AutoCloseable {

  private static final String PACK = "a SenML pack";

  private final Form form;
  private final WireParser parser;
  private final Fields fields = new Fields();
  private int number;

  private String baseName = "";
  private long baseTime;
  private @Nullable String baseUnit;
  private double baseValue;
  private boolean hasBaseValue;
  private double baseSum;
  private boolean hasBaseSum;
  private long version = Features.PLAIN;

  private String name = "";

  Records(Form form, byte[] bytes) throws SenmlException {
    this.form = form;
    this.parser = form.parser(bytes);
    parser.next();
    parser.expect(JsonToken.START_ARRAY, PACK + " must be an array of records");
  }

  /** Goes to the next record; false when there is none, and then nothing else follows. */
  boolean next() throws SenmlException {
    JsonToken token = parser.next();
    if (token == JsonToken.END_ARRAY) {
      parser.end();
      return false;
    }
    if (token == null) {
      throw parser.fault(PACK + " ends too early");
    }
    number++;
    fields.clear();
    parser.object("a SenML record", this::field);
    try {
      resolve();
    } catch (IllegalArgumentException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
    return true;
  }

  private void field(String key) throws SenmlException {
    Label label = form.readLabel(key, parser);
    if (label != null) {
      fields.take(label, parser);
      return;
    }
    Optional<Statistic> statistic = statistic(key);
    if (statistic.isPresent()) {
      fields.take(statistic.get(), key, parser);
    } else if (key.endsWith("_")) {
      // RFC 8428, 4.4: whoever does not understand such a label may not use the pack.
      throw parser.fault(
          "the label '" + key + "' must be understood, and this end does not know it");
    } else {
      parser.skip();
    }
  }

  private Optional<Statistic> statistic(String key) throws SenmlException {
    try {
      return StatisticLabels.parse(key);
    } catch (IllegalArgumentException e) {
      throw parser.fault(String.valueOf(e.getMessage()));
    }
  }

  private void resolve() throws SenmlException {
    takeBase();
    String own = fields.text(Label.NAME);
    name = own == null ? baseName : baseName + own;
    if (!isName(name)) {
      throw fault(
          "a name is made of A-Z a-z 0-9 - : . / _ and begins with a letter or digit"
              + " (RFC 8428, 4.5.1)");
    }
    int values =
        count(Label.VALUE)
            + count(Label.STRING_VALUE)
            + count(Label.BOOLEAN_VALUE)
            + count(Label.DATA_VALUE);
    if (values > 1) {
      throw fault("a record has one value, not " + values);
    }
    if (values == 0 && !hasBaseValue && !hasSum()) {
      throw fault("a record needs a value or a sum");
    }
  }

  /** RFC 8428, 4.5.1. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && (i == 0 || "-:./_".indexOf(c) < 0)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private int count(Label label) {
    return fields.has(label) ? 1 : 0;
  }

  private void takeBase() throws SenmlException {
    String newName = fields.text(Label.BASE_NAME);
    if (newName != null) {
      baseName = newName;
    }
    if (fields.has(Label.BASE_TIME)) {
      baseTime = Times.millis(fields.number(Label.BASE_TIME));
    }
    String newUnit = fields.text(Label.BASE_UNIT);
    if (newUnit != null) {
      baseUnit = newUnit;
    }
    if (fields.has(Label.BASE_VALUE)) {
      hasBaseValue = true;
      baseValue = fields.number(Label.BASE_VALUE);
    }
    if (fields.has(Label.BASE_SUM)) {
      hasBaseSum = true;
      baseSum = fields.number(Label.BASE_SUM);
    }
    if (fields.has(Label.BASE_VERSION)) {
      takeVersion(fields.whole(Label.BASE_VERSION));
    }
  }

  private void takeVersion(long said) throws SenmlException {
    if (!Features.understood(said)) {
      throw fault("SenML version " + said + " asks for features that this end does not have");
    }
    // RFC 8428, 4.4: the version is the same in all records of a pack; one that says none has 10.
    if (number > 1 && said != version) {
      throw fault("the SenML version changes within the pack");
    }
    version = said;
  }

  /** Which record this is, from 1. */
  int number() {
    return number;
  }

  /** The record's fields as they were sent, ours included. */
  Fields fields() {
    return fields;
  }

  /** Base name and name. */
  String name() {
    return name;
  }

  /** The record's unit, or else the base unit; null if there is neither. */
  @Nullable String unit() {
    String own = fields.text(Label.UNIT);
    return own == null ? baseUnit : own;
  }

  /**
   * Base time and time, UTC epoch milliseconds.
   *
   * @throws SenmlException if the sender gave it relative to now
   */
  long time() throws SenmlException {
    long time;
    try {
      time = baseTime + Times.millis(fields.number(Label.TIME));
    } catch (IllegalArgumentException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
    if (!Times.isAbsolute(time)) {
      throw fault(
          "the time is relative to now (RFC 8428, 4.5.3), which says nothing after the journey");
    }
    return time;
  }

  /** Whether the value is a number; a base value alone is one (RFC 8428, 4.1). */
  boolean hasNumber() {
    boolean hasOther =
        fields.has(Label.STRING_VALUE)
            || fields.has(Label.BOOLEAN_VALUE)
            || fields.has(Label.DATA_VALUE);
    return !hasOther && (fields.has(Label.VALUE) || hasBaseValue);
  }

  /** Base value and value. */
  double value() throws SenmlException {
    // Not simply the sum: 0.0 + -0.0 would lose the sign.
    if (!hasBaseValue) {
      return fields.number(Label.VALUE);
    }
    return finite(baseValue + fields.number(Label.VALUE));
  }

  /** Whether the value is a whole number, so that {@link #wholeValue} has all its digits. */
  boolean hasWholeValue() {
    return !hasBaseValue && fields.isWhole(Label.VALUE);
  }

  long wholeValue() {
    return fields.whole(Label.VALUE);
  }

  boolean hasSum() {
    return fields.has(Label.SUM) || hasBaseSum;
  }

  /** Base sum and sum. */
  double sum() throws SenmlException {
    return finite(baseSum + fields.number(Label.SUM));
  }

  private double finite(double value) throws SenmlException {
    if (!Double.isFinite(value)) {
      throw fault("a base value and a value add up to no number");
    }
    return value;
  }

  /** A fault in the record just read. */
  SenmlException fault(String message) {
    return parser.fault("record " + number + ": " + message);
  }

  @Override
  public void close() {
    parser.close();
  }
}
