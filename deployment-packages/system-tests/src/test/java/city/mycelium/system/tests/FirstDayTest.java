package city.mycelium.system.tests;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.Await;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who points a first kit at a first gateway. */
class FirstDayTest {

  @TempDir private Path folder;

  @Test
  void kitThatNobodyKnowsIsHeldAndReleasedWhenItIsAdopted() throws Exception {
    try (Town town = new Town(folder, true)) {
      town.startReceiver();
      town.startGateway();
      assertThat(town.post("paddenstoel,id=123 Temp=12.5,PM25=8.1")).isEqualTo(204);
      JsonObject waiting = device(town, "paddenstoel.123");
      assertThat(waiting.getString("state")).isEqualTo("waiting for adoption");
      assertThat(waiting.getInt("held")).isEqualTo(2);
      assertThat(town.ask("{\"command\":\"ledger\"}").getInt("accepted")).isZero();

      town.ask(
          "{\"command\":\"device adopt\",\"arguments\":{\"device\":\"paddenstoel.123\",\"thing\":\"front\"}}");

      Await.await(
          "both values are at the receiver",
          () ->
              town.get(town.receiverPort(), "/v1/datastreams/latest")
                      .body()
                      .contains("paddenstoel.123/Temp")
                  && town.drained().getInt("delivered") == 2,
          Town.PATIENCE);
      assertThat(device(town, "paddenstoel.123").getString("state")).isEqualTo("adopted");
      assertThat(town.get(town.receiverPort(), "/v1/things").body()).contains("House front");
    }
  }

  @Test
  void badLineIsNamedAndCostsNoGoodLine() throws Exception {
    try (Town town = new Town(folder, true)) {
      town.startReceiver();
      town.startGateway();
      assertThat(town.post("paddenstoel,id=kit1 PM25=1.25\nthis is no line\n")).isEqualTo(400);
      Await.await(
          "the good line has arrived",
          () -> town.values("PM25").equals(List.of("1.25")),
          Town.PATIENCE);
    }
  }

  @Test
  void configurationTakesEffectWithoutARestart() throws Exception {
    try (Town town = new Town(folder, true)) {
      town.startReceiver();
      town.startGateway();
      Path file = folder.resolve("etc/gateway.json");
      String before = Files.readString(file);
      Files.writeString(
          file, before.replace("\"id\": \"paddenstoel.kit1\"", "\"id\": \"paddenstoel.kit2\""));
      Await.await(
          "the new device is known", () -> isAdopted(town, "paddenstoel.kit2"), Town.PATIENCE);
      assertThat(isAdopted(town, "paddenstoel.kit1")).isFalse();
    }
  }

  private static boolean isAdopted(Town town, String id) throws IOException {
    return town.ask("{\"command\":\"device list\"}").getJsonArray("devices").stream()
        .map(device -> device.asJsonObject())
        .anyMatch(
            device ->
                device.getString("device").equals(id)
                    && device.getString("state").equals("adopted"));
  }

  private static JsonObject device(Town town, String id) throws IOException {
    return town.ask("{\"command\":\"device list\"}").getJsonArray("devices").stream()
        .map(device -> device.asJsonObject())
        .filter(device -> device.getString("device").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
