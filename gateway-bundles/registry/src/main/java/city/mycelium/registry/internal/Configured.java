package city.mycelium.registry.internal;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Thing;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Things and devices as the configuration states them; the layer below the log of changes.
 *
 * @param faults entries that could not be read, each in words for whoever wrote the file
 */
record Configured(List<Thing> things, List<Device> devices, List<String> faults) {

  Configured {
    things = List.copyOf(things);
    devices = List.copyOf(devices);
    faults = List.copyOf(faults);
  }

  /** Reads JSON objects as the example configuration shows them; a bad one costs no other. */
  static Configured read(String[] thingTexts, String[] deviceTexts) {
    List<String> faults = new ArrayList<>();
    Map<ThingId, Thing> things = new LinkedHashMap<>();
    for (int i = 0; i < thingTexts.length; i++) {
      try {
        Thing thing = thing(JsonText.object(thingTexts[i]));
        // Whose data would it be, if the two name different owners?
        if (things.putIfAbsent(thing.id(), thing) != null) {
          faults.add("things[" + i + "]: '" + thing.id() + "' is there already; the first counts");
        }
      } catch (IllegalArgumentException e) {
        faults.add("things[" + i + "] is passed over: " + e.getMessage());
      }
    }
    Map<DeviceId, Device> devices = new LinkedHashMap<>();
    for (int i = 0; i < deviceTexts.length; i++) {
      try {
        Device device = device(JsonText.object(deviceTexts[i]));
        if (devices.putIfAbsent(device.id(), device) != null) {
          faults.add(
              "devices[" + i + "]: '" + device.id() + "' is there already; the first counts");
        }
      } catch (IllegalArgumentException e) {
        faults.add("devices[" + i + "] is passed over: " + e.getMessage());
      }
    }
    return new Configured(List.copyOf(things.values()), List.copyOf(devices.values()), faults);
  }

  private static Thing thing(JsonObject thing) {
    ThingId id = new ThingId(JsonText.string(thing, "id"));
    String name = thing.containsKey("name") ? JsonText.string(thing, "name") : id.value();
    return new Thing(id, name, new PartyId(JsonText.string(thing, "owner")), place(thing));
  }

  private static @Nullable Position place(JsonObject thing) {
    Double latitude = JsonText.number(thing, "latitude");
    Double longitude = JsonText.number(thing, "longitude");
    if (latitude == null && longitude == null) {
      return null;
    }
    if (latitude == null || longitude == null) {
      throw new IllegalArgumentException("give both latitude and longitude, or neither");
    }
    return new Position(latitude, longitude, JsonText.number(thing, "altitude"));
  }

  private static Device device(JsonObject device) {
    return new Device(
        new DeviceId(JsonText.string(device, "id")), new ThingId(JsonText.string(device, "thing")));
  }
}
