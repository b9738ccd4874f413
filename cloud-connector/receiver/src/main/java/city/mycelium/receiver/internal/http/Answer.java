package city.mycelium.receiver.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * What is said to a request.
 *
 * @param headers besides those that follow from the rest
 * @param body written straight to the connection
 */
record Answer(int status, String mediaType, Map<String, String> headers, Body body) {

  private static final String JSON = "application/json";
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes a body to the connection; the connection is closed by the caller. */
  @FunctionalInterface
  interface Body {
    void write(OutputStream out) throws IOException;
  }

  /** Writes the fields of one JSON object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** A JSON object with these fields. */
  static Answer json(Fields fields) {
    return json(200, JSON, fields);
  }

  static Answer json(int status, String mediaType, Fields fields) {
    return new Answer(
        status,
        mediaType,
        Map.of(),
        out -> {
          try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
          }
        });
  }

  /** {@code {"error": …}}. */
  static Answer error(int status, String message) {
    return json(status, JSON, json -> json.writeStringField("error", message));
  }

  Answer with(String header, String value) {
    Map<String, String> more = new java.util.TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, mediaType, Map.copyOf(more), body);
  }
}
