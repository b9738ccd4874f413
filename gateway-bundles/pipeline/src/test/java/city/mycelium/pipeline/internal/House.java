package city.mycelium.pipeline.internal;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.RegistryException;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A registry in memory with one Thing; adopts what it is told to, and can be made to fail. */
final class House implements Registry {

  static final ThingId FRONT = new ThingId("front");

  private final Thing front = new Thing(FRONT, "House front", new PartyId("alice"), null);
  private final Map<DeviceId, Device> devices = new TreeMap<>();
  private final Map<DatastreamId, Datastream> datastreams = new TreeMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private boolean failing;
  private @Nullable DeviceId forgotten;

  /** Adopts without telling anybody, as if the gateway died before it could. */
  synchronized void adoptUnheard(DeviceId device) {
    devices.put(device, new Device(device, FRONT));
  }

  /** The next question about a channel finds the device no longer adopted. */
  synchronized void forgetOnResolve(DeviceId device) {
    forgotten = device;
  }

  synchronized void setFailing(boolean failing) {
    this.failing = failing;
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public synchronized Resolution resolve(Channel channel) throws RegistryException {
    if (failing) {
      throw new RegistryException("the test says that the registry's file fails");
    }
    if (forgotten != null) {
      devices.remove(forgotten);
      forgotten = null;
    }
    if (!devices.containsKey(channel.device())) {
      return new Resolution.WaitingForAdoption();
    }
    Datastream known =
        datastreams.computeIfAbsent(
            channel.datastreamId(),
            id ->
                new Datastream(
                    id,
                    FRONT,
                    channel.device(),
                    channel.property(),
                    channel.unit(),
                    channel.samplingPeriod(),
                    null));
    return known.unit() == channel.unit()
        ? new Resolution.Adopted(known)
        : new Resolution.Contradiction(known.id() + " has another unit");
  }

  @Override
  public void adopt(DeviceId device, ThingId thing) throws RegistryException {
    if (!thing.equals(FRONT)) {
      throw new RegistryException("there is no thing '" + thing + "'");
    }
    adoptUnheard(device);
    listeners.forEach(Runnable::run);
  }

  @Override
  public synchronized Optional<Datastream> datastream(DatastreamId id) {
    return Optional.ofNullable(datastreams.get(id));
  }

  @Override
  public synchronized List<Datastream> datastreams() {
    return List.copyOf(datastreams.values());
  }

  @Override
  public List<Thing> things() {
    return List.of(front);
  }

  @Override
  public Optional<Thing> thing(ThingId id) {
    return id.equals(FRONT) ? Optional.of(front) : Optional.empty();
  }

  @Override
  public synchronized List<Device> devices() {
    return List.copyOf(devices.values());
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
