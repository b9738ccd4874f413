package city.mycelium.bench.dialects;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What one gateway in an invented city has to tell: four kits of six quantities, a noise meter, a
 * road, parking bays, bins, a ditch, a lamp, a charge pole and a bike; each value and its means of
 * ten minutes and of an hour, in the order in which they become known. Kits have no clock: what
 * they say is as old as its arrival. The same seed gives the same city. Endless; not thread-safe.
 */
final class City {

  static final GatewayId GATEWAY = new GatewayId("mushroomgatewaymushroom234");
  static final long EPOCH = 0x00c0ffee00c0ffeeL;

  private static final String KIT = "paddenstoel.";
  private static final int KITS = 4;
  private static final int BAYS = 6;
  private static final int BINS = 2;

  private static final long BEGIN = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
  private static final long MINUTE_MILLIS = 60_000;

  /** Windows are closed and summed up in less than that. */
  private static final int MOST_LATE_MILLIS = 2_500;

  private final Random random;
  private final Predicate<Datastream> selection;
  private final List<Device> devices = new ArrayList<>();
  private final Map<ThingId, KnownThing> things = new LinkedHashMap<>();
  private final Deque<Described> known = new ArrayDeque<>();
  private long minute;
  private long offset;

  /** Something that measures, and how often. */
  private final class Device {
    final DeviceId id;
    final KnownThing thing;
    final int everyMinutes;
    final int secondOfMinute;
    final int lagMillis;
    final List<Channel> channels = new ArrayList<>();

    Device(String id, KnownThing thing, int everyMinutes, int lagMillis) {
      this.id = new DeviceId(id);
      this.thing = thing;
      this.everyMinutes = everyMinutes;
      this.secondOfMinute = random.nextInt(58);
      this.lagMillis = lagMillis;
    }

    /** Adds a channel; one with a window kind is summed up too. */
    Device says(
        String channel, ObservedProperty property, Unit unit, Voice voice, Window.Kind... kind) {
      Datastream raw =
          new Datastream(
              new DatastreamId(id.value() + "/" + channel),
              thing.id(),
              id,
              property,
              unit,
              Duration.ofMinutes(everyMinutes),
              null);
      List<Window> windows = new ArrayList<>();
      if (kind.length > 0) {
        windows.add(new Window(raw.over(Duration.ofMinutes(10)), kind[0], everyMinutes));
        windows.add(new Window(raw.over(Duration.ofHours(1)), kind[0], everyMinutes));
      }
      channels.add(new Channel(raw, voice, windows));
      return this;
    }
  }

  private record Channel(Datastream raw, Voice voice, List<Window> windows) {}

  /**
   * Begins at midnight.
   *
   * @param selection what of it is told; the offsets are those of all
   */
  City(long seed, Predicate<Datastream> selection) {
    this.random = new Random(seed);
    this.selection = selection;
    for (int i = 1; i <= KITS; i++) {
      kit(i);
    }
    street();
    devices.sort(Comparator.comparingInt(device -> device.secondOfMinute));
  }

  private void kit(int number) {
    device(KIT + (120 + number), thing("front-" + number, "House front", number), 1, 0)
        .says(
            "NO2",
            Vocabulary.NO2,
            Unit.MICROGRAM_PER_CUBIC_METRE,
            Voice.walk(230, 10, 15, 20, 900),
            Window.Kind.MEAN)
        .says(
            "PM25",
            Vocabulary.PM2_5,
            Unit.MICROGRAM_PER_CUBIC_METRE,
            Voice.walk(810, 100, 40, 50, 9_000),
            Window.Kind.MEAN)
        .says(
            "PM10",
            Vocabulary.PM10,
            Unit.MICROGRAM_PER_CUBIC_METRE,
            Voice.walk(1_300, 100, 60, 80, 15_000),
            Window.Kind.MEAN)
        .says(
            "T",
            Vocabulary.AIR_TEMPERATURE,
            Unit.DEGREE_CELSIUS,
            Voice.walk(840, 100, 12, -900, 3_500),
            Window.Kind.MEAN)
        .says(
            "RH",
            Vocabulary.RELATIVE_HUMIDITY,
            Unit.PERCENT,
            Voice.walk(8_150, 100, 40, 2_000, 9_990),
            Window.Kind.MEAN)
        .says(
            "P",
            Vocabulary.AIR_PRESSURE,
            Unit.PASCAL,
            Voice.walk(101_325, 1, 6, 98_000, 104_000),
            Window.Kind.MEAN);
  }

  private void street() {
    KnownThing lamp = thing("lamp-7", "Lamp post", 7);
    device("noise.7", lamp, 1, 350)
        .says(
            "LAeq",
            Vocabulary.LAEQ,
            Unit.DECIBEL,
            Voice.walk(612, 10, 20, 350, 900),
            Window.Kind.NOISE);
    device("lamp.7", lamp, 10, 350)
        .says("level", Vocabulary.LAMP_LEVEL, Unit.PERCENT, Voice.walk(40, 1, 10, 0, 100))
        .says("state", Vocabulary.LAMP_STATE, Unit.ONE, Voice.word("on", "off"));
    device("traffic.4", thing("road-4", "Ring road", 4), 1, 350)
        .says("cars", Vocabulary.VEHICLE_COUNT, Unit.ONE, Voice.count(4_711, 25), Window.Kind.COUNT)
        .says(
            "speed",
            Vocabulary.VEHICLE_SPEED,
            Unit.KILOMETRE_PER_HOUR,
            Voice.walk(479, 10, 25, 50, 1_300),
            Window.Kind.MEAN);
    for (int i = 1; i <= BAYS; i++) {
      device("parking." + i, thing("bay-" + i, "Parking bay", i), 15, 800)
          .says("status", Vocabulary.PARKING_SPOT_STATUS, Unit.ONE, Voice.word("occupied", "free"));
    }
    for (int i = 1; i <= BINS; i++) {
      device("bin." + i, thing("bin-" + i, "Bin", i), 30, 800)
          .says("fill", Vocabulary.FILL_LEVEL, Unit.PERCENT, Voice.walk(40, 1, 3, 0, 100));
    }
    device("water.1", thing("ditch-1", "Ditch", 1), 10, 800)
        .says("level", Vocabulary.WATER_LEVEL, Unit.CENTIMETRE, Voice.walk(85, 1, 2, 10, 250))
        .says("flood", Vocabulary.FLOOD, Unit.ONE, Voice.truth());
    device("pole.9", thing("pole-9", "Charge pole", 9), 5, 350)
        .says(
            "energy",
            Vocabulary.ENERGY_IMPORT,
            Unit.KILOWATT_HOUR,
            Voice.walk(1_234_567, 1_000, 200, 0, 9_000_000))
        .says("status", Vocabulary.CHARGE_POINT_STATUS, Unit.ONE, Voice.word("occupied", "free"));
    KnownThing bike = new KnownThing(new ThingId("bike-2"), "Bike 2", null);
    things.put(bike.id(), bike);
    device("gnss.2", bike, 2, 350)
        .says("position", Vocabulary.POSITION, Unit.DEGREE, Voice.place(52.51, 6.08));
  }

  private KnownThing thing(String id, String kind, int number) {
    KnownThing thing =
        new KnownThing(
            new ThingId(id),
            kind + " " + number,
            new Position(52.5 + number / 1e3, 6.07 + number / 1e3, null));
    things.put(thing.id(), thing);
    return thing;
  }

  private Device device(String id, KnownThing thing, int everyMinutes, int lagMillis) {
    Device device = new Device(id, thing, everyMinutes, lagMillis);
    devices.add(device);
    return device;
  }

  /** Whether it is a raw value of one of the kits. */
  static boolean isOfKit(Datastream datastream) {
    return !datastream.isAggregate() && datastream.device().value().startsWith(KIT);
  }

  /** What is told of, as far as it is selected. */
  List<Datastream> datastreams() {
    List<Datastream> all = new ArrayList<>();
    for (Device device : devices) {
      for (Channel channel : device.channels) {
        all.add(channel.raw());
        channel.windows().forEach(window -> all.add(window.datastream()));
      }
    }
    return all.stream().filter(selection).toList();
  }

  Catalogue catalogue() {
    List<Datastream> told = datastreams();
    return new Catalogue(
        things.values().stream()
            .filter(thing -> told.stream().anyMatch(of -> of.thing().equals(thing.id())))
            .toList(),
        told);
  }

  /** The next ones that are selected. */
  List<Described> next(int count) {
    while (known.size() < count) {
      live();
    }
    List<Described> next = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      next.add(known.remove());
    }
    return next;
  }

  private void live() {
    long begin = BEGIN + minute * MINUTE_MILLIS;
    for (Device device : devices) {
      if (minute % device.everyMinutes == 0) {
        long at = begin + device.secondOfMinute * 1_000L + random.nextInt(1_000);
        long received = device.lagMillis == 0 ? at : at + random.nextInt(device.lagMillis);
        for (Channel channel : device.channels) {
          Result result = channel.voice().say(random);
          channel.windows().forEach(window -> window.take(result));
          tell(device, channel.raw(), PhenomenonTime.at(at), result, received);
        }
      }
    }
    minute++;
    for (Device device : devices) {
      for (Channel channel : device.channels) {
        channel.windows().forEach(window -> close(device, window));
      }
    }
  }

  private void close(Device device, Window window) {
    if (minute % window.minutes() != 0) {
      return;
    }
    long end = BEGIN + minute * MINUTE_MILLIS;
    tell(
        device,
        window.datastream(),
        PhenomenonTime.between(end - window.minutes() * MINUTE_MILLIS, end),
        window.close(),
        end + random.nextInt(MOST_LATE_MILLIS));
  }

  private void tell(
      Device device, Datastream datastream, PhenomenonTime time, Result result, long received) {
    offset++;
    if (selection.test(datastream)) {
      known.add(
          new Described(
              new Observation(
                  new Identity(GATEWAY, EPOCH, offset),
                  datastream.id(),
                  time,
                  result,
                  Quality.GOOD,
                  received),
              datastream,
              device.thing));
    }
  }
}
