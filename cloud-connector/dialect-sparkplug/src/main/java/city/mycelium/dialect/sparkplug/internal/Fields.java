package city.mycelium.dialect.sparkplug.internal;

/** Numbers of fields in a payload (Sparkplug 3.0, 6.4.1, the Protocol Buffers definition). */
final class Fields {

  static final int TIMESTAMP = 1;
  static final int METRICS = 2;
  static final int SEQ = 3;

  static final int METRIC_NAME = 1;
  static final int METRIC_TIMESTAMP = 3;
  static final int METRIC_DATATYPE = 4;
  static final int METRIC_IS_HISTORICAL = 5;
  static final int METRIC_IS_NULL = 7;
  static final int METRIC_PROPERTIES = 9;
  static final int METRIC_INT = 10;
  static final int METRIC_LONG = 11;
  static final int METRIC_FLOAT = 12;
  static final int METRIC_DOUBLE = 13;
  static final int METRIC_BOOLEAN = 14;
  static final int METRIC_STRING = 15;

  static final int SET_KEYS = 1;
  static final int SET_VALUES = 2;

  static final int PROPERTY_TYPE = 1;
  static final int PROPERTY_INT = 3;
  static final int PROPERTY_LONG = 4;
  static final int PROPERTY_BOOLEAN = 7;
  static final int PROPERTY_STRING = 8;

  private Fields() {}
}
