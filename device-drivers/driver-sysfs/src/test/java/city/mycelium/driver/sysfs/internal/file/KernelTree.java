package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Sysfs;
import city.mycelium.api.device.SysfsSensor;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.driver.sysfs.internal.Tap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A folder that looks like the kernel's files: devices where they are plugged in, and links. */
final class KernelTree {

  static final DeviceId DEVICE = new DeviceId("kernel.1");
  static final String I2C = "/sys/devices/platform/soc/fe804000.i2c/i2c-1/";

  private final Path root;

  KernelTree(Path root) {
    this.root = root;
  }

  Sysfs sysfs() {
    return new SysfsFiles(root, new Tap(DEVICE, () -> FrameTap.NOBODY));
  }

  KernelTree file(String path, String content) {
    Path file = place(path);
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  KernelTree link(String path, String target) {
    try {
      Path folder = Objects.requireNonNull(place(path).getParent());
      Files.createDirectories(folder);
      Files.createDirectories(place(target));
      Files.createSymbolicLink(place(path), folder.relativize(place(target)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  KernelTree remove(String path) {
    try {
      Files.delete(place(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  Path place(String path) {
    return root.resolve(path.substring(1));
  }

  /** An IIO device at an I²C address, as the kernel lays it out. */
  KernelTree iio(int number, String address, String name, Map<String, String> files) {
    String folder = I2C + address + "/iio:device" + number;
    file(folder + "/name", name + "\n");
    files.forEach((file, content) -> file(folder + "/" + file, content));
    return link("/sys/bus/iio/devices/iio:device" + number, folder);
  }

  /** Settings of a kind. */
  static DeviceSettings settings(DeviceKind<?> kind, String... keysAndValues)
      throws DeviceException {
    Map<String, String> set = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      set.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return DeviceSettings.of(kind.description(), set);
  }

  Poll connect(SysfsSensor kind, String... settings) throws DeviceException {
    return kind.connect(sysfs(), settings(kind, settings));
  }

  /** Connects and reads once. */
  Map<String, Double> read(SysfsSensor kind, String... settings) throws DeviceException {
    return read(kind, connect(kind, settings), settings);
  }

  static Map<String, Double> read(SysfsSensor kind, Poll poll, String... settings)
      throws DeviceException {
    Map<String, Channel> channels =
        ResultSet.channels(
            DEVICE, kind.description(settings(kind, settings)), Duration.ofMinutes(1));
    ResultSet results = new ResultSet(channels);
    poll.read(results);
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Reading reading : results.readings()) {
      numbers.put(reading.channel().name(), ((Result.Measurement) reading.result()).value());
    }
    return numbers;
  }
}
