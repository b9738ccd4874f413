package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.record.PolledReplay;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import city.mycelium.driver.modbus.internal.profile.Profile;
import city.mycelium.driver.modbus.internal.profile.ProfileException;
import city.mycelium.driver.modbus.internal.profile.Profiles;
import java.util.List;
import java.util.Map;

/**
 * What passed on a Modbus line, once more through the profile. One that is a file must be at the
 * same path as on site.
 */
public final class ModbusReplay implements Replayer {

  @Override
  public String bus() {
    return ModbusDriverComponent.BUS;
  }

  @Override
  public List<Replayed> replay(DeviceId device, Opening opening, List<RecordLine.Passed> passed)
      throws DeviceException {
    ProfileDevice kind = new ProfileDevice(profile(opening));
    DeviceSettings settings = DeviceSettings.of(kind.description(), Map.of());
    return PolledReplay.run(
        device,
        kind.description(),
        opening,
        passed,
        script ->
            kind.connect(
                question -> {
                  script.say(question);
                  return script.hear();
                },
                settings));
  }

  private static Profile profile(Opening opening) throws DeviceException {
    String file = opening.settings().get(ModbusSetup.PROFILE);
    try {
      return file == null ? Profiles.named(opening.kind()) : Profiles.file(file);
    } catch (ProfileException e) { // its message says all there is to say
      throw DeviceException.config(String.valueOf(e.getMessage()));
    }
  }
}
