package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/**
 * Any sensor with a driver in the kernel's Industrial I/O subsystem: gives the channels that it
 * has, under the kernel's names, in our units.
 *
 * <p>Source: Linux, Documentation/ABI/testing/sysfs-bus-iio, here "ABI". It fixes a unit for each
 * type of channel; {@code _input} is in that unit, and so is ({@code _raw} + {@code _offset}) ×
 * {@code _scale}. A {@code _raw} without a scale has no unit, and is not given.
 */
@Component(service = SysfsSensor.class)
public final class Iio implements SysfsSensor {

  /** ABI: temp in milli °C, pressure in kPa, humidityrelative in milli percent, and so on. */
  private static final List<KernelChannel> TABLE =
      List.of(
          new KernelChannel(
              "temp",
              Stream.concat(
                      KernelChannel.plainOrIndexed().stream(), Stream.of("_ambient", "_object"))
                  .toList(),
              Vocabulary.AIR_TEMPERATURE,
              Unit.DEGREE_CELSIUS,
              1,
              1000),
          new KernelChannel(
              "pressure",
              KernelChannel.plainOrIndexed(),
              Vocabulary.AIR_PRESSURE,
              Unit.HECTOPASCAL,
              10,
              1),
          new KernelChannel(
              "humidityrelative",
              KernelChannel.plainOrIndexed(),
              Vocabulary.RELATIVE_HUMIDITY,
              Unit.PERCENT,
              1,
              1000),
          new KernelChannel(
              "illuminance",
              KernelChannel.plainOrIndexed(),
              Vocabulary.ILLUMINANCE,
              Unit.LUX,
              1,
              1),
          new KernelChannel(
              "voltage",
              Stream.concat(
                      KernelChannel.plainOrIndexed().stream(),
                      Stream.of("0-voltage1", "0-voltage3", "1-voltage3", "2-voltage3"))
                  .toList(),
              Vocabulary.VOLTAGE,
              Unit.MILLIVOLT,
              1,
              1),
          new KernelChannel(
              "current", KernelChannel.plainOrIndexed(), Vocabulary.CURRENT, Unit.AMPERE, 1, 1000),
          new KernelChannel(
              "power", KernelChannel.plainOrIndexed(), Vocabulary.ACTIVE_POWER, Unit.WATT, 1, 1000),
          new KernelChannel("concentration_co2", List.of(""), Vocabulary.CO2, Unit.PPM, 10_000, 1),
          new KernelChannel(
              "concentration_voc", List.of(""), Vocabulary.VOC, Unit.PPB, 10_000_000, 1),
          new KernelChannel(
              "massconcentration_pm1",
              List.of(""),
              Vocabulary.PM1,
              Unit.MICROGRAM_PER_CUBIC_METRE,
              1,
              1),
          new KernelChannel(
              "massconcentration_pm2p5",
              List.of(""),
              Vocabulary.PM2_5,
              Unit.MICROGRAM_PER_CUBIC_METRE,
              1,
              1),
          new KernelChannel(
              "massconcentration_pm4",
              List.of(""),
              Vocabulary.PM4,
              Unit.MICROGRAM_PER_CUBIC_METRE,
              1,
              1),
          new KernelChannel(
              "massconcentration_pm10",
              List.of(""),
              Vocabulary.PM10,
              Unit.MICROGRAM_PER_CUBIC_METRE,
              1,
              1),
          new KernelChannel("distance", List.of(""), Vocabulary.DISTANCE, Unit.METRE, 1, 1),
          new KernelChannel("ph", List.of(""), Vocabulary.WATER_PH, Unit.PH, 1, 1),
          // Siemens per metre: 1 S/m is 10,000 uS/cm.
          new KernelChannel(
              "electricalconductivity",
              List.of(""),
              Vocabulary.WATER_CONDUCTIVITY,
              Unit.MICROSIEMENS_PER_CENTIMETRE,
              10_000,
              1));

  private static final KernelDevices DEVICES =
      new KernelDevices("IIO", "/sys/bus/iio/devices", "iio:device");

  private static final DeviceDescription KIND =
      TemperatureOf.settable(
          KernelDevices.findable(
              DeviceDescription.of("iio", "Any sensor of the kernel's Industrial I/O drivers")),
          "air");

  @Override
  public DeviceDescription description() {
    return KernelChannel.allOf(TABLE, KIND, Vocabulary.AIR_TEMPERATURE);
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
    List<Source> sources = new ArrayList<>();
    for (KernelChannel channel : TABLE) {
      for (String name : channel.names()) {
        source(settings.text("name"), folder, files, channel, name).ifPresent(sources::add);
      }
    }
    if (sources.isEmpty()) {
      throw DeviceException.config(
          settings.text("name")
              + " has no channel that is known here; it has "
              + String.join(", ", files.stream().filter(f -> f.startsWith("in_")).toList())
              + ": read one of its files with type attribute");
    }
    return results -> {
      for (Source source : sources) {
        results.number(source.name, source.channel.inOurUnit(source.read(sysfs)));
      }
    };
  }

  private static Optional<Source> source(
      String driver, String folder, List<String> files, KernelChannel channel, String name) {
    String base = folder + "/in_";
    if (files.contains("in_" + name + "_input")) {
      return Optional.of(
          new Source(
              driver, channel, name, base + name + "_input", Optional.empty(), Optional.empty()));
    }
    Optional<String> scale = shared(files, channel, name, "_scale");
    return files.contains("in_" + name + "_raw") && scale.isPresent()
        ? Optional.of(
            new Source(
                driver,
                channel,
                name,
                base + name + "_raw",
                scale.map(s -> folder + "/" + s),
                shared(files, channel, name, "_offset").map(s -> folder + "/" + s)))
        : Optional.empty();
  }

  /** ABI: a scale or offset is the channel's own, or one for all channels of its type. */
  private static Optional<String> shared(
      List<String> files, KernelChannel channel, String name, String what) {
    return Stream.of(name, name.replaceAll("[0-9]", ""), channel.type())
        .map(n -> "in_" + n + what)
        .filter(files::contains)
        .findFirst();
  }

  /** Where a channel's value comes from. */
  private record Source(
      String driver,
      KernelChannel channel,
      String name,
      String file,
      Optional<String> scale,
      Optional<String> offset) {

    /** The value in the kernel's unit for its type. */
    double read(Sysfs sysfs) throws DeviceException {
      double value = sysfs.number(file);
      if (offset.isPresent()) {
        value += sysfs.number(offset.get());
      }
      if (scale.isPresent()) {
        value *= sysfs.number(scale.get());
      }
      return driver.equals("bme680") ? asFixed(value) : value;
    }

    /**
     * The kernel's bme680 driver gives hPa where the ABI says kPa before Linux 6.10 and its stable
     * branches ("iio: chemical: bme680: Fix pressure value output", June 2024), and percent where
     * it says milli percent. Its ranges do not meet: 30 to 110 kPa are 300 to 1100 hPa (Bosch,
     * BST-BME680-DS001, 1), and 0.1 % humidity is drier than it can tell.
     */
    private double asFixed(double value) {
      if (channel.type().equals("pressure") && value > 200) {
        return value / 10;
      }
      return channel.type().equals("humidityrelative") && value <= 100 ? value * 1000 : value;
    }
  }
}
