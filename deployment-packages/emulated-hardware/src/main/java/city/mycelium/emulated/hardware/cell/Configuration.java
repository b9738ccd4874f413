package city.mycelium.emulated.hardware.cell;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** The configuration of a gateway for its cells, in the shape of the example configuration. */
public final class Configuration {

  private static final String THING = "workbench";

  private Configuration() {}

  /** One Thing that all devices belong to, nothing granted, and what each cell needs. */
  public static JsonObject of(List<Cell> cells) {
    JsonArrayBuilder devices = Json.createArrayBuilder();
    for (Cell cell : cells) {
      cell.devices()
          .forEach(id -> devices.add(Json.createObjectBuilder().add("id", id).add("thing", THING)));
    }
    JsonObjectBuilder thing =
        Json.createObjectBuilder()
            .add("id", THING)
            .add("name", "Workbench")
            .add("owner", "municipality")
            .add("latitude", 52.8)
            .add("longitude", 5.35);
    JsonObjectBuilder configuration =
        Json.createObjectBuilder()
            .add(
                "city.mycelium.registry",
                Json.createObjectBuilder()
                    .add("things", Json.createArrayBuilder().add(thing))
                    .add("devices", devices))
            .add("city.mycelium.clock", Json.createObjectBuilder().add("trust", "system"));
    cells.forEach(cell -> cell.configuration().forEach(configuration::add));
    return configuration.build();
  }
}
