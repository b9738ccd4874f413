package city.mycelium.simulator;

import city.mycelium.simulator.air.Probe;
import city.mycelium.simulator.air.Quantity;
import city.mycelium.simulator.air.TownAir;
import city.mycelium.simulator.kit.AirRohr;
import city.mycelium.simulator.kit.AirRohrCustomApi;
import city.mycelium.simulator.kit.GarbledKit;
import city.mycelium.simulator.kit.Kit;
import city.mycelium.simulator.kit.Paddenstoel;
import city.mycelium.simulator.kit.PortalPaddenstoel;
import city.mycelium.simulator.kit.SilencedKit;
import city.mycelium.simulator.lorawan.Household;
import city.mycelium.simulator.lorawan.Households;
import city.mycelium.simulator.sender.Sender.Patience;
import city.mycelium.simulator.serial.GnssReceiver;
import city.mycelium.simulator.serial.LineNoise;
import city.mycelium.simulator.serial.Sds011;
import city.mycelium.simulator.serial.SerialChip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who lives in the simulated neighbourhood, and what is wrong with each. The same seed gives the
 * same neighbourhood. All of it is invented; it lies in the middle of a lake.
 */
public final class Neighbourhood {

  private static final Duration PADDENSTOEL_POSTS_EVERY = Duration.ofMinutes(2);
  private static final Duration PORTAL_KIT_POSTS_EVERY = Duration.ofMinutes(1);
  private static final Duration AIRROHR_POSTS_EVERY = Duration.ofSeconds(145);
  private static final Duration WAS_OFFLINE_FOR = Duration.ofHours(2);

  private static final Set<Quantity> WITHOUT_NO2 = EnumSet.complementOf(EnumSet.of(Quantity.NO2));
  private static final Set<Quantity> ALL = EnumSet.allOf(Quantity.class);

  private static final double LAKE_LATITUDE = 52.8;
  private static final double LAKE_LONGITUDE = 5.35;

  private final long seed;
  private final Pace pace;
  private final long now;
  private final TownAir air;
  private final Random random;
  private final List<WifiHousehold> wifi = new ArrayList<>();
  private final List<SerialHousehold> serial = new ArrayList<>();
  private final List<Household> radio;

  /** A kit, how patient it is, and whether the demo's gateway knows it. */
  record WifiHousehold(Kit kit, String kind, Patience patience, boolean adopted) {}

  /** A chip, the port it is plugged into, and the state of its cable. */
  record SerialHousehold(
      String device, String kind, String port, SerialChip chip, LineNoise noise) {}

  /**
   * Everybody moves in.
   *
   * @param speedup how much faster than in life the Wi-Fi kits post, at least 1
   * @param now when it begins, epoch milliseconds
   */
  public Neighbourhood(long seed, double speedup, long now) {
    this.seed = seed;
    this.pace = new Pace(speedup);
    this.now = now;
    this.air = new TownAir(seed);
    this.random = new Random(seed);
    moveIn();
    radio = Households.of(seed, this::period);
  }

  private void moveIn() {
    paddenstoel("1001", ALL);
    paddenstoel("1002", WITHOUT_NO2);
    impatient(paddenstoelKit("1003", ALL));
    garbled(paddenstoelKit("1004", WITHOUT_NO2));
    adopted("paddenstoel", new SilencedKit(paddenstoelKit("1005", ALL), 4));
    adopted("paddenstoel", portalKit("senshagen", "2001"));
    stranger(paddenstoelKit("1999", ALL));
    adopted("airrohr", new AirRohr("3001", period(AIRROHR_POSTS_EVERY), probes(3001, WITHOUT_NO2)));
    adopted("airrohr", new AirRohr("3002", period(AIRROHR_POSTS_EVERY), probes(3002, WITHOUT_NO2)));
    adopted("airrohr", customApiKit("3003"));
    adopted("airrohr", customApiKit("3004"));
    sds011("a", 0xA160, 0);
    sds011("b", 0xB271, 8);
    gnss("a");
  }

  /** Everybody, as a gateway knows them. */
  public List<Resident> residents() {
    return Stream.of(
            radio.stream()
                .map(home -> new Resident(home.identity().device(), home.kind(), null, true)),
            wifi.stream()
                .map(home -> new Resident(home.kit().device(), home.kind(), null, home.adopted())),
            serial.stream()
                .map(home -> new Resident(home.device(), home.kind(), home.port(), true)))
        .flatMap(homes -> homes)
        .toList();
  }

  /** Those that speak LoRaWAN, with their keys. */
  public List<Household> radio() {
    return radio;
  }

  List<WifiHousehold> wifi() {
    return List.copyOf(wifi);
  }

  List<SerialHousehold> serial() {
    return List.copyOf(serial);
  }

  private void paddenstoel(String id, Set<Quantity> fitted) {
    adopted("paddenstoel", paddenstoelKit(id, fitted));
  }

  private void adopted(String kind, Kit kit) {
    wifi.add(new WifiHousehold(kit, kind, Patience.ENDLESS, true));
  }

  /** Times out now and then, and posts the same body again. */
  private void impatient(Kit kit) {
    wifi.add(new WifiHousehold(kit, "paddenstoel", Patience.hangingUpOneIn(4, someLuck()), true));
  }

  private void garbled(Kit kit) {
    adopted("paddenstoel", new GarbledKit(kit, someLuck(), 3));
  }

  /** Nobody has told the gateway about it. */
  private void stranger(Kit kit) {
    wifi.add(new WifiHousehold(kit, "paddenstoel", Patience.ENDLESS, false));
  }

  private Kit paddenstoelKit(String id, Set<Quantity> fitted) {
    return new Paddenstoel(
        id, period(PADDENSTOEL_POSTS_EVERY), probes(Integer.parseInt(id), fitted), someLuck());
  }

  private Kit portalKit(String group, String id) {
    return new PortalPaddenstoel(
        group,
        id,
        period(PORTAL_KIT_POSTS_EVERY),
        WAS_OFFLINE_FOR,
        probes(Integer.parseInt(id), ALL));
  }

  private Kit customApiKit(String chipId) {
    return new AirRohrCustomApi(
        chipId,
        period(AIRROHR_POSTS_EVERY),
        probes(Integer.parseInt(chipId), WITHOUT_NO2),
        someLuck());
  }

  private void sds011(String name, int id, int disturbedOneIn) {
    Sds011 chip = new Sds011(probe(id, Quantity.PM2_5), probe(id, Quantity.PM10), id);
    plugged("sds011", name, chip, disturbedOneIn);
  }

  private void gnss(String name) {
    plugged("gnss", name, new GnssReceiver(LAKE_LATITUDE, LAKE_LONGITUDE, someLuck()), 15);
  }

  private void plugged(String kind, String name, SerialChip chip, int disturbedOneIn) {
    serial.add(
        new SerialHousehold(
            kind + "." + name,
            kind,
            kind + "-" + name,
            chip,
            new LineNoise(someLuck(), disturbedOneIn)));
  }

  private Map<Quantity, Probe> probes(int device, Set<Quantity> quantities) {
    Map<Quantity, Probe> probes = new EnumMap<>(Quantity.class);
    quantities.forEach(quantity -> probes.put(quantity, probe(device, quantity)));
    return probes;
  }

  private Probe probe(int device, Quantity quantity) {
    return new Probe(air, quantity, now, seed * 1_000_003 + device * 31L);
  }

  private Duration period(Duration inLife) {
    return pace.of(inLife);
  }

  /** A source of chance of its own, so that one device's doings do not change another's. */
  private Random someLuck() {
    return new Random(random.nextLong());
  }
}
