package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has each configured device read. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.modbus",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ModbusDriverComponent.Config.class, factory = true)
public final class ModbusDriverComponent {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusDriverComponent.class);

  /** What a record of a device's bytes names this module by. */
  static final String BUS = "modbus";

  /** What a device is shown as whose profile cannot be read. */
  private static final DeviceDescription UNKNOWN =
      DeviceDescription.of("modbus", "a Modbus device whose profile cannot be used");

  @ObjectClassDefinition(
      name = "Modbus device",
      description = "A meter or probe that speaks Modbus, on a serial port (RS-485) or over TCP.")
  @interface Config {
    @AttributeDefinition(
        name = "Device id",
        description = "What the device is called on this gateway, such as meter.pole-3")
    String deviceId();

    @AttributeDefinition(
        name = "Type",
        description =
            "What model it is, by the name of a built-in profile such as sdm120 or sdm630"
                + " (docs/drivers-modbus.md has all); empty if its profile is a file of your own")
    String type() default "";

    @AttributeDefinition(
        name = "Profile",
        description = "Whole path of a profile of your own, such as /etc/mycelium/acme-meter.json")
    String profile() default "";

    @AttributeDefinition(
        name = "Port",
        description =
            "Serial port: a path that stays with the adapter, such as /dev/serial/by-id/usb-…, or"
                + " vendor:product of it; empty if the device is reached over TCP")
    String port() default "";

    @AttributeDefinition(
        name = "Baud rate (bit/s)",
        description = "Of the serial port; 0 for what the model speaks from the factory")
    int baud() default 0;

    @AttributeDefinition(
        name = "Parity",
        description = "Of the serial port; empty for what the model speaks from the factory",
        options = {
          @Option(value = "", label = "as the model from the factory"),
          @Option(value = "none", label = "none"),
          @Option(value = "even", label = "even"),
          @Option(value = "odd", label = "odd")
        })
    String parity() default "";

    @AttributeDefinition(
        name = "Stop bits",
        description = "Of the serial port, 1 or 2; 0 for what the model speaks from the factory")
    int stopBits() default 0;

    @AttributeDefinition(
        name = "Host",
        description = "Name or IP address, if the device is reached over TCP; else empty")
    String host() default "";

    @AttributeDefinition(name = "TCP port", description = "Of the host; 502 is usual")
    int tcpPort() default ModbusSetup.TCP_PORT;

    @AttributeDefinition(
        name = "RTU over TCP",
        description = "Whether the host is a serial device server that passes RTU frames on")
    boolean rtuOverTcp() default false;

    @AttributeDefinition(
        name = "Unit id",
        description = "Which device on the bus, 1 to 255; over TCP also 0")
    int unitId() default 1;

    @AttributeDefinition(
        name = "Interval (s)",
        description = "How often it is read; 0 for what its profile says")
    int intervalSeconds() default 0;

    @AttributeDefinition(
        name = "Time-out (ms)",
        description = "How long an answer may take, 50 to 3000")
    int timeoutMillis() default ModbusSetup.USUAL_TIMEOUT_MILLIS;
  }

  private volatile FrameTap tap = FrameTap.NOBODY;
  private final DeviceHost.@Nullable Stay stay;
  private final ModbusBuses.@Nullable Seat seat;

  @Activate
  public ModbusDriverComponent(
      Config config,
      Map<String, Object> all,
      @Reference ModbusBuses buses,
      @Reference DeviceHost host) {
    ModbusBuses.Seat entered = null;
    DeviceHost.Stay begun = null;
    try {
      DeviceId device = new DeviceId(config.deviceId());
      HostedDevice hosted;
      try {
        ModbusSetup setup = ModbusSetup.of(config, all);
        ModbusBuses.Seat mine = buses.enter(device, setup.address());
        entered = mine;
        hosted =
            new HostedDevice(
                device,
                BUS,
                setup.where(),
                setup.kind().description(),
                setup.interval(),
                setup.record(),
                () ->
                    setup
                        .kind()
                        .connect(
                            new BusUnit(
                                device, mine.bus(), setup.unit(), setup.timeout(), () -> tap),
                            setup.settings()));
      } catch (DeviceException e) { // said on the board, where the technician looks
        hosted =
            new HostedDevice(
                device,
                BUS,
                "Modbus",
                UNKNOWN,
                Duration.ofMinutes(1),
                Map.of(),
                () -> {
                  throw e;
                });
      }
      begun = host.host(hosted);
    } catch (IllegalArgumentException e) { // there is no place on the board to say it
      LOG.error("A Modbus device is not read: {}", e.getMessage());
    }
    seat = entered;
    stay = begun;
  }

  /** Without anybody who records the devices work all the same. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setTap(FrameTap listener) {
    tap = listener;
  }

  void unsetTap(FrameTap listener) {
    if (tap == listener) {
      tap = FrameTap.NOBODY;
    }
  }

  @Deactivate
  void deactivate() {
    if (stay != null) {
      stay.close();
    }
    if (seat != null) {
      seat.close();
    }
  }
}
