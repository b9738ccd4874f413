package city.mycelium.pipeline.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.RegistryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code device list} and {@code device adopt}: who speaks, and who may. */
public final class DeviceCommands {

  private DeviceCommands() {}

  /**
   * Both, over this pipeline.
   *
   * @param drivers what drivers can say of their devices now
   */
  public static List<Command> of(
      Pipeline pipeline, Registry registry, Supplier<List<DeviceAccounts>> drivers) {
    return List.of(new ListDevices(pipeline, registry, drivers), new AdoptDevice(registry));
  }

  private record ListDevices(
      Pipeline pipeline, Registry registry, Supplier<List<DeviceAccounts>> drivers)
      implements Command {

    @Override
    public String name() {
      return "device list";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      Map<DeviceId, Map<String, Object>> rows = new TreeMap<>();
      registry
          .devices()
          .forEach(
              device -> {
                Map<String, Object> row = row(rows, device.id());
                row.put("state", "adopted");
                row.put("thing", device.thing().value());
              });
      try {
        // Of an adopted device too, as long as the journal has no room for what was held.
        for (WaitingRoom.Waiting waiting : pipeline.waitingDevices()) {
          Map<String, Object> row = row(rows, waiting.device());
          row.put("held", waiting.heldReadings());
          row.put("firstReceivedAt", Instant.ofEpochMilli(waiting.firstReceivedAt()).toString());
          row.put("lastReceivedAt", Instant.ofEpochMilli(waiting.lastReceivedAt()).toString());
        }
        pipeline.undatedReadings().forEach((device, n) -> row(rows, device).put("undated", n));
        pipeline.lostReadings().forEach((device, lost) -> row(rows, device).put("expired", lost));
      } catch (JournalException e) {
        throw new CommandException("the journal cannot be read: " + e.getMessage(), e);
      }
      List<Object> strangers = new ArrayList<>();
      for (DeviceAccounts accounts : drivers.get()) {
        accounts.devices().forEach((device, columns) -> row(rows, device).putAll(columns));
        strangers.addAll(accounts.strangers());
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("devices", List.copyOf(rows.values()));
      if (!strangers.isEmpty()) {
        answer.put("strangers", strangers);
      }
      return answer;
    }
  }

  private static Map<String, Object> row(Map<DeviceId, Map<String, Object>> rows, DeviceId id) {
    return rows.computeIfAbsent(
        id,
        device -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("device", device.value());
          row.put("state", "waiting for adoption");
          return row;
        });
  }

  private record AdoptDevice(Registry registry) implements Command {

    @Override
    public String name() {
      return "device adopt";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      String device = required(arguments, "device");
      String thing = required(arguments, "thing");
      try {
        registry.adopt(new DeviceId(device), new ThingId(thing));
      } catch (RegistryException | IllegalArgumentException e) {
        throw new CommandException(String.valueOf(e.getMessage()), e);
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("device", device);
      answer.put("thing", thing);
      answer.put("state", "adopted");
      return answer;
    }

    private static String required(Map<String, String> arguments, String name)
        throws CommandException {
      String value = arguments.get(name);
      if (value == null) {
        throw new CommandException(
            "say which " + name + ": mycelium device adopt --device <id> --thing <id>");
      }
      return value;
    }
  }
}
