package city.mycelium.consent.internal;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Things and Datastreams that a test puts there; nothing is adopted or resolved. */
final class FakeRegistry implements Registry {

  private final Map<ThingId, Thing> things = new TreeMap<>();
  private final Map<DatastreamId, Datastream> datastreams = new TreeMap<>();

  Thing add(Thing thing) {
    things.put(thing.id(), thing);
    return thing;
  }

  Datastream add(Datastream datastream) {
    datastreams.put(datastream.id(), datastream);
    return datastream;
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
    return List.copyOf(things.values());
  }

  @Override
  public Optional<Thing> thing(ThingId id) {
    return Optional.ofNullable(things.get(id));
  }

  @Override
  public Resolution resolve(Channel channel) {
    throw new UnsupportedOperationException("consent resolves nothing");
  }

  @Override
  public List<Device> devices() {
    throw new UnsupportedOperationException("consent knows no devices");
  }

  @Override
  public void adopt(DeviceId device, ThingId thing) {
    throw new UnsupportedOperationException("consent adopts nothing");
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    throw new UnsupportedOperationException("consent asks anew each time");
  }
}
