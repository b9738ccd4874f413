package city.mycelium.driver.host.record;

import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a record as JSON, one object each: readable by people, and numbers come back bit for
 * bit. Safe for use by many threads.
 */
public final class RecordFormat {

  /** Which form of record this is; a reader refuses what is newer. */
  static final int VERSION = 1;

  private RecordFormat() {}

  /** A line, without its end. */
  public static String write(RecordLine line) {
    return line.accept(new Writer()).build().toString();
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static RecordLine read(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return read(reader.readObject());
    } catch (JsonException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(
          "this is no line of a record: " + line.substring(0, Math.min(line.length(), 80)), e);
    }
  }

  private static RecordLine read(JsonObject object) {
    if (object.containsKey("record")) {
      if (object.getInt("record") > VERSION) {
        throw new IllegalArgumentException(
            "the record was written by a newer gateway ("
                + object.getString("gateway")
                + "): replay it with that version");
      }
      return new RecordLine.Beginning(
          object.getString("gateway"), object.getJsonNumber("startedAt").longValueExact());
    }
    long micros = object.getJsonNumber("micros").longValueExact();
    if (object.containsKey("end")) {
      return new RecordLine.End(micros, object.getString("end"));
    }
    DeviceId device = new DeviceId(object.getString("device"));
    if (object.containsKey("kept")) {
      return new RecordLine.Kept(
          micros,
          device,
          object.getJsonNumber("receivedAt").longValueExact(),
          object.getJsonArray("kept").stream().map(v -> value(v.asJsonObject())).toList());
    }
    for (Way way : Way.values()) {
      JsonValue bytes = object.get(word(way));
      if (bytes != null) {
        return bytes.getValueType() == JsonValue.ValueType.NUMBER
            ? new RecordLine.Masked(micros, device, way, object.getInt(word(way)))
            : new RecordLine.Passed(micros, device, way, object.getString(word(way)));
      }
    }
    throw new IllegalArgumentException("this line of a record says nothing: " + object);
  }

  private static RecordLine.Value value(JsonObject object) {
    PhenomenonTime time =
        object.containsKey("from")
            ? PhenomenonTime.between(
                object.getJsonNumber("from").longValueExact(),
                object.getJsonNumber("to").longValueExact())
            : null;
    return new RecordLine.Value(object.getString("channel"), time, result(object));
  }

  private static Result result(JsonObject object) {
    if (object.containsKey("number")) {
      return new Result.Measurement(Double.parseDouble(object.getString("number")));
    }
    if (object.containsKey("truth")) {
      return new Result.Truth(object.getBoolean("truth"));
    }
    if (object.containsKey("text")) {
      return new Result.Text(object.getString("text"));
    }
    if (object.containsKey("category")) {
      return new Result.Category(object.getString("category"));
    }
    if (object.containsKey("counter")) {
      return new Result.Counter(object.getJsonNumber("counter").longValueExact());
    }
    JsonObject position = object.getJsonObject("position");
    return new Result.Position(
        Double.parseDouble(position.getString("latitude")),
        Double.parseDouble(position.getString("longitude")),
        position.containsKey("altitude")
            ? Double.parseDouble(position.getString("altitude"))
            : null);
  }

  private static String word(Way way) {
    return way.name().toLowerCase(Locale.ROOT);
  }

  private static final class Writer implements RecordLine.Visitor<JsonObjectBuilder> {

    @Override
    public JsonObjectBuilder beginning(RecordLine.Beginning line) {
      return Json.createObjectBuilder()
          .add("record", VERSION)
          .add("gateway", line.gateway())
          .add("startedAt", line.startedAt());
    }

    @Override
    public JsonObjectBuilder passed(RecordLine.Passed line) {
      return of(line.micros(), line.device()).add(word(line.way()), line.hex());
    }

    @Override
    public JsonObjectBuilder masked(RecordLine.Masked line) {
      return of(line.micros(), line.device()).add(word(line.way()), line.bytes());
    }

    @Override
    public JsonObjectBuilder kept(RecordLine.Kept line) {
      JsonArrayBuilder values = Json.createArrayBuilder();
      for (RecordLine.Value value : line.values()) {
        JsonObjectBuilder object = Json.createObjectBuilder().add("channel", value.channel());
        PhenomenonTime time = value.time();
        if (time != null) {
          object.add("from", time.from()).add("to", time.to());
        }
        values.add(value.result().accept(new ResultWriter(object)));
      }
      return of(line.micros(), line.device())
          .add("receivedAt", line.receivedAt())
          .add("kept", values);
    }

    @Override
    public JsonObjectBuilder end(RecordLine.End line) {
      return Json.createObjectBuilder().add("micros", line.micros()).add("end", line.why());
    }

    private static JsonObjectBuilder of(long micros, DeviceId device) {
      return Json.createObjectBuilder().add("micros", micros).add("device", device.value());
    }
  }

  /** Numbers as text: Java's own form of a double comes back to the same bits. */
  private record ResultWriter(JsonObjectBuilder object)
      implements Result.Visitor<JsonObjectBuilder> {

    @Override
    public JsonObjectBuilder number(Result.Measurement result) {
      return object.add("number", Double.toString(result.value()));
    }

    @Override
    public JsonObjectBuilder truth(Result.Truth result) {
      return object.add("truth", result.value());
    }

    @Override
    public JsonObjectBuilder text(Result.Text result) {
      return object.add("text", result.value());
    }

    @Override
    public JsonObjectBuilder category(Result.Category result) {
      return object.add("category", result.value());
    }

    @Override
    public JsonObjectBuilder counter(Result.Counter result) {
      return object.add("counter", result.value());
    }

    @Override
    public JsonObjectBuilder position(Result.Position result) {
      JsonObjectBuilder position =
          Json.createObjectBuilder()
              .add("latitude", Double.toString(result.latitude()))
              .add("longitude", Double.toString(result.longitude()));
      @Nullable Double altitude = result.altitude();
      if (altitude != null) {
        position.add("altitude", Double.toString(altitude));
      }
      return object.add("position", position);
    }

    @Override
    public JsonObjectBuilder summary(Result.Summary result) {
      throw new IllegalArgumentException("a Summary comes from no driver");
    }
  }
}
