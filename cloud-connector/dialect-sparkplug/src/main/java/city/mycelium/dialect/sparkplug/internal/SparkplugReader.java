package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.protobuf.FieldReader;
import city.mycelium.protobuf.ProtobufException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads DDATA back; births, deaths and fences tell of no Observation. */
final class SparkplugReader implements MessageReader {

  /** {@code spBv1.0/<group>/DDATA/<edge node>/<device>} (Sparkplug 3.0, 4.1). */
  private static final int LEVELS = 5;

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    String[] levels = message.channel().split("/", -1);
    if (levels.length != LEVELS || !levels[2].equals("DDATA")) {
      return List.of();
    }
    try {
      List<ToldObservation> told = new ArrayList<>();
      FieldReader in = new FieldReader(message.payload());
      boolean sequenced = false;
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == Fields.METRICS) {
          told.add(metric(in.message(), levels[3], levels[4]));
        }
        sequenced |= field == Fields.SEQ;
      }
      if (!sequenced) {
        throw new ProtobufException("a payload of data has a sequence number, this one was cut");
      }
      return told;
    } catch (ProtobufException | IllegalArgumentException e) {
      throw new UnreadableMessageException(
          "this is no Sparkplug B payload of data: " + e.getMessage(), e);
    }
  }

  private static ToldObservation metric(FieldReader in, String node, String device)
      throws ProtobufException {
    String name = "";
    long timestamp = 0;
    Result result = null;
    Map<String, Object> properties = Map.of();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case Fields.METRIC_NAME -> name = in.text();
        case Fields.METRIC_TIMESTAMP -> timestamp = in.whole();
        case Fields.METRIC_PROPERTIES -> properties = properties(in.message());
        case Fields.METRIC_INT, Fields.METRIC_LONG -> result = whole(in.whole());
        case Fields.METRIC_DOUBLE, Fields.METRIC_FLOAT ->
            result = new Result.Measurement(in.number());
        case Fields.METRIC_BOOLEAN -> result = new Result.Truth(in.truth());
        case Fields.METRIC_STRING -> result = new Result.Text(in.text());
        default -> {}
      }
    }
    if (result == null) {
      throw new ProtobufException("the metric '" + name + "' has no value");
    }
    Object until = properties.get("until");
    return new ToldObservation(
        device,
        name,
        null,
        PhenomenonTime.between(timestamp, until instanceof Long to ? to : timestamp),
        result,
        identity(node, properties));
  }

  private static Result whole(long value) {
    return value < 0 ? new Result.Measurement((double) value) : new Result.Counter(value);
  }

  /** Only where the edge node is called as the gateway is. */
  private static @Nullable Identity identity(String node, Map<String, Object> properties) {
    if (properties.get("epoch") instanceof String epoch
        && properties.get("offset") instanceof Long offset
        && node.matches("[a-z2-7]{26}")) {
      return new Identity(new GatewayId(node), Identity.parseEpoch(epoch), offset);
    }
    return null;
  }

  private static Map<String, Object> properties(FieldReader in) throws ProtobufException {
    List<String> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == Fields.SET_KEYS) {
        keys.add(in.text());
      } else if (field == Fields.SET_VALUES) {
        values.add(property(in.message()));
      }
    }
    if (keys.size() != values.size()) {
      throw new ProtobufException("a property set has as many keys as values");
    }
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      properties.put(keys.get(i), values.get(i));
    }
    return properties;
  }

  private static Object property(FieldReader in) throws ProtobufException {
    Object value = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case Fields.PROPERTY_INT, Fields.PROPERTY_LONG -> value = in.whole();
        case Fields.PROPERTY_BOOLEAN -> value = in.truth();
        case Fields.PROPERTY_STRING -> value = in.text();
        default -> {}
      }
    }
    return value;
  }
}
