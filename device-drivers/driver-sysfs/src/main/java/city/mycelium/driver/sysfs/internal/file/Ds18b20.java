package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/**
 * The DS18B20 and DS1822 thermometers on a 1-Wire bus. Reading one takes its conversion time, 750
 * ms at 12 bits.
 *
 * <p>Source: Linux, Documentation/w1/slaves/w1_therm.rst.
 */
@Component(service = SysfsSensor.class)
public final class Ds18b20 implements SysfsSensor {

  private static final String BUS = "/sys/bus/w1/devices";

  private static final DeviceDescription KIND =
      TemperatureOf.settable(
          DeviceDescription.of("ds18b20", "Maxim DS18B20 or DS1822 thermometer on a 1-Wire bus")
              .takes("id", "", "its 64-bit number as the kernel writes it: 28-0316a2795bff"),
          "air");

  @Override
  public DeviceDescription description() {
    return KIND.gives("temperature", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS);
  }

  @Override
  public DeviceDescription description(DeviceSettings settings) throws DeviceException {
    return KIND.gives("temperature", TemperatureOf.in(settings), Unit.DEGREE_CELSIUS);
  }

  @Override
  public Poll connect(Sysfs sysfs, DeviceSettings settings) throws DeviceException {
    TemperatureOf.check(settings);
    String id = settings.text("id").toLowerCase(Locale.ROOT);
    if (!id.matches("(28|22)-[0-9a-f]{12}")) {
      throw DeviceException.config(
          "a DS18B20 has an id of 28- and 12 hexadecimal digits, a DS1822 one of 22-, not "
              + id
              + ": see ls "
              + BUS);
    }
    List<String> there = sysfs.list(BUS);
    if (there.stream().noneMatch(name -> name.startsWith("w1_bus_master"))) {
      throw DeviceException.config(
          "there is no 1-Wire bus: add the line dtoverlay=w1-gpio,gpiopin=4 to"
              + " /boot/firmware/config.txt and restart (elsewhere: modprobe w1-gpio w1-therm)");
    }
    if (!there.contains(id)) {
      List<String> others = there.stream().filter(name -> name.matches("[0-9a-f]{2}-.*")).toList();
      throw DeviceException.unreachable(
          "no "
              + id
              + " on the 1-Wire bus; "
              + (others.isEmpty() ? "nothing is there" : "there are " + String.join(", ", others))
              + ": check plug, 4.7 kOhm pull-up and the id");
    }
    String folder = BUS + "/" + id;
    List<String> files = sysfs.list(folder);
    if (files.contains("w1_slave")) {
      return new Believing(() -> Scratchpad.read(sysfs.read(folder + "/w1_slave")));
    }
    if (files.contains("temperature")) {
      return new Believing(() -> Scratchpad.ofTemperature(sysfs.number(folder + "/temperature")));
    }
    throw DeviceException.config(
        id + " is there, but the driver that reads it is not loaded: sudo modprobe w1-therm");
  }

  /** What the sensor's memory says now. */
  @FunctionalInterface
  private interface Source {
    Scratchpad read() throws DeviceException;
  }

  /**
   * Believes what looks like a sensor that has not measured only where a value near it was measured
   * before: copies of the chip show it at a real 85 °C as well.
   */
  private static final class Believing implements Poll {

    private static final double NEAR_KELVIN = 5;

    private final Source source;
    private double last = Double.NaN;

    Believing(Source source) {
      this.source = source;
    }

    @Override
    public void read(Results results) throws DeviceException {
      Scratchpad now = source.read();
      // The comparison with no earlier value is false.
      if (now.looksUnmeasured() && !(Math.abs(now.celsius() - last) <= NEAR_KELVIN)) {
        throw DeviceException.corrupt(
            "the sensor shows "
                + now.celsius()
                + " °C, as one does that has not measured: it lost its power in between; check the"
                + " supply, and give it a wire of its own instead of parasite power");
      }
      last = now.celsius();
      results.number("temperature", now.celsius());
    }
  }
}
