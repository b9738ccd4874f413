package city.mycelium.sync.internal;

import city.mycelium.api.consent.Consent;
import city.mycelium.api.consent.Decision;
import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A house with one Thing and whatever Datastreams are asked for; its owner keeps back what is told.
 */
final class House implements Registry, Consent {

  static final Thing FRONT =
      new Thing(
          new ThingId("front"),
          "House front",
          new PartyId("resident"),
          new Result.Position(52.123456, 6.123456, null));

  final Set<String> keptBack = new HashSet<>();
  LocationPrecision precision = new LocationPrecision(2);

  static Datastream temperature(String id) {
    return new Datastream(
        new DatastreamId(id),
        FRONT.id(),
        new DeviceId("kit"),
        Vocabulary.AIR_TEMPERATURE,
        Unit.DEGREE_CELSIUS,
        null,
        null);
  }

  @Override
  public Decision mayLeave(Datastream datastream, PartyId recipient, long now) {
    return keptBack.contains(datastream.id().value())
        ? new Decision.Withheld("kept back")
        : new Decision.Permitted(precision);
  }

  @Override
  public Decision mayTellPlace(Thing thing, PartyId recipient, long now) {
    return new Decision.Permitted(precision);
  }

  @Override
  public Optional<Datastream> datastream(DatastreamId id) {
    return id.value().startsWith("unknown")
        ? Optional.empty()
        : Optional.of(temperature(id.value()));
  }

  @Override
  public List<Datastream> datastreams() {
    return List.of(temperature("kit/T"));
  }

  @Override
  public List<Thing> things() {
    return List.of(FRONT);
  }

  @Override
  public Optional<Thing> thing(ThingId id) {
    return Optional.of(FRONT).filter(thing -> thing.id().equals(id));
  }

  @Override
  public List<Device> devices() {
    return List.of();
  }

  @Override
  public Resolution resolve(Channel channel) {
    return new Resolution.WaitingForAdoption();
  }

  @Override
  public void adopt(DeviceId device, ThingId thing) {
    throw new UnsupportedOperationException("nobody adopts anything here");
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    return () -> {};
  }
}
