package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TimeSignals;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Gives each configured device a {@link ConfiguredDevice}, and that the kinds that there are. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.serial",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SerialDriverComponent.Config.class, factory = true)
public final class SerialDriverComponent {

  /** What is not an option of the device: the names of {@link Config}. */
  private static final Set<String> BUS_KEYS =
      Set.of(
          "port", "type", "deviceId", "intervalSeconds", "baud", "dataBits", "parity", "stopBits");

  @ObjectClassDefinition(
      name = "Serial device",
      description =
          "A sensor on a serial port or a USB adapter. What may be set of it beside this is told by"
              + " its kind: docs/drivers-serial.md")
  @interface Config {
    @AttributeDefinition(
        name = "Port",
        description =
            "A path that stays with the device, such as /dev/serial/by-id/usb-…, or"
                + " vendor:product or vendor:product:serial of its USB adapter, such as 1a86:7523")
    String port() default "";

    @AttributeDefinition(
        name = "Type",
        description = "What kind of device it is, such as sds011, gnss or dsmr-p1")
    String type() default "";

    @AttributeDefinition(
        name = "Device id",
        description = "What the device is called on this gateway, such as sds011.roof")
    String deviceId() default "";

    @AttributeDefinition(
        name = "Interval (s)",
        description = "How often results are wanted; 0 for the device's own")
    int intervalSeconds() default 0;

    @AttributeDefinition(
        name = "Baud rate (bit/s)",
        description = "0 for what the device speaks from the factory")
    int baud() default 0;

    @AttributeDefinition(
        name = "Data bits",
        description = "7 or 8; 0 for what the device speaks from the factory")
    int dataBits() default 0;

    @AttributeDefinition(
        name = "Parity",
        description = "Empty for what the device speaks from the factory",
        options = {
          @Option(value = "", label = "the device's own"),
          @Option(value = "none", label = "none"),
          @Option(value = "even", label = "even"),
          @Option(value = "odd", label = "odd")
        })
    String parity() default "";

    @AttributeDefinition(
        name = "Stop bits",
        description = "1 or 2; 0 for what the device speaks from the factory")
    int stopBits() default 0;
  }

  private final ConfiguredDevice device;
  private volatile @Nullable TimeSignals signals;
  private volatile FrameTap tap = FrameTap.NOBODY;

  @Activate
  public SerialDriverComponent(
      Config config,
      Map<String, Object> properties,
      @Reference SerialLines lines,
      @Reference Intake intake,
      @Reference Clock clock,
      @Reference Schedulers schedulers,
      @Reference DeviceBoard board,
      @Reference PortClaims claims) {
    device =
        new ConfiguredDevice(
            new SerialConfiguration(
                new DeviceId(config.deviceId()),
                config.port(),
                config.type(),
                config.intervalSeconds(),
                new SerialConfiguration.Line(
                    config.baud(), config.dataBits(), config.parity(), config.stopBits()),
                SerialConfiguration.options(properties, BUS_KEYS)),
            new Surroundings(lines, intake, clock, this::heard, new WhoeverListens(), claims),
            schedulers,
            board);
  }

  /** Kinds come from this bundle and from any other. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addKind(SerialSensor kind) {
    device.add(kind);
  }

  void removeKind(SerialSensor kind) {
    device.remove(kind);
  }

  /** Without anybody who wants the time the devices work all the same. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setSignals(TimeSignals signals) {
    this.signals = signals;
  }

  void unsetSignals(TimeSignals signals) {
    if (this.signals == signals) {
      this.signals = null;
    }
  }

  /** Without anybody who records, too. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setTap(FrameTap tap) {
    this.tap = tap;
  }

  void unsetTap(FrameTap tap) {
    if (this.tap == tap) {
      this.tap = FrameTap.NOBODY;
    }
  }

  private void heard(String source, long epochMillis, long uncertaintyMillis, long monotonicNanos) {
    TimeSignals listener = signals;
    if (listener != null) {
      listener.heard(source, epochMillis, uncertaintyMillis, monotonicNanos);
    }
  }

  /** The tap that is there now. */
  private final class WhoeverListens implements FrameTap {

    @Override
    public boolean isOpen(DeviceId id) {
      return tap.isOpen(id);
    }

    @Override
    public void pass(DeviceId id, Way way, byte[] bytes) {
      tap.pass(id, way, bytes);
    }

    @Override
    public void kept(List<Reading> readings, long receivedAt) {
      tap.kept(readings, receivedAt);
    }
  }

  @Deactivate
  void deactivate() {
    device.close();
  }
}
