package city.mycelium.aggregation.internal;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Datastreams that a test puts there, and their aggregates; nothing is adopted or resolved. */
final class FakeRegistry implements Registry {

  private final Map<DatastreamId, Datastream> datastreams = new TreeMap<>();

  DatastreamId add(String id, @Nullable Duration samplingPeriod) {
    return add(id, Vocabulary.PM2_5, samplingPeriod);
  }

  DatastreamId add(String id, ObservedProperty property, @Nullable Duration samplingPeriod) {
    Datastream raw =
        new Datastream(
            new DatastreamId(id),
            new ThingId("front"),
            new DeviceId("kit"),
            property,
            property.unit(),
            samplingPeriod,
            null);
    datastreams.put(raw.id(), raw);
    return raw.id();
  }

  @Override
  public Optional<Datastream> datastream(DatastreamId id) {
    Datastream raw = datastreams.get(id);
    return raw != null
        ? Optional.of(raw)
        : datastreams.values().stream().flatMap(d -> d.derived(id).stream()).findFirst();
  }

  @Override
  public List<Datastream> datastreams() {
    return List.copyOf(datastreams.values());
  }

  @Override
  public Resolution resolve(Channel channel) {
    throw new UnsupportedOperationException("aggregation resolves nothing");
  }

  @Override
  public List<Thing> things() {
    throw new UnsupportedOperationException("aggregation knows no Things");
  }

  @Override
  public Optional<Thing> thing(ThingId id) {
    throw new UnsupportedOperationException("aggregation knows no Things");
  }

  @Override
  public List<Device> devices() {
    throw new UnsupportedOperationException("aggregation knows no devices");
  }

  @Override
  public void adopt(DeviceId device, ThingId thing) {
    throw new UnsupportedOperationException("aggregation adopts nothing");
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    throw new UnsupportedOperationException("aggregation asks anew each time");
  }
}
