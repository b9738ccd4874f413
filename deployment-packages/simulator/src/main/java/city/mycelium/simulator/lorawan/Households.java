package city.mycelium.simulator.lorawan;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The LoRaWAN devices of the neighbourhood: two parking bays and a waste bin. All invented. */
public final class Households {

  public static final String PARKING = "lorawan-parking";
  public static final String BIN = "lorawan-bin";

  /** Those of the driver's device profiles. */
  private static final String PARKING_PROFILE = "bosch-tps110";

  private static final String BIN_PROFILE = "teneo-iot-filling-degree-sensor";

  private static final Duration BAYS_REPORT_EVERY = Duration.ofMinutes(4);
  private static final Duration BIN_REPORTS_EVERY = Duration.ofMinutes(5);
  private static final int BATTERY_CHANGED_EVERY = 7;

  /** Of no maker: the second bit of the first byte says that somebody made it up (IEEE 802). */
  private static final long FIRST_EUI = 0x0200_0000_00c0_0000L;

  private Households() {}

  /**
   * Who they are. The same seed gives the same devices with the same keys.
   *
   * @param pace how long a time in life takes here
   */
  public static List<Household> of(long seed, UnaryOperator<Duration> pace) {
    Random random = new Random(seed * 7_919 + 1);
    Identity one = identity(1, PARKING_PROFILE, false, random);
    Identity two = identity(2, PARKING_PROFILE, true, random);
    Identity bin = identity(3, BIN_PROFILE, false, random);
    Duration bays = pace.apply(BAYS_REPORT_EVERY);
    return List.of(
        new Household(
            one, PARKING, new ParkingBay(one.device(), bays, true, luck(random)), snr(8, -3), 0),
        // One whose heartbeats are not confirmed, as most are in life, and whose battery is loose.
        new Household(
            two,
            PARKING,
            new ParkingBay(two.device(), bays, false, luck(random)),
            snr(-4, 6),
            BATTERY_CHANGED_EVERY),
        new Household(
            bin,
            BIN,
            new WasteBin(bin.device(), pace.apply(BIN_REPORTS_EVERY), luck(random)),
            snr(2, 1),
            0));
  }

  /**
   * The gateway's list of them ({@code lorawan-devices.json}), as their owner writes it: with the
   * keys in plain, which the gateway encrypts as soon as it reads them.
   */
  public static JsonObject deviceFile(List<Household> households) {
    JsonArrayBuilder devices = Json.createArrayBuilder();
    for (Household household : households) {
      Identity identity = household.identity();
      devices.add(
          Json.createObjectBuilder()
              .add("devEui", identity.devEui().toString())
              .add("name", household.kind() + " " + identity.devEui())
              .add("profile", identity.profile())
              .add("joinEui", identity.joinEui().toString())
              .add("activation", "otaa")
              .add("appKey", HexFormat.of().formatHex(identity.appKey().bytes()))
              .add("version", identity.countsJoins() ? "1.0.4" : "1.0.3")
              .add("adr", true));
    }
    return Json.createObjectBuilder().add("devices", devices).build();
  }

  private static Identity identity(int number, String profile, boolean counts, Random random) {
    return Identity.of(new Eui(FIRST_EUI + number), profile, counts, random);
  }

  private static List<Double> snr(double one, double other) {
    return List.of(one, other);
  }

  private static Random luck(Random random) {
    return new Random(random.nextLong());
  }
}
