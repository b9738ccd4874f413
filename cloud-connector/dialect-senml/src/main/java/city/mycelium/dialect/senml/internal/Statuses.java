package city.mycelium.dialect.senml.internal;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.Status;
import city.mycelium.dialect.senml.Status.ToldDatastream;
import city.mycelium.dialect.senml.Status.ToldThing;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Status messages as JSON (docs/wire.md, 5); Things as GeoJSON (RFC 7946). */
public final class Statuses {

  private static final String WHAT = "a status";

  private Statuses() {}

  public static byte[] write(Status status) {
    return JsonBytes.of(
        json -> {
          json.writeStartObject();
          json.writeNumberField("wire", Wire.VERSION);
          json.writeBooleanField("online", status.online());
          if (status.online()) {
            json.writeStringField("epoch", Identity.epochText(status.epoch()));
            if (!status.predecessors().isEmpty()) {
              writePredecessors(json, status.predecessors());
            }
            writeThings(json, status.things());
            writeDatastreams(json, status.datastreams());
          }
          json.writeEndObject();
        });
  }

  private static void writePredecessors(JsonGenerator json, List<Predecessor> predecessors)
      throws IOException {
    json.writeArrayFieldStart("predecessors");
    for (Predecessor earlier : predecessors) {
      json.writeStartObject();
      json.writeStringField("epoch", Identity.epochText(earlier.epoch()));
      json.writeNumberField("through", earlier.through());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeThings(JsonGenerator json, List<ToldThing> things) throws IOException {
    json.writeObjectFieldStart("things");
    json.writeStringField("type", "FeatureCollection");
    json.writeArrayFieldStart("features");
    for (ToldThing thing : things) {
      json.writeStartObject();
      json.writeStringField("type", "Feature");
      json.writeStringField("id", thing.id().value());
      writeGeometry(json, thing.location());
      json.writeObjectFieldStart("properties");
      json.writeStringField("name", thing.name());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeGeometry(JsonGenerator json, @Nullable Position position)
      throws IOException {
    json.writeFieldName("geometry");
    if (position == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    // Longitude first: RFC 7946, 3.1.1.
    json.writeNumber(position.longitude());
    json.writeNumber(position.latitude());
    Double altitude = position.altitude();
    if (altitude != null) {
      json.writeNumber(altitude);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeDatastreams(JsonGenerator json, List<ToldDatastream> streams)
      throws IOException {
    json.writeArrayFieldStart("datastreams");
    for (ToldDatastream stream : streams) {
      json.writeStartObject();
      json.writeStringField("id", stream.id().value());
      json.writeStringField("thing", stream.thing().value());
      json.writeStringField("property", stream.property());
      json.writeStringField("definition", stream.definition().toString());
      json.writeStringField("unit", stream.unit().code());
      writeDuration(json, "samplingPeriod", stream.samplingPeriod());
      writeDuration(json, "window", stream.window());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeDuration(JsonGenerator json, String label, @Nullable Duration duration)
      throws IOException {
    if (duration != null) {
      json.writeStringField(label, duration.toString());
    }
  }

  public static Status read(byte[] message) throws SenmlException {
    try (WireParser parser = WireParser.ofJson(message)) {
      StatusReader reader = new StatusReader(parser);
      parser.next();
      parser.object(WHAT, reader::field);
      parser.end();
      return reader.status();
    }
  }

  private static final class StatusReader {
    private final WireParser parser;
    private @Nullable Long wire;
    private @Nullable Boolean online;
    private @Nullable Long epoch;
    private final List<Predecessor> predecessors = new ArrayList<>();
    private final List<ToldThing> things = new ArrayList<>();
    private final List<ToldDatastream> streams = new ArrayList<>();

    StatusReader(WireParser parser) {
      this.parser = parser;
    }

    void field(String label) throws SenmlException {
      switch (label) {
        case "wire" -> wire = parser.whole(label);
        case "online" -> online = parser.truth(label);
        case "epoch" -> epoch = parser.epoch(label);
        case "predecessors" ->
            parser.array(
                "'predecessors'",
                () -> {
                  PredecessorReader predecessor = new PredecessorReader(parser);
                  parser.object(PredecessorReader.WHAT, predecessor::field);
                  predecessors.add(predecessor.predecessor());
                });
        case "things" -> parser.object("'things'", this::featureCollection);
        case "datastreams" ->
            parser.array(
                "'datastreams'",
                () -> {
                  DatastreamReader stream = new DatastreamReader(parser);
                  parser.object("a datastream", stream::field);
                  streams.add(stream.datastream());
                });
        default -> parser.skip();
      }
    }

    private void featureCollection(String label) throws SenmlException {
      if (!label.equals("features")) {
        parser.skip();
        return;
      }
      parser.array(
          "'features'",
          () -> {
            FeatureReader feature = new FeatureReader(parser);
            parser.object("a feature", feature::field);
            things.add(feature.thing());
          });
    }

    Status status() throws SenmlException {
      Required.version(parser, wire, WHAT);
      if (!Required.field(parser, online, "online", WHAT)) {
        return Status.offline();
      }
      try {
        return new Status(
            true, Required.field(parser, epoch, "epoch", WHAT), predecessors, things, streams);
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }
  }

  private static final class PredecessorReader {
    private static final String WHAT = "a predecessor";

    private final WireParser parser;
    private @Nullable Long epoch;
    private @Nullable Long through;

    PredecessorReader(WireParser parser) {
      this.parser = parser;
    }

    void field(String label) throws SenmlException {
      switch (label) {
        case "epoch" -> epoch = parser.epoch(label);
        case "through" -> through = parser.whole(label);
        default -> parser.skip();
      }
    }

    Predecessor predecessor() throws SenmlException {
      try {
        return new Predecessor(
            Required.field(parser, epoch, "epoch", WHAT),
            Required.field(parser, through, "through", WHAT));
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }
  }

  private static final class FeatureReader {
    private static final String FEATURE = "a feature";

    private final WireParser parser;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable Position location;

    FeatureReader(WireParser parser) {
      this.parser = parser;
    }

    void field(String label) throws SenmlException {
      switch (label) {
        case "id" -> id = parser.text(label);
        case "properties" -> parser.object("'properties'", this::property);
        case "geometry" -> {
          if (!parser.isNull()) {
            location = PointReader.read(parser);
          }
        }
        default -> parser.skip();
      }
    }

    private void property(String label) throws SenmlException {
      if (label.equals("name")) {
        name = parser.text(label);
      } else {
        parser.skip();
      }
    }

    ToldThing thing() throws SenmlException {
      String needed = Required.field(parser, id, "id", FEATURE);
      try {
        return new ToldThing(
            new ThingId(needed), Required.field(parser, name, "name", FEATURE), location);
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }
  }

  /** A GeoJSON Point (RFC 7946, 3.1.2). */
  private static final class PointReader {
    private static final String POINT = "a geometry";

    private final WireParser parser;
    private @Nullable String type;
    private final List<Double> coordinates = new ArrayList<>(3);

    private PointReader(WireParser parser) {
      this.parser = parser;
    }

    static Position read(WireParser parser) throws SenmlException {
      PointReader point = new PointReader(parser);
      parser.object(POINT, point::field);
      return point.position();
    }

    private void field(String label) throws SenmlException {
      switch (label) {
        case "type" -> type = parser.text(label);
        case "coordinates" ->
            parser.array("'coordinates'", () -> coordinates.add(parser.number("coordinates")));
        default -> parser.skip();
      }
    }

    private Position position() throws SenmlException {
      if (!Required.field(parser, type, "type", POINT).equals("Point")
          || coordinates.size() < 2
          || coordinates.size() > 3) {
        throw parser.fault("a geometry must be a Point of two or three coordinates");
      }
      try {
        return new Position(
            coordinates.get(1),
            coordinates.get(0),
            coordinates.size() == 3 ? coordinates.get(2) : null);
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }
  }

  private static final class DatastreamReader {
    private static final String DATASTREAM = "a datastream";

    private final WireParser parser;
    private @Nullable String id;
    private @Nullable String thing;
    private @Nullable String property;
    private @Nullable String definition;
    private @Nullable String unit;
    private @Nullable Duration samplingPeriod;
    private @Nullable Duration window;

    DatastreamReader(WireParser parser) {
      this.parser = parser;
    }

    void field(String label) throws SenmlException {
      switch (label) {
        case "id" -> id = parser.text(label);
        case "thing" -> thing = parser.text(label);
        case "property" -> property = parser.text(label);
        case "definition" -> definition = parser.text(label);
        case "unit" -> unit = parser.text(label);
        case "samplingPeriod" -> samplingPeriod = duration(label);
        case "window" -> window = duration(label);
        default -> parser.skip();
      }
    }

    private Duration duration(String label) throws SenmlException {
      String text = parser.text(label);
      try {
        return Duration.parse(text);
      } catch (DateTimeException e) {
        throw parser.fault("'" + label + "' must be an ISO 8601 duration such as PT10M");
      }
    }

    ToldDatastream datastream() throws SenmlException {
      try {
        return new ToldDatastream(
            new DatastreamId(needed(id, "id")),
            new ThingId(needed(thing, "thing")),
            needed(property, "property"),
            URI.create(needed(definition, "definition")),
            unit(needed(unit, "unit")),
            samplingPeriod,
            window);
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }

    private Unit unit(String code) throws SenmlException {
      return Unit.ofCode(code).orElseThrow(() -> parser.fault(Required.unknownUnit(code)));
    }

    private String needed(@Nullable String value, String label) throws SenmlException {
      return Required.field(parser, value, label, DATASTREAM);
    }
  }
}
