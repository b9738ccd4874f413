package city.mycelium.driver.i2c.internal.chip;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.i2c.internal.chip.no2.AlphasenseNo2;
import city.mycelium.driver.kit.Readout;
import city.mycelium.driver.kit.ScriptedI2c;
import city.mycelium.testkit.LeapingClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example that a resident copies: what stands in it has to be what the chips take. */
class PaddenstoelTest {

  private static final String FILE = "docs/examples/paddenstoel.json";
  private static final String PID = "city.mycelium.driver.i2c~";
  private static final List<String> OF_THE_BUS =
      List.of("bus", "address", "type", "deviceId", "intervalSeconds");

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final Map<String, I2cChip> kinds = new HashMap<>();

  PaddenstoelTest() {
    for (I2cChip kind : List.of(new AlphasenseNo2(clock, clock), new Sps30(clock), new Bme280())) {
      kinds.put(kind.description().name(), kind);
    }
  }

  @Test
  void eachDeviceIsSetAsItsKindWantsIt() throws IOException, DeviceException {
    List<String> types = new ArrayList<>();
    for (JsonObject device : devices()) {
      I2cChip kind = kinds.get(device.getString("type"));
      assertThat(kind).as(device.getString("type")).isNotNull();
      assertThat(kind.addresses()).contains(Integer.decode(device.getString("address")));
      DeviceSettings.of(kind.description(), own(device));
      types.add(kind.description().name());
    }
    assertThat(types).containsExactlyInAnyOrder("alphasense-no2", "sps30", "bme280");
  }

  /** Of the cell's coefficients nothing is missing: connecting reads them, and says nothing yet. */
  @Test
  void theCellIsCalibrated() throws IOException, DeviceException {
    for (JsonObject device : devices()) {
      if (device.getString("type").equals("alphasense-no2")) {
        assertThat(own(device)).containsEntry("method", "aan803-1");
        Readout.connect(new AlphasenseNo2(clock, clock), new ScriptedI2c(), own(device)).close();
      }
    }
  }

  @Test
  void eachDeviceBelongsToTheHouseFront() throws IOException {
    List<String> adopted =
        configuration()
            .getJsonObject("city.mycelium.registry")
            .getJsonArray("devices")
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(device -> device.getString("thing").equals("front-12"))
            .map(device -> device.getString("id"))
            .toList();
    assertThat(devices().stream().map(device -> device.getString("deviceId")).toList())
        .hasSize(3)
        .containsExactlyInAnyOrderElementsOf(adopted)
        .allSatisfy(id -> assertThat(new DeviceId(id)).hasToString(id));
  }

  private static Map<String, String> own(JsonObject device) {
    Map<String, String> own = new HashMap<>();
    device.forEach(
        (key, value) -> {
          if (!OF_THE_BUS.contains(key)) {
            own.put(
                key,
                value.getValueType() == JsonValue.ValueType.STRING
                    ? ((JsonString) value).getString()
                    : value.toString());
          }
        });
    return own;
  }

  private static List<JsonObject> devices() throws IOException {
    JsonObject all = configuration();
    return all.keySet().stream()
        .filter(key -> key.startsWith(PID))
        .map(all::getJsonObject)
        .toList();
  }

  private static JsonObject configuration() throws IOException {
    String text = Files.readString(file());
    // Comments stand at the beginning of a line or after a blank; no value has two slashes so.
    String bare = text.replaceAll("(?m)(^|\\s)//.*$", "");
    return Json.createReader(new StringReader(bare)).readObject();
  }

  private static Path file() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(folder -> folder.resolve(FILE))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError(FILE + " is not to be found"));
  }
}
