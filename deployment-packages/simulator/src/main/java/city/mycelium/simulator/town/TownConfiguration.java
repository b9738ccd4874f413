package city.mycelium.simulator.town;

import city.mycelium.simulator.Resident;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The configuration of the town's gateway, in the shape of the example configuration of the
 * distribution. A pure function.
 */
public final class TownConfiguration {

  /** The Destination behind which the receiver is. */
  public static final String DESTINATION = "city";

  private static final String CITY = "municipality";
  private static final String UNTIL = "2099-12-31";
  private static final String AGGREGATES = "PT10M";

  /** In life a gateway takes a dead line more calmly; here people are watching. */
  private static final int IMPATIENT_SECONDS = 5;

  /** The neighbourhood lies in the middle of a lake. */
  private static final double LATITUDE = 52.8;

  private static final double LONGITUDE = 5.35;
  private static final double NEXT_DOOR_DEGREES = 0.0004;

  private TownConfiguration() {}

  /**
   * The configuration.
   *
   * @param httpPort where kits post to
   * @param radioPort where packet forwarders report to
   * @param brokerPort where the broker listens
   * @param ports folder of the serial ports
   * @param further the platforms beside the receiver
   */
  static JsonObject of(
      List<Resident> residents,
      int httpPort,
      int radioPort,
      int brokerPort,
      Path ports,
      FurtherDestinations further) {
    List<Resident> adopted = residents.stream().filter(Resident::adopted).toList();
    JsonObjectBuilder configuration =
        Json.createObjectBuilder()
            .add("city.mycelium.registry", registry(adopted))
            .add(
                "city.mycelium.consent",
                Json.createObjectBuilder().add("grants", grants(adopted, further.recipients())))
            // Whoever shows the demo keeps the clock of the machine that it runs on.
            .add("city.mycelium.clock", Json.createObjectBuilder().add("trust", "system"))
            .add(
                "city.mycelium.driver.push",
                Json.createObjectBuilder().add("bindAddress", "127.0.0.1").add("port", httpPort))
            // Its devices and their keys are in the data directory: Households.deviceFile.
            .add(
                "city.mycelium.driver.lorawan",
                Json.createObjectBuilder().add("gwmpPort", radioPort))
            .add(
                "city.mycelium.sync.Destination~" + DESTINATION,
                Json.createObjectBuilder()
                    .add("name", DESTINATION)
                    .add("recipient", CITY)
                    .add("select", Json.createArrayBuilder().add("*"))
                    .add("dialect", "senml-cbor")
                    .add("proof", "receiver")
                    .add("proofTimeoutSeconds", IMPATIENT_SECONDS)
                    .add("retryAtMostSeconds", IMPATIENT_SECONDS))
            .add(
                "city.mycelium.connector.mqtt~" + DESTINATION,
                Json.createObjectBuilder()
                    .add("destination", DESTINATION)
                    .add("broker", "mqtt://127.0.0.1:" + brokerPort));
    for (Resident resident : adopted) {
      String port = resident.port();
      if (port != null) {
        configuration.add(
            "city.mycelium.driver.serial~" + port, serial(resident, ports.resolve(port)));
      }
    }
    further.configuration().forEach(configuration::add);
    return configuration.build();
  }

  private static JsonObjectBuilder registry(List<Resident> adopted) {
    JsonArrayBuilder things = Json.createArrayBuilder();
    JsonArrayBuilder devices = Json.createArrayBuilder();
    int house = 0;
    for (Resident resident : adopted) {
      things.add(
          Json.createObjectBuilder()
              .add("id", thing(resident))
              .add("name", "Lake house " + ++house)
              .add("owner", owner(resident))
              .add("latitude", LATITUDE)
              .add("longitude", LONGITUDE + house * NEXT_DOOR_DEGREES));
      devices.add(
          Json.createObjectBuilder().add("id", resident.device()).add("thing", thing(resident)));
    }
    return Json.createObjectBuilder().add("things", things).add("devices", devices);
  }

  /** Whom the owners do not know so well gets aggregates only. */
  private static JsonArrayBuilder grants(List<Resident> adopted, Set<String> strangers) {
    JsonArrayBuilder grants = Json.createArrayBuilder();
    for (Resident resident : adopted) {
      Consents consent = Consents.of(resident.device());
      if (consent != Consents.NOTHING) {
        grants.add(grant(resident, CITY, consent == Consents.RAW ? "raw" : AGGREGATES));
        for (String stranger : strangers) {
          if (!stranger.equals(CITY)) {
            grants.add(grant(resident, stranger, AGGREGATES));
          }
        }
      }
    }
    return grants;
  }

  private static JsonObjectBuilder grant(Resident resident, String recipient, String resolution) {
    return Json.createObjectBuilder()
        .add("owner", owner(resident))
        .add("recipient", recipient)
        .add("datastreams", Json.createArrayBuilder().add(resident.device() + "/*"))
        .add("resolution", resolution)
        .add("until", UNTIL)
        .add("locationDecimals", 3)
        .add("purpose", "demonstration");
  }

  /** Faster than anybody would want in life, where a laser and a disk are to be spared. */
  private static JsonObjectBuilder serial(Resident resident, Path port) {
    JsonObjectBuilder serial =
        Json.createObjectBuilder()
            .add("port", port.toString())
            .add("type", resident.kind())
            .add("deviceId", resident.device())
            .add("intervalSeconds", 3);
    return resident.kind().equals("sds011")
        ? serial.add("mode", "query").add("warmUpSeconds", 3)
        : serial;
  }

  private static String thing(Resident resident) {
    return "house-of-" + resident.device();
  }

  private static String owner(Resident resident) {
    return "owner-of-" + resident.device();
  }
}
