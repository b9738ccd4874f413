package city.mycelium.receiver.internal.http;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Statistic;
import city.mycelium.receiver.internal.query.StoredDatastream;
import city.mycelium.receiver.internal.query.StoredObservation;
import city.mycelium.receiver.internal.store.ResultColumns;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the things that several endpoints speak of look in JSON. */
final class Shapes {

  private Shapes() {}

  /** ISO 8601 in UTC. */
  static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  static void optional(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  private static void optional(JsonGenerator json, String field, @Nullable Double value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(field, value);
    }
  }

  /** Fields of a Datastream: who it is and what its numbers mean. */
  static void datastream(JsonGenerator json, StoredDatastream datastream) throws IOException {
    json.writeStringField("gateway", datastream.gateway());
    json.writeStringField("datastream", datastream.name());
    optional(json, "property", datastream.property());
    optional(json, "unit", datastream.unit());
    optional(json, "definition", datastream.definition());
    optional(json, "thing", datastream.thing());
    optional(json, "samplingPeriod", datastream.samplingPeriod());
    optional(json, "window", datastream.window());
  }

  /** Fields of an Observation. */
  static void observation(JsonGenerator json, StoredObservation observation) throws IOException {
    json.writeStringField(
        "phenomenonTime", PhenomenonTime.between(observation.from(), observation.to()).toString());
    json.writeStringField("kind", observation.result().kind().word());
    json.writeFieldName("result");
    result(json, observation.result());
    json.writeStringField("quality", observation.quality());
    json.writeStringField("receivedAt", time(observation.receivedAt()));
    json.writeStringField("epoch", observation.epoch());
    json.writeNumberField("offset", observation.offset());
  }

  /** A GeoJSON Point (RFC 7946, 3.1.1: longitude first). */
  static void point(
      JsonGenerator json, double latitude, double longitude, @Nullable Double altitude)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(longitude);
    json.writeNumber(latitude);
    if (altitude != null) {
      json.writeNumber(altitude);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void result(JsonGenerator json, ResultColumns result) throws IOException {
    switch (result.kind()) {
      case NUMBER -> json.writeNumber(required(result.number()));
      case TRUTH -> json.writeBoolean(required(result.number()) != 0);
      case TEXT, CATEGORY -> json.writeString(required(result.text()));
      case COUNTER -> json.writeNumber(required(result.count()));
      case POSITION -> {
        String[] parts = required(result.text()).split(",", -1);
        point(
            json,
            Double.parseDouble(parts[0]),
            Double.parseDouble(parts[1]),
            parts.length > 2 ? Double.valueOf(parts[2]) : null);
      }
      case SUMMARY -> {
        json.writeStartObject();
        json.writeNumberField("count", required(result.count()));
        if (required(result.expected()) > 0) {
          json.writeNumberField("expected", required(result.expected()));
        }
        optional(json, "min", result.min());
        optional(json, "mean", result.number());
        optional(json, "max", result.max());
        for (Map.Entry<Statistic, Double> other : result.otherStatistics().entrySet()) {
          json.writeNumberField(other.getKey().name(), other.getValue());
        }
        json.writeBooleanField("valid", required(result.valid()));
        json.writeNumberField("revision", required(result.revision()));
        json.writeEndObject();
      }
    }
  }

  /** A shape has the columns that it is made of: they were written by ResultColumns. */
  private static <T> T required(@Nullable T column) {
    return Objects.requireNonNull(column, "a row lacks a column that its kind needs");
  }
}
