package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.protobuf.MessageWriter;
import java.util.Arrays;
import java.util.Optional;

/** The data types that we use (Sparkplug 3.0, 6.4.16), with the field that holds each. */
enum DataType {
  INT32(3),
  INT64(4),
  DOUBLE(10),
  BOOLEAN(11),
  STRING(12);

  private final int code;

  DataType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<DataType> of(long code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  void write(MessageWriter out, Object value) {
    switch (this) {
      case INT32 -> out.whole(Fields.METRIC_INT, (Integer) value);
      case INT64 -> out.whole(Fields.METRIC_LONG, (Long) value);
      case DOUBLE -> out.number(Fields.METRIC_DOUBLE, (Double) value);
      case BOOLEAN -> out.truth(Fields.METRIC_BOOLEAN, (Boolean) value);
      case STRING -> out.text(Fields.METRIC_STRING, (String) value);
    }
  }
}
