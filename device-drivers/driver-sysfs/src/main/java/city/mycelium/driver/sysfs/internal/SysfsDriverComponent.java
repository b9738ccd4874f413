package city.mycelium.driver.sysfs.internal;

import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.journal.StateStore;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.sysfs.internal.file.SysfsFiles;
import city.mycelium.driver.sysfs.internal.gpio.CharacterDevice;
import city.mycelium.driver.sysfs.internal.gpio.Gpio;
import city.mycelium.driver.sysfs.internal.gpio.PulseMemory;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Gives each configured device of the kernel's a {@link SysfsDriver}. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.sysfs",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SysfsDriverComponent.Config.class, factory = true)
public final class SysfsDriverComponent {

  @ObjectClassDefinition(
      name = "Device of the Linux kernel",
      description =
          "A sensor that the kernel reads already, or a contact on a GPIO line. Beside the"
              + " attributes here each type has its own: docs/drivers-sysfs.md.")
  @interface Config {
    @AttributeDefinition(
        name = "Type",
        description = "What kind of device it is",
        options = {
          @Option(value = "iio", label = "Industrial I/O sensor (/sys/bus/iio)"),
          @Option(value = "hwmon", label = "hardware monitoring chip (/sys/class/hwmon)"),
          @Option(value = "ds18b20", label = "DS18B20 thermometer on 1-Wire"),
          @Option(value = "pulses", label = "pulses on a GPIO line: rain, energy, traffic"),
          @Option(value = "level", label = "contact on a GPIO line: door, float switch, flood"),
          @Option(value = "attribute", label = "one number in a file below /sys")
        })
    String type();

    @AttributeDefinition(
        name = "Device id",
        description = "What the device is called on this gateway, such as bmp280.roof")
    String deviceId();

    @AttributeDefinition(
        name = "Interval (s)",
        description = "How often it is read; 0 for the usual: 60, of a contact 10",
        min = "0")
    int intervalSeconds() default 0;
  }

  private final SysfsDriver driver;
  private volatile FrameTap listener = FrameTap.NOBODY;

  @Activate
  public SysfsDriverComponent(
      Map<String, Object> properties,
      @Reference DeviceHost host,
      @Reference DeviceBoard board,
      @Reference StateStore state) {
    SysfsDevice device = SysfsDevice.of(properties);
    Tap tap = new Tap(device.id(), () -> listener);
    driver =
        new SysfsDriver(
            device,
            host,
            board,
            new SysfsFiles(Path.of("/"), tap),
            new Gpio(device.id(), new CharacterDevice(tap), new PulseMemory(state, device.id())));
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addKind(SysfsSensor kind) {
    driver.add(kind);
  }

  void removeKind(SysfsSensor kind) {
    driver.remove(kind);
  }

  /** Without anybody who records the devices work all the same. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setListener(FrameTap tap) {
    listener = tap;
  }

  void unsetListener(FrameTap tap) {
    if (listener == tap) {
      listener = FrameTap.NOBODY;
    }
  }

  /** The kinds that are there are known by now: OSGi Compendium 112.5.16, references first. */
  @Activate
  void start() {
    driver.start();
  }

  @Deactivate
  void deactivate() {
    driver.close();
  }
}
