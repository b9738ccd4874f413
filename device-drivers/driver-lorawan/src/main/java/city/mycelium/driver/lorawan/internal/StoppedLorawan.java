package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.driver.lorawan.internal.codec.CodecEngine;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.device.DeviceFile;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of devices of a gateway that does not run, for the command line. */
public final class StoppedLorawan {

  /** Nothing is decoded while the gateway stands still; what a script is worth, it says itself. */
  private static final CodecEngine NO_ENGINE =
      (name, script) -> input -> new Decoded.Failed(List.of("the gateway is stopped"));

  private final DeviceFile devices;
  private final Profiles profiles;

  private StoppedLorawan(DeviceFile devices, Profiles profiles) {
    this.devices = devices;
    this.profiles = profiles;
  }

  /**
   * Reads the list.
   *
   * @param config the folder with the configuration, which may hold profiles
   */
  public static StoppedLorawan open(Path data, Optional<Path> config) {
    DeviceFile devices = new DeviceFile(data);
    devices.look();
    Profiles profiles =
        new Profiles(NO_ENGINE, NO_ENGINE, config.map(folder -> folder.resolve("lorawan")));
    profiles.look();
    return new StoppedLorawan(devices, profiles);
  }

  public List<Command> commands() {
    return LorawanCommands.ofDevices(devices, profiles);
  }

  public DeviceAccounts accounts() {
    return new LorawanAccounts(devices, Map::of, Map::of, List::of);
  }
}
