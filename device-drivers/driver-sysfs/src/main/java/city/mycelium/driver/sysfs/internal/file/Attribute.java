package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import org.osgi.service.component.annotations.Component;

/** One number in one file of the kernel, where nothing but the configuration knows what it is. */
@Component(service = SysfsSensor.class)
public final class Attribute implements SysfsSensor {

  private static final DeviceDescription KIND =
      DeviceDescription.of("attribute", "One number in a file of the kernel")
          .takes("path", "", "the file, below /sys, best without a number that may change")
          .takes("property", "", "what is observed, such as water-level")
          .takes("unit", "", "in which unit it is given, as a UCUM code such as m")
          .takes("scale", "1", "what the number is multiplied by to be in that unit")
          .takes("offset", "0", "what is added after that");

  @Override
  public DeviceDescription description() {
    return KIND;
  }

  @Override
  public DeviceDescription description(DeviceSettings settings) throws DeviceException {
    String name = settings.text("property");
    String code = settings.text("unit");
    ObservedProperty property =
        Vocabulary.named(name)
            .orElseThrow(
                () ->
                    DeviceException.config(
                        "no property is called "
                            + name
                            + "; there are "
                            + String.join(
                                ", ",
                                Vocabulary.all().stream().map(ObservedProperty::name).toList())));
    Unit unit =
        Unit.ofCode(code)
            .filter(u -> u.measures(property))
            .orElseThrow(
                () ->
                    DeviceException.config(
                        name
                            + " is not given in "
                            + code
                            + ", but in "
                            + property.unit().code()
                            + " or a unit that converts to it"));
    return KIND.gives("value", property, unit);
  }

  @Override
  public Poll connect(Sysfs sysfs, DeviceSettings settings) throws DeviceException {
    String path = settings.text("path");
    double scale = settings.number("scale", -1e12, 1e12);
    double offset = settings.number("offset", -1e12, 1e12);
    sysfs.number(path);
    return results -> results.number("value", sysfs.number(path) * scale + offset);
  }
}
