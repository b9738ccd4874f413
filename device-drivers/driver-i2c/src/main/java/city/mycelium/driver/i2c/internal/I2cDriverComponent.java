package city.mycelium.driver.i2c.internal;

import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.i2c.internal.bus.FaultSentences;
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

/** Gives each configured chip an {@link I2cDevice}. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.i2c",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = I2cDriverComponent.Config.class, factory = true)
public final class I2cDriverComponent {

  @ObjectClassDefinition(
      name = "I2C device",
      description =
          "A chip on an I2C bus. What its kind takes besides stands beside these settings.")
  @interface Config {
    @AttributeDefinition(
        name = "Bus",
        description =
            "Such as /dev/i2c-1, or /dev/i2c-1/mux@0x70/3 for channel 3 of a multiplexer TCA9548A"
                + " at 0x70")
    String bus() default "/dev/i2c-1";

    @AttributeDefinition(
        name = "Address",
        description = "Such as 0x76, 7 bits; empty for the usual one of its kind")
    String address() default "";

    @AttributeDefinition(name = "Type", description = "What kind of chip it is, such as bme280")
    String type() default "";

    @AttributeDefinition(
        name = "Device id",
        description = "What the device is called on this gateway, such as air.front")
    String deviceId();

    @AttributeDefinition(
        name = "Interval (s)",
        description = "How often it is read; 0 for what its kind says")
    int intervalSeconds() default 0;
  }

  private final I2cDevice device;
  private volatile FrameTap tap = FrameTap.NOBODY;

  @Activate
  public I2cDriverComponent(
      Config config,
      Map<String, Object> properties,
      @Reference ChipCatalogue catalogue,
      @Reference I2cBuses buses,
      @Reference DeviceHost host,
      @Reference DeviceBoard board,
      @Reference Clock clock,
      @Reference Schedulers schedulers) {
    I2cSettings settings =
        new I2cSettings(
            new DeviceId(config.deviceId()),
            config.bus(),
            config.address(),
            config.type().strip(),
            config.intervalSeconds(),
            I2cSettings.options(properties));
    device =
        new I2cDevice(
            settings,
            catalogue,
            buses.buses(),
            host,
            board,
            clock,
            schedulers,
            () -> tap,
            new FaultSentences());
    device.begin();
  }

  /** Without anybody who records the device works all the same. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setTap(FrameTap tap) {
    this.tap = tap;
  }

  void unsetTap(FrameTap tap) {
    if (this.tap == tap) {
      this.tap = FrameTap.NOBODY;
    }
  }

  @Deactivate
  void deactivate() {
    device.close();
  }
}
