package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.Neighbourhood;
import city.mycelium.simulator.Resident;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TownConfigurationTest {

  private final List<Resident> residents = new Neighbourhood(1, 40, 0).residents();
  private final JsonObject configuration =
      TownConfiguration.of(
          residents, 8086, 1700, 1883, Path.of("/run/ports"), FurtherDestinations.NONE);

  @Test
  void everyDeviceButTheStrangerBelongsToAThing() {
    JsonObject registry = configuration.getJsonObject("city.mycelium.registry");

    assertThat(registry.getJsonArray("devices")).hasSize(residents.size() - 1);
    assertThat(registry.getJsonArray("things")).hasSize(residents.size() - 1);
    assertThat(registry.toString()).contains("paddenstoel.1001").doesNotContain("paddenstoel.1999");
  }

  /** So that the demo shows what consent does. */
  @Test
  void oneOwnerGrantsNothingAndOneOnlyMeans() {
    String grants = configuration.getJsonObject("city.mycelium.consent").toString();

    assertThat(grants).contains("paddenstoel.1002/*", "PT10M").doesNotContain("paddenstoel.1003");
  }

  @Test
  void whomTheFurtherDestinationsNameGetsAggregatesOnly() {
    JsonObject with =
        TownConfiguration.of(
            residents,
            8086,
            1700,
            1883,
            Path.of("/run/ports"),
            new FurtherDestinations(
                Json.createObjectBuilder()
                    .add(
                        "city.mycelium.sync.Destination~coap",
                        Json.createObjectBuilder().add("name", "coap").add("recipient", "province"))
                    .build()));

    assertThat(with).containsKey("city.mycelium.sync.Destination~coap");
    List<JsonObject> grants =
        with
            .getJsonObject("city.mycelium.consent")
            .getJsonArray("grants")
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(grant -> grant.getString("recipient").equals("province"))
            .toList();
    assertThat(grants).hasSize(residents.size() - 2); // the stranger, and who grants nothing
    assertThat(grants)
        .allSatisfy(grant -> assertThat(grant.getString("resolution")).isEqualTo("PT10M"));
    assertThat(grants.toString()).doesNotContain("paddenstoel.1003");
  }

  /** Nobody synchronises the clock of a container; without a trusted time nothing would be sent. */
  @Test
  void theClockOfTheMachineIsTrusted() {
    assertThat(configuration.getJsonObject("city.mycelium.clock").getString("trust"))
        .isEqualTo("system");
  }

  @Test
  void everySerialPortHasItsDriver() {
    JsonObject driver = configuration.getJsonObject("city.mycelium.driver.serial~sds011-a");

    assertThat(driver.getString("port")).isEqualTo("/run/ports/sds011-a");
    assertThat(driver.getString("type")).isEqualTo("sds011");
    assertThat(configuration).containsKey("city.mycelium.driver.serial~gnss-a");
  }
}
