package city.mycelium.receiver;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.dialect.senml.Status.ToldDatastream;
import city.mycelium.dialect.senml.Status.ToldThing;
import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Route;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What an invented gateway says, for the tests of every package here. */
public final class Samples {

  public static final GatewayId GATEWAY = new GatewayId("mushroomaaaabbbbccccdddd22");
  public static final long EPOCH = 0x00c0ffee00c0ffeeL;
  public static final Route CITY = new Route(GATEWAY, "city");
  public static final String TEMPERATURE = "paddenstoel.123/T";

  /** 2026-11-23T12:00:00Z. */
  public static final long NOON = 1_795_435_200_000L;

  private Samples() {}

  /** Covers these offsets, with a temperature at each, a second apart. */
  public static SenmlPack pack(long first, long last) {
    return pack(EPOCH, first, last);
  }

  public static SenmlPack pack(long epoch, long first, long last) {
    return new SenmlPack(
        GATEWAY,
        epoch,
        new OffsetRange(first, last),
        0,
        LongStream.rangeClosed(first, last)
            .mapToObj(offset -> entry(epoch, offset, new Measurement(offset / 100.0)))
            .toList());
  }

  /** Covers as many offsets from this one on, with one of the results at each. */
  public static SenmlPack packOf(long first, Result... results) {
    List<SenmlPack.Entry> entries = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      entries.add(entry(EPOCH, first + i, results[i]));
    }
    return new SenmlPack(
        GATEWAY, EPOCH, new OffsetRange(first, first + results.length - 1), 0, entries);
  }

  /** Covers one offset, with the Summary of the ten minutes before noon. */
  public static SenmlPack summary(long offset, double mean, int revision) {
    Observation observation =
        new Observation(
            new Identity(GATEWAY, EPOCH, offset),
            new DatastreamId(TEMPERATURE + "/PT10M"),
            PhenomenonTime.between(NOON - 600_000, NOON),
            Summary.ofNumbers(580, 600, mean - 1, mean, mean + 1, revision),
            Quality.GOOD,
            NOON + 1_000);
    return new SenmlPack(
        GATEWAY,
        EPOCH,
        new OffsetRange(offset, offset),
        0,
        List.of(new SenmlPack.Entry(observation, "air-temperature", Unit.DEGREE_CELSIUS)));
  }

  public static SenmlPack.Entry entry(long epoch, long offset, Result result) {
    return new SenmlPack.Entry(
        new Observation(
            new Identity(GATEWAY, epoch, offset),
            new DatastreamId(TEMPERATURE),
            PhenomenonTime.at(NOON + 1_000 * offset),
            result,
            Quality.GOOD,
            NOON + 1_000 * offset + 40),
        "air-temperature",
        Unit.DEGREE_CELSIUS);
  }

  public static Arrival arrives(SenmlPack pack) {
    return new Arrival.Pack(CITY, pack);
  }

  public static Arrival arrives(Status status) {
    return new Arrival.Introduction(CITY, status);
  }

  /** Introduces one Thing with the temperature of it. */
  public static Status introduction(@Nullable Position location) {
    return new Status(
        true,
        EPOCH,
        List.of(new ToldThing(new ThingId("house.7"), "Invented Street 7", location)),
        List.of(
            new ToldDatastream(
                new DatastreamId(TEMPERATURE),
                new ThingId("house.7"),
                "air-temperature",
                URI.create("http://vocab.nerc.ac.uk/standard_name/air_temperature/"),
                Unit.DEGREE_CELSIUS,
                Duration.ofSeconds(1),
                null)));
  }
}
