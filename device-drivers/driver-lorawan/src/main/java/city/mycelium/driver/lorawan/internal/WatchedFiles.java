package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.lorawan.internal.device.DeviceFile;
import city.mycelium.driver.lorawan.internal.device.DeviceFile.Look;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;

/** Looks every few seconds whether somebody has changed the devices or a profile, and says so. */
final class WatchedFiles {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final DeviceFile devices;
  private final Profiles profiles;
  private final Scheduler scheduler;
  private final Runnable devicesChanged;
  private final Logger log;

  WatchedFiles(
      DeviceFile devices,
      Profiles profiles,
      Scheduler scheduler,
      Runnable devicesChanged,
      Logger log) {
    this.devices = devices;
    this.profiles = profiles;
    this.scheduler = scheduler;
    this.devicesChanged = devicesChanged;
    this.log = log;
  }

  void start() {
    scheduler.execute(this::look);
  }

  private void look() {
    try {
      if (profiles.look()) {
        say(profiles.mistakes(), "profiles", "The profile that was good stays in force.");
      }
      Look look = devices.look();
      if (look != Look.UNCHANGED) {
        say(devices.mistakes(), devices.path().toString(), "What was in force stays so.");
        log.info("{} LoRaWAN devices are registered", devices.listed().size());
        devicesChanged.run();
      }
    } finally {
      scheduler.after(LOOK_EVERY, this::look);
    }
  }

  private void say(List<String> mistakes, String where, String consequence) {
    for (String mistake : mistakes) {
      log.error("{}: {}. {}", where, mistake, consequence);
    }
  }
}
