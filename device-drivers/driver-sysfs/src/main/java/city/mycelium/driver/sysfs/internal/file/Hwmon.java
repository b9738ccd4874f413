package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * Any chip with a driver in the kernel's hardware monitoring subsystem: gives the inputs that it
 * has, under the kernel's names, in our units.
 *
 * <p>Source: Linux, Documentation/hwmon/sysfs-interface.rst: temp in milli °C, in (voltage) in mV,
 * curr in mA, power in microwatt, humidity in milli percent; {@code _fault} 1 says that the sensor
 * is open or shorted.
 */
@Component(service = SysfsSensor.class)
public final class Hwmon implements SysfsSensor {

  private static final List<KernelChannel> TABLE =
      List.of(
          new KernelChannel(
              "temp",
              KernelChannel.indexes(1, 16),
              Vocabulary.DEVICE_TEMPERATURE,
              Unit.DEGREE_CELSIUS,
              1,
              1000),
          new KernelChannel(
              "in", KernelChannel.indexes(0, 16), Vocabulary.VOLTAGE, Unit.MILLIVOLT, 1, 1),
          new KernelChannel(
              "curr", KernelChannel.indexes(1, 8), Vocabulary.CURRENT, Unit.AMPERE, 1, 1000),
          new KernelChannel(
              "power",
              KernelChannel.indexes(1, 8),
              Vocabulary.ACTIVE_POWER,
              Unit.WATT,
              1,
              1_000_000),
          new KernelChannel(
              "humidity",
              KernelChannel.indexes(1, 4),
              Vocabulary.RELATIVE_HUMIDITY,
              Unit.PERCENT,
              1,
              1000));

  private static final KernelDevices DEVICES =
      new KernelDevices("hwmon", "/sys/class/hwmon", "hwmon");

  private static final DeviceDescription KIND =
      TemperatureOf.settable(
          KernelDevices.findable(
              DeviceDescription.of(
                  "hwmon", "Any chip of the kernel's hardware monitoring drivers")),
          "device");

  @Override
  public DeviceDescription description() {
    return KernelChannel.allOf(TABLE, KIND, Vocabulary.DEVICE_TEMPERATURE);
  }

  @Override
  public DeviceDescription description(DeviceSettings settings) throws DeviceException {
    return KernelChannel.allOf(TABLE, KIND, TemperatureOf.in(settings));
  }

  @Override
  public Poll connect(Sysfs sysfs, DeviceSettings settings) throws DeviceException {
    TemperatureOf.check(settings);
    String folder = DEVICES.find(sysfs, settings);
    List<String> files = sysfs.list(folder);
    Map<String, KernelChannel> inputs = new LinkedHashMap<>();
    for (KernelChannel channel : TABLE) {
      channel.names().stream()
          .filter(name -> files.contains(name + "_input"))
          .forEach(name -> inputs.put(name, channel));
    }
    if (inputs.isEmpty()) {
      throw DeviceException.config(
          settings.text("name") + " has no input that is known here: it has " + files);
    }
    return results -> {
      for (Map.Entry<String, KernelChannel> input : inputs.entrySet()) {
        String file = folder + "/" + input.getKey();
        if (files.contains(input.getKey() + "_fault") && sysfs.number(file + "_fault") != 0) {
          throw DeviceException.corrupt(
              file + "_fault is set: the sensor of " + input.getKey() + " is open or shorted");
        }
        results.number(input.getKey(), input.getValue().inOurUnit(sysfs.number(file + "_input")));
      }
    };
  }
}
