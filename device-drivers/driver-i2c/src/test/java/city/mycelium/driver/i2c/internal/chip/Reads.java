package city.mycelium.driver.i2c.internal.chip;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.device.Poll;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a chip once, as its host does. */
public final class Reads {

  private Reads() {}

  /** Connects with the settings. */
  public static Poll connect(I2cChip chip, I2c bus, Map<String, String> set)
      throws DeviceException {
    return chip.connect(bus, DeviceSettings.of(chip.description(), set));
  }

  /** What one reading gives, by output. */
  public static Map<String, Result> results(I2cChip chip, Poll poll) throws DeviceException {
    ResultSet results =
        new ResultSet(
            ResultSet.channels(new DeviceId("chip.1"), chip.description(), Duration.ofMinutes(1)));
    poll.read(results);
    Map<String, Result> byName = new LinkedHashMap<>();
    for (Reading reading : results.readings()) {
      byName.put(reading.channel().name(), reading.result());
    }
    return byName;
  }

  /** Connects, and reads once. */
  public static Map<String, Result> once(I2cChip chip, I2c bus, Map<String, String> set)
      throws DeviceException {
    return results(chip, connect(chip, bus, set));
  }

  /** The number that one reading gives. */
  public static double number(I2cChip chip, I2c bus, String output) throws DeviceException {
    return ((Result.Measurement) once(chip, bus, Map.of()).get(output)).value();
  }

  /** How the first reading fails. */
  public static DeviceException failure(I2cChip chip, I2c bus, Map<String, String> set) {
    try {
      Map<String, Result> results = once(chip, bus, set);
      throw new AssertionError("expected a failure, but it gives " + results);
    } catch (DeviceException e) {
      return e;
    }
  }

  /** In which state the first reading leaves it. */
  public static DeviceState state(I2cChip chip, I2c bus) {
    return failure(chip, bus, Map.of()).state();
  }
}
