package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.protobuf.MessageWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric of a payload (Sparkplug 3.0, 6.4.6).
 *
 * @param name unique in its device, or in the edge node
 * @param timestamp UTC epoch milliseconds
 * @param type of the value
 * @param value a Double, Boolean, String or Long as the type has it; null says that there is none
 * @param historical whether it is told late
 * @param properties beside it, by key: a String, Long or Boolean, and an Integer for the quality
 */
record Metric(
    String name,
    long timestamp,
    DataType type,
    @Nullable Object value,
    boolean historical,
    List<Property> properties) {

  /** What is said beside a value (6.4.7). */
  record Property(String key, Object value) {}

  Metric {
    properties = List.copyOf(properties);
  }

  static Metric of(String name, long timestamp, DataType type, @Nullable Object value) {
    return new Metric(name, timestamp, type, value, false, List.of());
  }

  MessageWriter toMessage() {
    MessageWriter out = new MessageWriter();
    out.text(Fields.METRIC_NAME, name);
    out.whole(Fields.METRIC_TIMESTAMP, timestamp);
    out.whole(Fields.METRIC_DATATYPE, type.code());
    if (historical) {
      out.truth(Fields.METRIC_IS_HISTORICAL, true);
    }
    if (value == null) {
      out.truth(Fields.METRIC_IS_NULL, true);
    }
    if (!properties.isEmpty()) {
      out.message(Fields.METRIC_PROPERTIES, propertySet());
    }
    if (value != null) {
      type.write(out, value);
    }
    return out;
  }

  private MessageWriter propertySet() {
    MessageWriter out = new MessageWriter();
    properties.forEach(property -> out.text(Fields.SET_KEYS, property.key()));
    List<MessageWriter> values = new ArrayList<>();
    for (Property property : properties) {
      Object said = property.value();
      MessageWriter each = new MessageWriter();
      if (said instanceof Integer whole) {
        each.whole(Fields.PROPERTY_TYPE, DataType.INT32.code());
        each.whole(Fields.PROPERTY_INT, whole);
      } else if (said instanceof Long whole) {
        each.whole(Fields.PROPERTY_TYPE, DataType.INT64.code());
        each.whole(Fields.PROPERTY_LONG, whole);
      } else if (said instanceof Boolean truth) {
        each.whole(Fields.PROPERTY_TYPE, DataType.BOOLEAN.code());
        each.truth(Fields.PROPERTY_BOOLEAN, truth);
      } else {
        each.whole(Fields.PROPERTY_TYPE, DataType.STRING.code());
        each.text(Fields.PROPERTY_STRING, String.valueOf(said));
      }
      values.add(each);
    }
    values.forEach(each -> out.message(Fields.SET_VALUES, each));
    return out;
  }
}
