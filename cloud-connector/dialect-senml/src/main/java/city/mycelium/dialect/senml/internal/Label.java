package city.mycelium.dialect.senml.internal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every label that we read or write: those of RFC 8428, 4.3, with the integers that stand for them
 * in CBOR (RFC 8428, 6, table 4), and our own (docs/wire.md, 3), which are text in both forms.
 */
enum Label {
  BASE_VERSION("bver", Kind.WHOLE, -1),
  BASE_NAME("bn", Kind.TEXT, -2),
  BASE_TIME("bt", Kind.NUMBER, -3),
  BASE_UNIT("bu", Kind.TEXT, -4),
  BASE_VALUE("bv", Kind.NUMBER, -5),
  BASE_SUM("bs", Kind.NUMBER, -6),
  NAME("n", Kind.TEXT, 0),
  UNIT("u", Kind.TEXT, 1),
  VALUE("v", Kind.NUMBER, 2),
  STRING_VALUE("vs", Kind.TEXT, 3),
  BOOLEAN_VALUE("vb", Kind.TRUTH, 4),
  SUM("s", Kind.NUMBER, 5),
  TIME("t", Kind.NUMBER, 6),
  UPDATE_TIME("ut", Kind.NUMBER, 7),
  DATA_VALUE("vd", Kind.IGNORED, 8),

  EPOCH("mEpoch", Kind.TEXT),
  FROM("mFrom", Kind.WHOLE),
  TO("mTo", Kind.WHOLE),
  DROPPED("mDropped", Kind.WHOLE),
  PREDECESSORS("mPred", Kind.TEXT),

  OFFSET("mO", Kind.WHOLE),
  PROPERTY("mP", Kind.TEXT),
  UCUM_UNIT("mU", Kind.TEXT),
  EXACT("mV", Kind.NUMBER),
  DURATION("mD", Kind.WHOLE),
  RECEIVED("mR", Kind.WHOLE),
  SHAPE("mK", Kind.TEXT),
  QUALITY("mQ", Kind.TEXT),
  COUNT("mC", Kind.WHOLE),
  EXPECTED("mX", Kind.WHOLE),
  MIN("mMin", Kind.NUMBER),
  MAX("mMax", Kind.NUMBER),
  INVALID("mInvalid", Kind.TRUTH),
  REVISION("mRev", Kind.WHOLE);

  /** What a field holds. */
  enum Kind {
    TEXT,
    /** A finite double; whether it was written as a whole number is remembered too. */
    NUMBER,
    /** A whole number of at most 63 bits. */
    WHOLE,
    TRUTH,
    /** Only whether it is there. */
    IGNORED
  }

  static final int COUNT_OF_LABELS = values().length;

  private static final Map<String, Label> BY_TEXT = new HashMap<>();
  private static final Map<String, Label> BY_CBOR_KEY = new HashMap<>();

  static {
    for (Label label : values()) {
      BY_TEXT.put(label.text, label);
      Integer number = label.cborNumber;
      BY_CBOR_KEY.put(number == null ? label.text : number.toString(), label);
    }
  }

  private final String text;
  private final Kind kind;
  private final @Nullable Integer cborNumber;

  Label(String text, Kind kind) {
    this(text, kind, null);
  }

  Label(String text, Kind kind, @Nullable Integer cborNumber) {
    this.text = text;
    this.kind = kind;
    this.cborNumber = cborNumber;
  }

  /** The label with this text, as JSON has it; null if we do not know it. */
  static @Nullable Label ofText(String text) {
    return BY_TEXT.get(text);
  }

  /** The label with this key in CBOR, a number in decimal digits or a text; null likewise. */
  static @Nullable Label ofCborKey(String key) {
    return BY_CBOR_KEY.get(key);
  }

  String text() {
    return text;
  }

  /** What stands for it in CBOR; null if its text does. */
  @Nullable Integer cborNumber() {
    return cborNumber;
  }

  Kind kind() {
    return kind;
  }

  /** Place in an array of {@link #COUNT_OF_LABELS}, within one run. */
  @SuppressWarnings("EnumOrdinal") // never stored or sent
  int slot() {
    return ordinal();
  }

  @Override
  public String toString() {
    return text;
  }
}
