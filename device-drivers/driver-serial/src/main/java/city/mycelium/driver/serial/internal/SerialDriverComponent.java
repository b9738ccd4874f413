package city.mycelium.driver.serial.internal;

import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Schedulers;
import city.mycelium.api.time.TimeSignals;
import java.time.Duration;
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

/** Gives each configured device a {@link SerialPortLoop}. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "city.mycelium.driver.serial",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SerialDriverComponent.Config.class, factory = true)
public final class SerialDriverComponent {

  @ObjectClassDefinition(
      name = "Serial device",
      description = "A sensor on a serial port or a USB adapter.")
  @interface Config {
    @AttributeDefinition(
        name = "Port",
        description =
            "A path that stays with the device, such as /dev/serial/by-id/usb-…, or"
                + " vendor:product or vendor:product:serial of its USB adapter, such as 1a86:7523")
    String port();

    @AttributeDefinition(
        name = "Type",
        description = "What kind of device it is",
        options = {
          @Option(value = "sds011", label = "SDS011 particulate matter sensor"),
          @Option(value = "gnss", label = "GNSS receiver (NMEA 0183)")
        })
    String type();

    @AttributeDefinition(
        name = "Device id",
        description = "What the device is called on this gateway, such as sds011.roof")
    String deviceId();

    @AttributeDefinition(
        name = "Interval (s)",
        description =
            "How often results are wanted; 0 for the device's own: 120 for an sds011, 60 for a gnss"
                + " receiver. An sds011 in mode duty needs at least its warm-up and 4 s, in mode"
                + " query 3 s")
    int intervalSeconds() default 0;

    @AttributeDefinition(
        name = "Mode",
        description =
            "For an sds011: duty wakes the sensor for each result and so spares its laser, which"
                + " lasts about 8000 hours; query and active let it run all the time",
        options = {
          @Option(value = "", label = "the device's own: duty for an sds011"),
          @Option(value = "duty", label = "asleep between results"),
          @Option(value = "query", label = "always at work, asked for results"),
          @Option(value = "active", label = "always at work, reports each second")
        })
    String mode() default "";

    @AttributeDefinition(
        name = "Warm-up (s)",
        description =
            "For an sds011: how long after waking its results are not taken. The maker says 30")
    int warmUpSeconds() default 30;

    @AttributeDefinition(
        name = "Chip id",
        description =
            "For an sds011: its own id in four hexadecimal digits, if no other may take its place;"
                + " FFFF for any")
    String chipId() default "FFFF";

    @AttributeDefinition(
        name = "Baud rate (bit/s)",
        description = "0 for what the device speaks from the factory: 9600 for both types")
    int baud() default 0;
  }

  private final SerialPortLoop<?> loop;
  private volatile @Nullable TimeSignals signals;

  @Activate
  public SerialDriverComponent(
      Config config,
      @Reference SerialLines lines,
      @Reference Intake intake,
      @Reference Clock clock,
      @Reference Schedulers schedulers) {
    SerialDevices.Settings settings =
        new SerialDevices.Settings(
            new DeviceId(config.deviceId()),
            config.mode(),
            config.chipId(),
            Duration.ofSeconds(config.intervalSeconds()),
            Duration.ofSeconds(config.warmUpSeconds()));
    loop =
        new SerialPortLoop<>(
            config.port(),
            config.baud(),
            SerialDevices.make(config.type(), settings),
            lines,
            intake,
            clock,
            this::heard,
            schedulers);
    loop.start();
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

  private void heard(String source, long epochMillis, long uncertaintyMillis, long monotonicNanos) {
    TimeSignals listener = signals;
    if (listener != null) {
      listener.heard(source, epochMillis, uncertaintyMillis, monotonicNanos);
    }
  }

  @Deactivate
  void deactivate() {
    loop.close();
  }
}
