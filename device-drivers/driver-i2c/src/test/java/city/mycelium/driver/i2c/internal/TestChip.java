package city.mycelium.driver.i2c.internal;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A chip whose register 0 is a temperature in whole degrees. */
final class TestChip implements I2cChip {

  private final String name;
  private final Set<Integer> addresses;

  TestChip(String name, Integer... addresses) {
    this.name = name;
    this.addresses = new LinkedHashSet<>(List.of(addresses));
  }

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of(name, "a chip of no maker")
        .gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS)
        .takes("offset", "0", "what is added, -5 to 5 °C");
  }

  @Override
  public Set<Integer> addresses() {
    return addresses;
  }

  @Override
  public Poll connect(I2c bus, DeviceSettings settings) throws DeviceException {
    double offset = settings.number("offset", -5, 5);
    bus.readRegisters(0xD0, 1);
    return results -> results.number("temperature", bus.readRegisters(0, 1)[0] + offset);
  }
}
