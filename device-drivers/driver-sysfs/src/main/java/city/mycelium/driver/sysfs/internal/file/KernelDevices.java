package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Sysfs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The devices of one class of the kernel's, found by what stays with them: the name that their
 * driver gives them, and their place on a bus or in the device tree. The number in {@code
 * iio:device0} or {@code hwmon2} changes with every start and is never asked for.
 *
 * @param words what such a device is called, for a person
 * @param folder where they are
 * @param prefix how their folders' names begin
 */
record KernelDevices(String words, String folder, String prefix) {

  private static final String ANY = "any";

  /** The settings that {@link #find} reads. */
  static DeviceDescription findable(DeviceDescription description) {
    return description
        .takes("name", "", "what its kernel driver calls it, as in its file 'name': bmp280")
        .takes(
            "at",
            ANY,
            "which one, if several have that name: its I2C bus and address such as 1-0076, its node"
                + " in the device tree such as bme280@76, or its label");
  }

  /**
   * The folder of the one device that is meant, without links.
   *
   * @throws DeviceException UNREACHABLE if no device is there, CONFIG if others are, or several may
   *     be meant
   */
  String find(Sysfs sysfs, DeviceSettings settings) throws DeviceException {
    String name = settings.text("name");
    String at = settings.text("at");
    Map<String, String> there = namesByPath(sysfs);
    Map<String, String> called = new LinkedHashMap<>();
    for (Map.Entry<String, String> device : there.entrySet()) {
      String path = device.getKey();
      if (device.getValue().equals(name) && (at.equals(ANY) || isAt(sysfs, path, at))) {
        called.put(path, name);
      }
    }
    if (called.isEmpty()) {
      throw absent(there, name + (at.equals(ANY) ? "" : " at " + at));
    }
    if (called.size() > 1) {
      throw DeviceException.config(
          called.size()
              + " "
              + words
              + " devices are meant: "
              + list(called)
              + "; say which one with \"at\": \""
              + placeOf(called.keySet().iterator().next())
              + "\"");
    }
    return called.keySet().iterator().next();
  }

  /** Among others it has the wrong name; where there is nothing at all, something is unplugged. */
  private DeviceException absent(Map<String, String> there, String wanted) {
    String load =
        ": load its kernel driver (on a Raspberry Pi a line such as"
            + " dtoverlay=i2c-sensor,bmp280 in /boot/firmware/config.txt)";
    String none = "no " + words + " device is called " + wanted;
    return there.isEmpty()
        ? DeviceException.unreachable(none + ", and there is none at all" + load)
        : DeviceException.config(
            none + "; there are " + list(there) + load + ", or correct the name");
  }

  private Map<String, String> namesByPath(Sysfs sysfs) throws DeviceException {
    Map<String, String> names = new LinkedHashMap<>();
    for (String entry : sysfs.list(folder)) {
      if (entry.startsWith(prefix)) {
        try {
          names.put(
              sysfs.resolve(folder + "/" + entry), sysfs.text(folder + "/" + entry + "/name"));
        } catch (DeviceException e) {
          // It has gone since the folder was read, or has no name: not the one that is meant.
        }
      }
    }
    return names;
  }

  private static boolean isAt(Sysfs sysfs, String path, String at) throws DeviceException {
    List<String> files = sysfs.list(path);
    return has(path, at)
        || (files.contains("label") && sysfs.text(path + "/label").equals(at))
        || (files.contains("of_node") && has(sysfs.resolve(path + "/of_node"), at))
        || (files.contains("device")
            && sysfs.list(path + "/device").contains("of_node")
            && has(sysfs.resolve(path + "/device/of_node"), at));
  }

  private static boolean has(String path, String segment) {
    return Arrays.asList(path.split("/", -1)).contains(segment);
  }

  private String list(Map<String, String> devices) {
    return devices.entrySet().stream()
        .map(d -> d.getValue() + " at " + placeOf(d.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** The part of a device's path that says where it is plugged in. */
  private String placeOf(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(s -> !s.startsWith(prefix))
        .reduce("", (before, segment) -> segment);
  }
}
