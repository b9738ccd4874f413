package city.mycelium.bench.platforms;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.RegistryException;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import java.util.List;
import java.util.Optional;

/** The Things and Datastreams of a {@link Sample}, all known and never changing. */
record Street(List<Thing> things, List<Datastream> datastreams) implements Registry {

  Street {
    things = List.copyOf(things);
    datastreams = List.copyOf(datastreams);
  }

  @Override
  public Resolution resolve(Channel channel) {
    Optional<Datastream> known = datastream(channel.datastreamId());
    return known.isPresent()
        ? new Resolution.Adopted(known.get())
        : new Resolution.WaitingForAdoption();
  }

  @Override
  public Optional<Datastream> datastream(DatastreamId id) {
    return datastreams.stream().filter(stream -> stream.id().equals(id)).findFirst();
  }

  @Override
  public Optional<Thing> thing(ThingId id) {
    return things.stream().filter(thing -> thing.id().equals(id)).findFirst();
  }

  @Override
  public List<Device> devices() {
    return List.of();
  }

  @Override
  public void adopt(DeviceId device, ThingId thing) throws RegistryException {
    throw new RegistryException("this street is complete");
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    return () -> {};
  }
}
