package city.mycelium.emulated.hardware.cell;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * One device path that is proved.
 *
 * @param name what it is called in reports: a-z 0-9 -
 * @param real what of it is as on a site
 * @param emulated what of it is not
 * @param devices of the gateway, all adopted
 * @param configuration of the gateway, by PID
 * @param setUp what the guest does before the gateway starts, in the language of sh
 * @param phases what has to be seen; within a phase in any order, and each phase after the one
 *     before it
 */
public record Cell(
    String name,
    String real,
    String emulated,
    List<String> devices,
    Map<String, JsonObject> configuration,
    List<String> setUp,
    List<List<Expectation>> phases) {

  public Cell {
    devices = List.copyOf(devices);
    configuration = Map.copyOf(configuration);
    setUp = List.copyOf(setUp);
    phases = phases.stream().map(List::copyOf).toList();
    if (phases.isEmpty() || phases.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(name + " expects nothing, and so cannot fail");
    }
  }
}
