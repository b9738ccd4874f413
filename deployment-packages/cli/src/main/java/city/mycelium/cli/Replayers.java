package city.mycelium.cli;

import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.driver.host.record.Replayer;
import city.mycelium.driver.i2c.internal.I2cReplay;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import city.mycelium.driver.modbus.internal.ModbusReplay;
import city.mycelium.driver.serial.internal.SerialReplay;
import city.mycelium.driver.sysfs.internal.SysfsReplay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.helpers.NOPLogger;

/** What can be replayed: one for each bus whose module shows its bytes. */
final class Replayers {

  private Replayers() {}

  /**
   * With all device classes that are here.
   *
   * @param clock the time of the record, for those that need one
   * @param config the gateway's configuration, for profiles of its own
   * @throws IOException if something that is here cannot be read
   */
  static List<Replayer> all(Optional<Path> config, RecordClock clock) throws IOException {
    return List.of(
        new I2cReplay(Kinds.of(I2cChip.class, clock), clock::at),
        new LorawanReplayer(profiles(config)),
        new ModbusReplay(),
        new SerialReplay(Kinds.of(SerialSensor.class, clock)),
        new SysfsReplay(Kinds.of(SysfsSensor.class, clock)));
  }

  /** Scripts of a record are run as at a desk: nobody else waits meanwhile. */
  private static Profiles profiles(Optional<Path> config) {
    TrustedEngine engine = TrustedEngine.atDesk(new SystemClock(), NOPLogger.NOP_LOGGER);
    Profiles profiles = new Profiles(engine, engine, config.map(c -> c.resolve("lorawan")));
    profiles.look();
    return profiles;
  }
}
