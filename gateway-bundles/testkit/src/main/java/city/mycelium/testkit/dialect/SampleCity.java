package city.mycelium.testkit.dialect;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Link;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Observations of an invented city, one or more of everything that a dialect has to find words for:
 * each kind of result, intervals, aggregates with revisions, a negative NO2, a place, an undated
 * and a suspect one. Offsets ascend from {@value #FIRST} with holes; times from {@link #NOON} on.
 */
public final class SampleCity {

  public static final GatewayId GATEWAY = new GatewayId("mushroomgatewaymushroom234");
  public static final long EPOCH = 0x00c0ffee00c0ffeeL;
  public static final long FIRST = 1201;

  /** UTC epoch milliseconds. */
  public static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();

  public static final KnownThing FRONT =
      new KnownThing(
          new ThingId("front-12"),
          "House front, Mushroom Lane 12",
          new Position(52.507, 6.079, null));
  public static final KnownThing BAY =
      new KnownThing(new ThingId("bay-7"), "Parking bay 7", new Position(52.50981, 6.08377, null));
  public static final KnownThing LAMP =
      new KnownThing(new ThingId("lamp-7"), "Lamp post 7", new Position(52.50981, 6.08377, 3.5));
  public static final KnownThing BIN =
      new KnownThing(new ThingId("bin-3"), "Bin 3", new Position(52.5101, 6.0912, null));
  public static final KnownThing DITCH =
      new KnownThing(
          new ThingId("ditch-1"), "Ditch at the mill", new Position(52.4999, 6.0701, null));
  public static final KnownThing ROAD =
      new KnownThing(
          new ThingId("road-4"), "Ring road, post 4", new Position(52.5155, 6.1021, null));
  public static final KnownThing POLE =
      new KnownThing(new ThingId("pole-9"), "Charge pole 9", new Position(52.5122, 6.0899, null));

  /** Its place may not be told. */
  public static final KnownThing BIKE = new KnownThing(new ThingId("bike-2"), "Bike 2", null);

  private final Map<ThingId, KnownThing> things = new LinkedHashMap<>();
  private final Map<DatastreamId, Datastream> datastreams = new LinkedHashMap<>();
  private final List<Described> observations = new ArrayList<>();
  private long offset = FIRST;
  private long at = NOON;

  private SampleCity() {
    paddenstoel();
    street();
    rare();
  }

  /** All of it, the same each time. */
  public static List<Described> observations() {
    return List.copyOf(new SampleCity().observations);
  }

  /** What may be told of where they come from. */
  public static Catalogue catalogue() {
    SampleCity city = new SampleCity();
    return new Catalogue(List.copyOf(city.things.values()), List.copyOf(city.datastreams.values()));
  }

  /** Spoken to by the Destination {@code city}. */
  public static Link link(Link.Proof proof) {
    return new Link(GATEWAY, EPOCH, List.of(), "city", proof);
  }

  private void paddenstoel() {
    Datastream no2 =
        raw(FRONT, "paddenstoel.123", "NO2", Vocabulary.NO2, Unit.MICROGRAM_PER_CUBIC_METRE);
    say(FRONT, no2, number(23.5));
    say(FRONT, no2, number(-1.25)); // a cell that has drifted
    say(
        FRONT,
        raw(FRONT, "paddenstoel.123", "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE),
        number(8.1));
    say(
        FRONT,
        raw(FRONT, "paddenstoel.123", "PM10", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE),
        number(13));
    Datastream temperature =
        raw(FRONT, "paddenstoel.123", "T", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS);
    say(FRONT, temperature, number(-3.4));
    say(
        FRONT,
        raw(FRONT, "paddenstoel.123", "RH", Vocabulary.RELATIVE_HUMIDITY, Unit.PERCENT),
        number(81.5));
    say(
        FRONT,
        raw(FRONT, "paddenstoel.123", "P", Vocabulary.AIR_PRESSURE, Unit.PASCAL),
        number(101_325));
    Datastream hour = no2.over(Duration.ofHours(1));
    say(FRONT, hour, PhenomenonTime.between(NOON - 3_600_000, NOON), Quality.GOOD, summary(1));
    say(FRONT, hour, PhenomenonTime.between(NOON - 3_600_000, NOON), Quality.GOOD, summary(2));
    say(FRONT, temperature, PhenomenonTime.between(at, at + 60_000), Quality.UNDATED, number(4));
  }

  private void street() {
    Datastream bay = raw(BAY, "parking.7", "status", Vocabulary.PARKING_SPOT_STATUS, Unit.ONE);
    say(BAY, bay, new Result.Category("occupied"));
    say(BAY, bay, new Result.Category("free"));
    say(LAMP, raw(LAMP, "noise.7", "LAeq", Vocabulary.LAEQ, Unit.DECIBEL), number(61.2));
    say(LAMP, raw(LAMP, "lamp.7", "level", Vocabulary.LAMP_LEVEL, Unit.PERCENT), number(40));
    say(
        LAMP,
        raw(LAMP, "lamp.7", "state", Vocabulary.LAMP_STATE, Unit.ONE),
        new Result.Category("on"));
    say(BIN, raw(BIN, "bin.3", "fill", Vocabulary.FILL_LEVEL, Unit.PERCENT), number(72));
    say(
        DITCH,
        raw(DITCH, "water.1", "level", Vocabulary.WATER_LEVEL, Unit.CENTIMETRE),
        number(-35));
    say(DITCH, raw(DITCH, "water.1", "flood", Vocabulary.FLOOD, Unit.ONE), new Result.Truth(false));
    say(
        ROAD,
        raw(ROAD, "traffic.4", "cars", Vocabulary.VEHICLE_COUNT, Unit.ONE),
        new Result.Counter(4711));
    say(
        ROAD,
        raw(ROAD, "traffic.4", "speed", Vocabulary.VEHICLE_SPEED, Unit.KILOMETRE_PER_HOUR),
        number(47.9));
    say(
        POLE,
        raw(POLE, "pole.9", "energy", Vocabulary.ENERGY_IMPORT, Unit.KILOWATT_HOUR),
        number(1234.567));
    say(
        POLE,
        raw(POLE, "pole.9", "status", Vocabulary.CHARGE_POINT_STATUS, Unit.ONE),
        new Result.Category("occupied"));
  }

  private void rare() {
    say(
        BIKE,
        raw(BIKE, "gnss.2", "position", Vocabulary.POSITION, Unit.DEGREE),
        new Position(52.51, 6.08, null));
    say(
        FRONT,
        raw(FRONT, "paddenstoel.123", "setup", Vocabulary.MEASURING_SETUP, Unit.ONE),
        new Result.Text("SDS011, \"paddenstoel\" v2\\3, NO2-B43F = zwart, grijs\nen wit €"));
    at += 1_000;
    say(
        FRONT,
        raw(FRONT, "paddenstoel.123", "CO2", Vocabulary.CO2, Unit.PPM),
        PhenomenonTime.at(at),
        Quality.SUSPECT,
        number(9_999.5));
  }

  private static Result number(double value) {
    return new Result.Measurement(value);
  }

  private static Result summary(int revision) {
    return Result.Summary.ofNumbers(55 + revision, 60, -1.5, 21.25 + revision, 44, revision);
  }

  private Datastream raw(
      KnownThing thing, String device, String channel, ObservedProperty property, Unit unit) {
    return new Datastream(
        new DatastreamId(device + "/" + channel),
        thing.id(),
        new DeviceId(device),
        property,
        unit,
        Duration.ofMinutes(1),
        null);
  }

  private void say(KnownThing thing, Datastream datastream, Result result) {
    say(thing, datastream, PhenomenonTime.at(at), Quality.GOOD, result);
    at += 1_250;
  }

  private void say(
      KnownThing thing,
      Datastream datastream,
      PhenomenonTime time,
      Quality quality,
      Result result) {
    things.put(thing.id(), thing);
    datastreams.put(datastream.id(), datastream);
    observations.add(
        new Described(
            new Observation(
                new Identity(GATEWAY, EPOCH, offset), datastream.id(), time, result, quality, at),
            datastream,
            thing));
    offset += observations.size() % 5 == 0 ? 3 : 1; // some offsets are not for this recipient
  }

  /** The last offset that is covered. */
  static long last(List<Described> observations) {
    return observations.get(observations.size() - 1).observation().identity().offset() + 1;
  }
}
