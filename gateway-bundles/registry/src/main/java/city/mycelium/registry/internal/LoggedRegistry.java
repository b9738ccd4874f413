package city.mycelium.registry.internal;

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
import city.mycelium.api.time.Clock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry: what the configuration states, and on top of it every change since, replayed from
 * its log. Reads go to concurrent maps; changes are serialised and on the medium before they show.
 */
public final class LoggedRegistry implements Registry {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedRegistry.class);

  private final ChangeLog log;
  private final Clock clock;
  private final Map<DeviceId, Device> adopted = new TreeMap<>();
  private volatile Map<ThingId, Thing> things = Map.of();
  private volatile Map<DeviceId, Device> devices = Map.of();
  private final Map<DatastreamId, Datastream> datastreams = new ConcurrentSkipListMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private LoggedRegistry(ChangeLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Opens the registry.
   *
   * @param file the log of changes; made with the first change
   * @param thingTexts Things of the configuration, each a JSON object
   * @param deviceTexts devices of the configuration, each a JSON object
   * @throws IOException if the log cannot be read
   */
  public static LoggedRegistry open(
      Path file, String[] thingTexts, String[] deviceTexts, Clock clock) throws IOException {
    LoggedRegistry registry = new LoggedRegistry(new ChangeLog(file), clock);
    for (JsonObject change : registry.log.replay()) {
      registry.replay(change, file);
    }
    registry.configure(thingTexts, deviceTexts);
    return registry;
  }

  /** Replaces what the configuration states; what commands have changed stays on top. */
  public void configure(String[] thingTexts, String[] deviceTexts) {
    Configured configured = Configured.read(thingTexts, deviceTexts);
    configured
        .faults()
        .forEach(fault -> LOG.error("configuration of city.mycelium.registry: {}", fault));
    layUnder(configured);
    tell();
  }

  private void replay(JsonObject change, Path file) {
    try {
      if (change.get("adopt") instanceof JsonObject adoption) {
        DeviceId id = new DeviceId(JsonText.string(adoption, "device"));
        adopted.put(id, new Device(id, new ThingId(JsonText.string(adoption, "thing"))));
      } else if (change.get("datastream") instanceof JsonObject written) {
        Datastream datastream = DatastreamRecord.read(written);
        datastreams.put(datastream.id(), datastream);
      } else {
        throw new IllegalArgumentException("a change of a kind that this version does not know");
      }
    } catch (IllegalArgumentException | DateTimeException e) { // a hand has been in the file
      LOG.error("{}: passed over {}: {}", file, change, e.getMessage());
    }
  }

  private synchronized void layUnder(Configured configured) {
    Map<ThingId, Thing> allThings = new TreeMap<>();
    configured.things().forEach(thing -> allThings.put(thing.id(), thing));
    Map<DeviceId, Device> allDevices = new TreeMap<>(adopted);
    for (Device stated : configured.devices()) {
      ThingId owned = belongsTo(stated.id()).orElse(stated.thing());
      if (!owned.equals(stated.thing())) {
        LOG.error(
            "device {} belongs to {}, so the configuration cannot give it to {}: what it has said is"
                + " its old owner's. Give the device a new id instead.",
            stated.id(),
            owned,
            stated.thing());
      }
      allDevices.put(stated.id(), new Device(stated.id(), owned));
    }
    for (Device device : allDevices.values()) {
      if (!allThings.containsKey(device.thing())) {
        LOG.error(
            "device {} is for thing {}, which the configuration does not have: its data has no owner"
                + " and will be withheld. Add the thing.",
            device.id(),
            device.thing());
      }
    }
    things = Collections.unmodifiableMap(allThings);
    devices = Collections.unmodifiableMap(allDevices);
  }

  /**
   * The Thing that a device was adopted for by command, or has spoken for. It stays that one's for
   * ever, for what it has said is that owner's: also when a configuration forgets the device, or
   * says otherwise.
   */
  private Optional<ThingId> belongsTo(DeviceId id) {
    Device device = adopted.get(id);
    return device != null
        ? Optional.of(device.thing())
        : datastreams.values().stream()
            .filter(datastream -> datastream.device().equals(id))
            .map(Datastream::thing)
            .findFirst();
  }

  @Override
  public Resolution resolve(Channel channel) throws RegistryException {
    Device device = devices.get(channel.device());
    if (device == null) {
      return new Resolution.WaitingForAdoption();
    }
    Datastream known = datastreams.get(channel.datastreamId());
    return known != null && agrees(known, channel)
        ? new Resolution.Adopted(known)
        : define(channel, device);
  }

  private static boolean agrees(Datastream known, Channel channel) {
    Duration period = channel.samplingPeriod();
    return known.property().equals(channel.property())
        && known.unit() == channel.unit()
        && (period == null || period.equals(known.samplingPeriod()))
        && (known.personal() || !channel.personal());
  }

  private synchronized Resolution define(Channel channel, Device device) throws RegistryException {
    Datastream known =
        datastreams.get(channel.datastreamId()); // another thread may have been first
    if (known != null) {
      Optional<String> contradiction = contradiction(known, channel);
      if (contradiction.isPresent()) {
        return new Resolution.Contradiction(contradiction.get());
      }
    }
    if (known != null && agrees(known, channel)) {
      return new Resolution.Adopted(known);
    }
    Datastream datastream =
        new Datastream(
            channel.datastreamId(),
            device.thing(),
            channel.device(),
            channel.property(),
            channel.unit(),
            // A channel that does not say how often it speaks takes nothing back.
            known == null || channel.samplingPeriod() != null
                ? channel.samplingPeriod()
                : known.samplingPeriod(),
            null,
            // Once personal, always personal: an older record of the channel takes nothing back.
            channel.personal() || (known != null && known.personal()));
    write(change().add("datastream", DatastreamRecord.write(datastream)));
    datastreams.put(datastream.id(), datastream);
    tell();
    return new Resolution.Adopted(datastream);
  }

  private static Optional<String> contradiction(Datastream known, Channel channel) {
    if (!known.property().name().equals(channel.property().name())) {
      return Optional.of(
          known.id()
              + " has been "
              + known.property().name()
              + " so far, and now it is "
              + channel.property().name()
              + ": give the new value another name");
    }
    if (known.unit() != channel.unit()) {
      return Optional.of(
          known.id()
              + " has been in "
              + known.unit().code()
              + " so far, and now it is in "
              + channel.unit().code()
              + ": send the old unit, or give the value another name");
    }
    return Optional.empty();
  }

  @Override
  public synchronized void adopt(DeviceId id, ThingId thing) throws RegistryException {
    if (!things.containsKey(thing)) {
      throw new RegistryException(
          "there is no thing '"
              + thing
              + "'. Known are: "
              + things.keySet()
              + ". Add it to the configuration first, so that the data has an owner.");
    }
    Device known = devices.get(id);
    ThingId owned = known != null ? known.thing() : belongsTo(id).orElse(thing);
    if (!owned.equals(thing)) {
      throw new RegistryException(
          "device '"
              + id
              + "' belongs to '"
              + owned
              + "', and what it has said is that owner's. Give the device a new id to use it for '"
              + thing
              + "'.");
    }
    if (known != null) {
      return;
    }
    write(
        change()
            .add(
                "adopt",
                Json.createObjectBuilder().add("device", id.value()).add("thing", thing.value())));
    Device device = new Device(id, thing);
    adopted.put(id, device);
    Map<DeviceId, Device> allDevices = new TreeMap<>(devices);
    allDevices.put(id, device);
    devices = Collections.unmodifiableMap(allDevices);
    LOG.info("device {} is adopted for {}", id, thing);
    tell();
  }

  private JsonObjectBuilder change() {
    return Json.createObjectBuilder()
        .add("at", Instant.ofEpochMilli(clock.epochMillis()).toString());
  }

  private void write(JsonObjectBuilder change) throws RegistryException {
    try {
      log.append(change.build());
    } catch (IOException e) {
      throw new RegistryException(
          "the change could not be written to the registry's log, so it was not made: "
              + e.getMessage(),
          e);
    }
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  /** An aggregate is not written down: its id says all that its raw Datastream does not. */
  @Override
  public Optional<Datastream> datastream(DatastreamId id) {
    Datastream known = datastreams.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    int derivation = id.value().lastIndexOf('/');
    if (derivation < 1) {
      return Optional.empty();
    }
    Datastream raw = datastreams.get(new DatastreamId(id.value().substring(0, derivation)));
    return raw == null ? Optional.empty() : raw.derived(id);
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
  public List<Device> devices() {
    return List.copyOf(devices.values());
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    Runnable entry = () -> listener.run(); // its own: one listener may be added twice
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }
}
