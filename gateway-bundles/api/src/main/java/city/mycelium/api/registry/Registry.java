package city.mycelium.api.registry;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.time.Cancellable;
import java.util.List;
import java.util.Optional;

/**
 * Things, devices and Datastreams as this gateway knows them. Safe for use by many threads; reading
 * never blocks on a disk, a change returns when it is on the medium.
 */
public interface Registry {

  /**
   * Where a channel belongs. The first channel of that name of an adopted device defines its
   * Datastream, durably.
   *
   * @throws RegistryException if the new Datastream could not be written down
   */
  Resolution resolve(Channel channel) throws RegistryException;

  /** The Datastream with this id, raw or aggregate, also if its device has long been silent. */
  Optional<Datastream> datastream(DatastreamId id);

  /** Every raw Datastream, by id. */
  List<Datastream> datastreams();

  /** Every Thing, by id. */
  List<Thing> things();

  Optional<Thing> thing(ThingId id);

  /** Every adopted device, by id. */
  List<Device> devices();

  /**
   * Adopts a device for a Thing. Doing it again for the same Thing changes nothing.
   *
   * @throws RegistryException if the Thing is unknown, the device belongs to another one, or the
   *     change could not be written down
   */
  void adopt(DeviceId device, ThingId thing) throws RegistryException;

  /** Calls the listener after every change, on the thread that made it; it must return at once. */
  Cancellable onChange(Runnable listener);
}
