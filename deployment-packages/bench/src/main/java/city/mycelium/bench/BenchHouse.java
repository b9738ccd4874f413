package city.mycelium.bench;

import city.mycelium.api.consent.Consent;
import city.mycelium.api.consent.Decision;
import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.RegistryException;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The benchmark's Datastreams, all of one Thing, whose owner grants everything; what else is heard
 * of is adopted at once. Safe for use by many threads.
 */
public final class BenchHouse implements Registry, Consent {

  private static final Thing THING =
      new Thing(new ThingId("bench"), "Bench", new PartyId("municipality"), null);
  private static final Decision YES = new Decision.Permitted(LocationPrecision.EXACT);

  private final Map<DatastreamId, Datastream> datastreams = new ConcurrentSkipListMap<>();

  public BenchHouse() {
    this(Dataset.STREAMS);
  }

  BenchHouse(int streams) {
    for (int i = 0; i < streams; i++) {
      DatastreamId id = Dataset.id(i);
      datastreams.put(
          id,
          new Datastream(
              id,
              THING.id(),
              new DeviceId("bench." + i),
              Vocabulary.PM10,
              Unit.MICROGRAM_PER_CUBIC_METRE,
              Duration.ofSeconds(1),
              null));
    }
  }

  @Override
  public Decision mayLeave(Datastream datastream, PartyId recipient, long now) {
    return YES;
  }

  @Override
  public Decision mayTellPlace(Thing thing, PartyId recipient, long now) {
    return YES;
  }

  @Override
  public Resolution resolve(Channel channel) {
    return new Resolution.Adopted(
        datastreams.computeIfAbsent(
            channel.datastreamId(),
            id ->
                new Datastream(
                    id,
                    THING.id(),
                    channel.device(),
                    channel.property(),
                    channel.unit(),
                    channel.samplingPeriod(),
                    null)));
  }

  @Override
  public Optional<Datastream> datastream(DatastreamId id) {
    return Optional.ofNullable(datastreams.get(id));
  }

  @Override
  public List<Datastream> datastreams() {
    return List.copyOf(datastreams.values());
  }

  @Override
  public List<Thing> things() {
    return List.of(THING);
  }

  @Override
  public Optional<Thing> thing(ThingId id) {
    return Optional.of(THING).filter(thing -> thing.id().equals(id));
  }

  @Override
  public List<Device> devices() {
    return List.of();
  }

  @Override
  public void adopt(DeviceId device, ThingId thing) throws RegistryException {
    throw new RegistryException("the benchmark's house is complete");
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    return () -> {};
  }
}
