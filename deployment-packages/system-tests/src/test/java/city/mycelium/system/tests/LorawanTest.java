package city.mycelium.system.tests;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.Await;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LoRaWAN through the whole of the product: over our own radio, and from another network. */
class LorawanTest {

  private static final String RADIO = "city.mycelium.simulator.lorawan.RadioMain";

  /** Those of the simulator: two parking bays and a bin. */
  private static final List<String> DEVICES =
      List.of("lorawan.0200000000c00001", "lorawan.0200000000c00002", "lorawan.0200000000c00003");

  private static final String BIN_DISTANCE = DEVICES.get(2) + "/distance";
  private static final int ACKNOWLEDGED = 204;

  @TempDir private Path folder;

  @Test
  void devicesJoinAndWhatIsAcknowledgedToThemReachesThePlatform() throws Exception {
    int radio = freeUdpPort();
    Path answers = folder.resolve("answers");
    try (Town town = new Town(folder, true)) {
      town.configureAlso("\"city.mycelium.driver.lorawan\": { \"gwmpPort\": %d }".formatted(radio));
      writeDeviceList(town);
      town.startReceiver();
      town.startGateway();
      Process devices =
          town.startTool(
              "radio",
              RADIO,
              "--gateway",
              "127.0.0.1:" + radio,
              "--answers",
              answers.toString(),
              "--speedup",
              "60");
      try {
        Await.await(
            "all three are heard, and held because nobody has adopted them",
            () -> held(town).containsAll(DEVICES),
            Town.PATIENCE);
        for (String device : DEVICES) {
          town.ask(
              "{\"command\":\"device adopt\",\"arguments\":{\"device\":\"%s\",\"thing\":\"front\"}}"
                  .formatted(device));
        }
        Await.await(
            "the bin was acknowledged four times",
            () -> acknowledged(answers, BIN_DISTANCE).size() >= 4,
            Town.PATIENCE);
      } finally {
        devices.getOutputStream().close(); // they fall silent, and the air settles
        assertThat(devices.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      JsonObject ledger = town.drained();
      assertThat(ledger.getInt("delivered"))
          .isEqualTo(ledger.getInt("accepted") - ledger.getInt("unselected"));
      assertThat(town.results(BIN_DISTANCE)).containsAll(acknowledged(answers, BIN_DISTANCE));
      assertThat(town.results(DEVICES.get(0) + "/bay")).isNotEmpty().isSubsetOf("occupied", "free");
      assertThat(town.results(DEVICES.get(0) + "/rssi")).isNotEmpty();
      // Its key was in plain in the list that we wrote.
      assertThat(Files.readString(town.data().resolve("lorawan-devices.json")))
          .doesNotContainPattern("\"appKey\": *\"[0-9a-f]{32}\"");
    }
  }

  @Test
  void whatChirpStackPublishesBecomesObservations() throws Exception {
    try (Town town = new Town(folder, true)) {
      town.configureAlso(
          """
          "city.mycelium.driver.lorawan": { "gwmpPort": -1 },
          "city.mycelium.driver.lorawan.feed~municipality": {
            "name": "municipality", "type": "chirpstack", "broker": "mqtt://127.0.0.1:%d",
            "profile": "bosch-tps110"
          }
          """
              .formatted(town.broker().port()));
      town.startReceiver();
      town.startGateway();
      Await.await(
          "the feed listens",
          () -> status(town).contains("\"state\":\"connected\""),
          Town.PATIENCE);
      // Decoded by the network; not decoded, so that our codec has to; and the second once more.
      publish(town, "dedup-1", 7, "\"AQ==\"", "{\"type\":\"parking status\",\"occupied\":true}");
      publish(town, "dedup-2", 8, "\"AA==\"", null);
      publish(town, "dedup-2", 8, "\"AA==\"", null);
      Await.await(
          "it is heard, and held",
          () -> held(town).contains("lorawan.0101010101010101"),
          Town.PATIENCE);
      town.ask(
          "{\"command\":\"device adopt\",\"arguments\":"
              + "{\"device\":\"lorawan.0101010101010101\",\"thing\":\"front\"}}");
      publish(town, "dedup-3", 9, "\"AQ==\"", null);
      Await.await(
          "all three states of the bay are at the receiver, each once",
          () ->
              town.results("lorawan.0101010101010101/bay")
                  .equals(List.of("occupied", "free", "occupied")),
          Town.PATIENCE);
      assertThat(town.get(town.receiverPort(), "/v1/datastreams/latest").body())
          .as("its time is when the network heard it")
          .contains("2026-11-25T11:34:09");
    }
  }

  /** As {@code ./mycelium device add} would make it, and with the keys in plain, as people may. */
  private void writeDeviceList(Town town) throws Exception {
    Files.createDirectories(town.data());
    Process writes =
        town.startTool(
            "device-list",
            RADIO,
            "--devices",
            town.data().resolve("lorawan-devices.json").toString());
    assertThat(writes.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(writes.exitValue()).isZero();
  }

  private static void publish(
      Town town, String deduplicationId, int fCnt, String data, String object) throws Exception {
    String message =
        """
        {"deduplicationId":"%s","time":"2026-11-25T11:34:%02d.5+00:00",
         "deviceInfo":{"applicationId":"17c82e96-be03-4f38-aef3-f83d48582d97",
           "deviceName":"Bay 17","devEui":"0101010101010101"},
         "devAddr":"00189440","adr":true,"fCnt":%d,"fPort":1,"data":%s%s,
         "rxInfo":[{"gatewayId":"0016c001f153a14c","rssi":-36,"snr":10.5}]}
        """
            .formatted(
                deduplicationId, fCnt, fCnt, data, object == null ? "" : ",\"object\":" + object);
    Process pub =
        new ProcessBuilder(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(town.broker().port()),
                "-q",
                "1",
                "-t",
                "application/17c82e96-be03-4f38-aef3-f83d48582d97/device/0101010101010101/event/up",
                "-m",
                message)
            .inheritIO()
            .start();
    assertThat(pub.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pub.exitValue()).isZero();
  }

  private static String status(Town town) throws IOException {
    return town.ask("{\"command\":\"lorawan status\"}").toString();
  }

  /** Who waits for adoption, and has said something already. */
  private static List<String> held(Town town) throws IOException {
    return town.ask("{\"command\":\"device list\"}").getJsonArray("devices").stream()
        .map(device -> device.asJsonObject())
        .filter(device -> device.getInt("held", 0) > 0)
        .map(device -> device.getString("device"))
        .toList();
  }

  /** The values of one Datastream that were acknowledged, of each report once. */
  private static List<String> acknowledged(Path answers, String datastream) throws IOException {
    List<String> values = new ArrayList<>();
    Set<Integer> reports = new HashSet<>();
    for (String line : Files.readAllLines(answers)) {
      try (var reader = Json.createReader(new StringReader(line))) {
        JsonObject answer = reader.readObject();
        for (JsonObject value : answer.getJsonArray("values").getValuesAs(JsonObject.class)) {
          if (value.getString("datastream").equals(datastream)
              && answer.getInt("status") == ACKNOWLEDGED
              && reports.add(answer.getInt("body"))) {
            values.add(
                String.format(Locale.ROOT, "%.2f", value.getJsonNumber("value").doubleValue()));
          }
        }
      }
    }
    return values;
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
