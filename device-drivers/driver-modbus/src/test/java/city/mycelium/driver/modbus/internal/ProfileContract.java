package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceKind;
import city.mycelium.driver.kit.FakeBus;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.kit.PolledContract;
import city.mycelium.driver.modbus.internal.profile.ProfileException;
import city.mycelium.driver.modbus.internal.profile.Profiles;

/**
 * What every profile is put through: the whole driver kit, over RTU. The test of a profile says its
 * name, which registers a healthy device has, and what they mean.
 */
interface ProfileContract extends PolledContract<ModbusUnit> {

  /** Which built-in profile. */
  String profile();

  /** Its registers, with their source. */
  FakeUnit registers();

  @Override
  default DeviceKind<ModbusUnit> kind() {
    try {
      return new ProfileDevice(Profiles.named(profile()));
    } catch (ProfileException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  default FakeBus<ModbusUnit> healthy() {
    return new FakeModbus(registers());
  }

  @Override
  default Integrity integrity() {
    return Integrity.full("CRC-16 over each frame");
  }
}
