package city.mycelium.driver.i2c.internal.chip.no2;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.driver.i2c.internal.chip.SingleShot;
import java.util.List;
import java.util.Optional;

/**
 * Which input of the converter is wired to what.
 *
 * @param thermometer nothing where there is none
 */
record Inputs(String working, String auxiliary, Optional<String> thermometer) {

  static Inputs of(DeviceSettings set) throws DeviceException {
    List<String> named = SingleShot.inputs(set, "inputs");
    if (named.size() < 2 || named.size() > 3) {
      throw DeviceException.config(
          "inputs names working electrode, auxiliary electrode and thermometer, if there is one;"
              + " not '"
              + set.text("inputs")
              + "'");
    }
    return new Inputs(named.get(0), named.get(1), named.stream().skip(2).findFirst());
  }
}
