package city.mycelium.dialect.ngsild.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.settings.Settings;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import city.mycelium.testkit.dialect.SampleCity;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written is what the published schemas and contexts of the smart data models want. */
class SchemaTest {

  private static final String MODELS = "/smart-data-models/";

  /** What no sensor says and the schemas want all the same; an integrator gives it. */
  private static final String FIXED =
      """
      {"ParkingSpot": {"category": ["onStreet"], "refParkingSite": "urn:ngsi-ld:OnStreetParking:lane"},
       "Streetlight": {"status": "ok"},
       "EVChargingStation": {"capacity": 2, "socketType": ["Type2"], "allowedVehicleType": ["car"]},
       "Device": {"controlledProperty": ["airPollution"], "category": ["sensor"]}}
      """;

  private static final Map<String, String> REFERENCES =
      Map.of(
          "https://smart-data-models.github.io/data-models/common-schema.json",
          "common/common-schema.json",
          "https://smart-data-models.github.io/dataModel.Device/device-schema.json",
          "common/device-schema.json",
          "https://smart-data-models.github.io/dataModel.Environment/Environment-schema.json",
          "common/Environment-schema.json",
          "https://raw.githubusercontent.com/smart-data-models/dataModel.Environment/master/Environment-schema.json",
          "common/Environment-schema.json",
          "https://smart-data-models.github.io/dataModel.Weather/weather-schema.json",
          "common/weather-schema.json");

  static String text(String resource) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream(MODELS + resource)) {
      assertThat(in).as(resource).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Error> errors(String model, String type, String entity) throws IOException {
    Map<String, String> local = new java.util.HashMap<>();
    for (Map.Entry<String, String> each : REFERENCES.entrySet()) {
      local.put(each.getKey(), text(each.getValue()));
    }
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(local));
    local.put("urn:local:" + type, text(model + "/" + type + ".json"));
    Schema schema = registry.getSchema(SchemaLocation.of("urn:local:" + type));
    return schema.validate(
        entity,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  /** One value of every row of the table, on a Thing whose place may be told. */
  private static List<Described> oneOfEverything() {
    List<Described> all = new ArrayList<>();
    long offset = 1;
    for (Map.Entry<String, Attribute> row : AttributeTable.rows().entrySet()) {
      ObservedProperty property = Vocabulary.named(row.getKey()).orElseThrow();
      KnownThing thing = new KnownThing(new ThingId("t-1"), "T", SampleCity.FRONT.location());
      Datastream stream =
          new Datastream(
              new DatastreamId("d/" + row.getKey().replace('.', '_')),
              thing.id(),
              new DeviceId("d"),
              property,
              property.unit(),
              null,
              null);
      Result result =
          property.equals(Vocabulary.POSITION)
              ? new Result.Position(52.507, 6.079, null)
              : row.getValue().words().isEmpty()
                  ? new Result.Measurement(property.equals(Vocabulary.SIGNAL_STRENGTH) ? -80 : 40)
                  : new Result.Category(row.getValue().words().keySet().iterator().next());
      all.add(
          new Described(
              new Observation(
                  new Identity(SampleCity.GATEWAY, SampleCity.EPOCH, offset++),
                  stream.id(),
                  PhenomenonTime.at(SampleCity.NOON),
                  result,
                  Quality.GOOD,
                  SampleCity.NOON),
              stream,
              thing));
    }
    return all;
  }

  private static Turn send(Map<String, String> settings, List<Described> observations)
      throws Exception {
    NgsiLdComponent kind = new NgsiLdComponent();
    return kind.dialect(Settings.of("ngsi-ld", kind.options(), settings), Names.NONE)
        .turn(
            SampleCity.link(Link.Proof.ANSWER),
            new byte[0],
            new DialectEvent.Send(new OffsetRange(1, 9_999), 0, observations, SampleCity.NOON));
  }

  private static Set<String> validate(List<Described> observations, String fixed) throws Exception {
    Set<String> types = new TreeSet<>();
    Turn turn =
        send(
            Map.of(
                "form",
                "keyValues",
                "context",
                "linked",
                "contextUrl",
                "https://ngsi.invalid/c",
                "fixed",
                fixed),
            observations);
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      for (Object each : JsonReader.list(dispatch.message().payload())) {
        String type = String.valueOf(JsonObject.orEmpty(each).get("type"));
        types.add(type);
        String model =
            AttributeTable.rows().values().stream()
                .filter(row -> row.type().equals(type))
                .findFirst()
                .orElseThrow()
                .model();
        String entity = String.valueOf(each);
        assertThat(errors(model, type, entity)).as(type + ": " + entity).isEmpty();
      }
    }
    return types;
  }

  @Test
  void everyRowOfTheTableIsWhatItsSchemaWants() throws Exception {
    assertThat(validate(oneOfEverything(), FIXED)).hasSize(11);
  }

  @Test
  void theSampleCityIsWhatTheSchemasWant() throws Exception {
    List<Described> placed =
        SampleCity.observations().stream().filter(each -> each.thing().location() != null).toList();
    assertThat(validate(placed, FIXED)).contains("AirQualityObserved", "NoiseLevelObserved");
  }

  /** Control: the validator does look. */
  @Test
  void aNegativeConcentrationIsAgainstTheSchema() throws Exception {
    String entity =
        """
        {"id": "urn:ngsi-ld:AirQualityObserved:a", "type": "AirQualityObserved", "no2": -1,
         "dateObserved": "2026-11-23T12:00:00Z", "location": {"type": "Point", "coordinates": [6, 52]}}
        """;
    assertThat(errors("Environment", "AirQualityObserved", entity))
        .anyMatch(error -> error.toString().contains("no2"));
    assertThat(errors("Environment", "AirQualityObserved", entity.replace(": -1,", ": 1,")))
        .isEmpty();
  }

  /** The terms that go inline are the ones that the linked contexts define. */
  @Test
  void inlineTermsAreThoseOfThePublishedContexts() throws Exception {
    Turn turn = send(Map.of(), oneOfEverything());
    int compared = 0;
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      for (Object each : JsonReader.list(dispatch.message().payload())) {
        JsonObject entity = JsonObject.orEmpty(each);
        String type = String.valueOf(entity.get("type"));
        JsonObject inline = JsonObject.orEmpty(entity.list("@context").get(0));
        String model = AttributeTable.named(type, lastAttribute(type)).orElseThrow().model();
        JsonObject published =
            JsonReader.object(text(model + "/context.jsonld")).object("@context");
        for (String name : inline.members().keySet()) {
          if (published.has(name) && !Terms.OWN.contains(name)) {
            assertThat(inline.get(name)).as(type + "." + name).isEqualTo(published.get(name));
            compared++;
          }
        }
        for (String name : entity.members().keySet()) {
          if (published.has(name)
              && !String.valueOf(published.get(name)).contains("etsi.org")
              && !java.util.List.of("name", "id", "type").contains(name)) {
            assertThat(inline.has(name)).as(type + "." + name + " is defined").isTrue();
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(40);
  }

  private static String lastAttribute(String type) {
    return AttributeTable.rows().values().stream()
        .filter(row -> row.type().equals(type))
        .findFirst()
        .orElseThrow()
        .name();
  }
}
