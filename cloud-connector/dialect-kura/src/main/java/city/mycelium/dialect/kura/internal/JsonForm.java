package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Result.Position;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Kura's "simple-json" payload: {@code sentOn} in epoch milliseconds, as its encoder writes it. */
final class JsonForm implements PayloadForm {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public byte[] write(KuraPayload payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("sentOn", payload.timestamp());
      Position position = payload.position();
      if (position != null) {
        out.writeObjectFieldStart("position");
        out.writeNumberField("latitude", position.latitude());
        out.writeNumberField("longitude", position.longitude());
        Double altitude = position.altitude();
        if (altitude != null) {
          out.writeNumberField("altitude", altitude);
        }
        out.writeEndObject();
      }
      out.writeObjectFieldStart("metrics");
      for (Map.Entry<String, Object> metric : payload.metrics().entrySet()) {
        out.writeFieldName(metric.getKey());
        value(out, metric.getValue());
      }
      out.writeEndObject();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void value(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof Long whole) {
      out.writeNumber(whole);
    } else if (value instanceof Boolean truth) {
      out.writeBoolean(truth);
    } else {
      out.writeString(Text.wellFormed(String.valueOf(value)));
    }
  }

  @Override
  public KuraPayload read(byte[] bytes) throws UnreadableMessageException {
    try (JsonParser in = JSON.createParser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no object");
      }
      Long sentOn = null;
      Position position = null;
      TreeMap<String, Object> metrics = new TreeMap<>();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken token = in.nextToken();
        if (name.equals("sentOn") && token == JsonToken.VALUE_NUMBER_INT) {
          sentOn = in.getLongValue();
        } else if (name.equals("position") && token == JsonToken.START_OBJECT) {
          position = position(in);
        } else if (name.equals("metrics") && token == JsonToken.START_OBJECT) {
          scalars(in, metrics);
        } else {
          in.skipChildren();
        }
      }
      if (in.currentToken() != JsonToken.END_OBJECT || sentOn == null) {
        throw new IOException("it ends too early or has no sentOn");
      }
      return new KuraPayload(sentOn, position, metrics);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableMessageException("this is no JSON payload of Kura: " + e.getMessage(), e);
    }
  }

  private static Position position(JsonParser in) throws IOException {
    TreeMap<String, Object> parts = new TreeMap<>();
    scalars(in, parts);
    if (!(parts.get("latitude") instanceof Number latitude)
        || !(parts.get("longitude") instanceof Number longitude)) {
      throw new IOException("a position has a latitude and a longitude");
    }
    return new Position(
        latitude.doubleValue(),
        longitude.doubleValue(),
        parts.get("altitude") instanceof Number altitude ? altitude.doubleValue() : null);
  }

  private static void scalars(JsonParser in, Map<String, Object> into) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      switch (in.nextToken()) {
        case VALUE_NUMBER_INT -> into.put(name, in.getLongValue());
        case VALUE_NUMBER_FLOAT -> into.put(name, in.getDoubleValue());
        case VALUE_TRUE, VALUE_FALSE -> into.put(name, in.getBooleanValue());
        case VALUE_STRING -> into.put(name, in.getText());
        default -> in.skipChildren();
      }
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("it ends too early");
    }
  }
}
