package city.mycelium.driver.sysfs.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.record.PolledReplay;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import city.mycelium.driver.host.record.Script;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replays what files of the kernel said. Contacts are not replayed: their counts go on from those
 * of the gateway, which are in its journal and in no record.
 */
public final class SysfsReplay implements Replayer {

  private final Map<String, SysfsSensor> kinds = new TreeMap<>();

  /** Replays devices of these kinds. */
  public SysfsReplay(List<SysfsSensor> kinds) {
    kinds.forEach(kind -> this.kinds.put(kind.description().name(), kind));
  }

  @Override
  public String bus() {
    return SysfsDevice.BUS;
  }

  @Override
  public List<Replayed> replay(DeviceId device, Opening opening, List<RecordLine.Passed> passed)
      throws DeviceException {
    SysfsSensor kind = kinds.get(opening.kind());
    if (kind == null) {
      throw DeviceException.config(
          "a device of type "
              + opening.kind()
              + " cannot be replayed here; there are "
              + String.join(", ", kinds.keySet()));
    }
    DeviceSettings settings = DeviceSettings.of(kind.description(), opening.settings());
    return PolledReplay.run(
        device,
        kind.description(settings),
        opening,
        passed,
        script -> kind.connect(new Recorded(script), settings));
  }

  /** Files that say what they said on site. */
  private record Recorded(Script script) implements Sysfs {

    @Override
    public List<String> list(String folder) throws DeviceException {
      return Arrays.stream(asked(folder + "/").split("\n", -1)).filter(n -> !n.isEmpty()).toList();
    }

    @Override
    public String resolve(String path) throws DeviceException {
      return asked(path + "@");
    }

    @Override
    public String read(String file) throws DeviceException {
      return asked(file);
    }

    private String asked(String question) throws DeviceException {
      script.say(question.getBytes(StandardCharsets.UTF_8));
      return new String(script.hear(), StandardCharsets.UTF_8);
    }
  }
}
