package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.api.device.DeviceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a fault means to whoever stands before the box: what is wrong, and the command or the change
 * that mends it.
 */
public final class FaultSentences {

  private final Path sysfs;
  private final String user;

  /** Of this machine and this process's user. */
  public FaultSentences() {
    this(Path.of("/sys"), System.getProperty("user.name", "the gateway's user"));
  }

  /** {@code sysfs} is where the kernel tells of its adapters and drivers. */
  FaultSentences(Path sysfs, String user) {
    this.sysfs = sysfs;
    this.user = user;
  }

  /** The fault, in words, for the one who wanted to speak to {@code address}. */
  public DeviceException of(BusFault fault, BusPath bus, int address) {
    String at = BusPath.address(address);
    return switch (fault.step()) {
      case NATIVE ->
          DeviceException.config(
              "no native library for I2C works on this machine: " + fault.getMessage());
      case TURN ->
          DeviceException.unreachable(
              "the bus " + bus.root() + " is busy: " + fault.getMessage() + "; " + held(), fault);
      case MEANS ->
          DeviceException.config(
              bus.root()
                  + adapter(bus)
                  + " is an SMBus controller and cannot do "
                  + fault.getMessage()
                  + ", which the chip at "
                  + at
                  + " needs: connect the chip to a bus that takes plain I2C, such as a Raspberry"
                  + " Pi's or a USB adapter's");
      case OPEN -> open(fault, bus);
      case CLAIM -> claim(fault, bus, at, bus.way().isEmpty() ? "the chip" : "a chip");
      case MULTIPLEXER -> multiplexer(fault, bus);
      case TRANSFER ->
          fault.isNotAcknowledged()
              ? DeviceException.unreachable(
                  "nothing answers at "
                      + at
                      + " on "
                      + bus
                      + ": check power, SDA, SCL and the address; `mycelium i2c scan --bus "
                      + bus
                      + "` shows who is there",
                  fault)
              : transfer(fault, bus, "the chip at " + at);
    };
  }

  private DeviceException open(BusFault fault, BusPath bus) {
    Path root = bus.root();
    return switch (fault.errno()) {
      case Errno.ENOENT, Errno.ENODEV, Errno.ENXIO ->
          DeviceException.unreachable(
              "the bus "
                  + root
                  + " is not there"
                  + others(root)
                  + ": on a Raspberry Pi switch it on with `sudo raspi-config nonint do_i2c 0`"
                  + " (dtparam=i2c_arm=on in /boot/firmware/config.txt) and start it anew;"
                  + " elsewhere `sudo modprobe i2c-dev`, and see that a USB adapter is plugged in",
              fault);
      case Errno.EACCES, Errno.EPERM -> {
        String group = group(root);
        yield DeviceException.config(
            group.equals("root")
                ? "the user "
                    + user
                    + " may not open "
                    + root
                    + ", which belongs to root alone: `sudo apt-get install i2c-tools && sudo"
                    + " usermod -aG i2c "
                    + user
                    + "`, then start the machine anew"
                : "the user "
                    + user
                    + " may not open "
                    + root
                    + ": `sudo usermod -aG "
                    + group
                    + " "
                    + user
                    + "`, then start the gateway anew");
      }
      case Errno.ENOTTY, Errno.EINVAL ->
          DeviceException.config(
              root + " is no I2C bus: choose one of those that `ls /dev/i2c-*` shows");
      default ->
          DeviceException.unreachable(
              "the bus "
                  + root
                  + " cannot be opened ("
                  + Errno.name(fault.errno())
                  + "): `sudo dmesg | grep -i i2c` may say why",
              fault);
    };
  }

  private DeviceException claim(BusFault fault, BusPath bus, String at, String what) {
    if (fault.errno() == Errno.EBUSY) {
      String number = number(bus.root());
      String kernel = number + "-" + "%04x".formatted(Integer.decode(at));
      String driver = driver(kernel);
      return DeviceException.config(
          "the kernel's driver "
              + (driver.isEmpty() ? "" : driver + " ")
              + "has "
              + what
              + " at "
              + at
              + " on "
              + bus.root()
              + ": read it through driver-sysfs, or take its dtoverlay out of"
              + " /boot/firmware/config.txt; until the next start `echo "
              + kernel
              + " | sudo tee /sys/bus/i2c/drivers/"
              + (driver.isEmpty() ? "*" : driver)
              + "/unbind` frees it");
    }
    return transfer(fault, bus, what + " at " + at);
  }

  private DeviceException multiplexer(BusFault fault, BusPath bus) {
    String at = BusPath.address(fault.multiplexer());
    if (fault.isNotAcknowledged()) {
      return DeviceException.unreachable(
          "no multiplexer answers at "
              + at
              + " on the way "
              + bus
              + ": check its power, its reset pin and its address pins",
          fault);
    }
    if (fault.errno() == Errno.EBUSY && Files.exists(kernelClient(bus, fault.multiplexer()))) {
      return DeviceException.config(
          "the kernel itself drives the multiplexer at "
              + at
              + " on "
              + bus.root()
              + ": its channels are buses of their own, which `ls -l /sys/bus/i2c/devices/"
              + number(bus.root())
              + "-00"
              + at.substring(2)
              + "/channel-*` names; configure that one, without mux@");
    }
    return transfer(fault, bus, "the multiplexer at " + at);
  }

  private static DeviceException transfer(BusFault fault, BusPath bus, String with) {
    Path root = bus.root();
    return switch (fault.errno()) {
      case Errno.ETIMEDOUT, Errno.EBUSY ->
          DeviceException.unreachable("the bus " + root + " hangs: " + held(), fault);
      case Errno.EAGAIN ->
          DeviceException.unreachable(
              "the bus "
                  + root
                  + " was taken away in mid-transfer (arbitration lost): another controller or a"
                  + " disturbance is on it; shorten the wires and check the pull-up resistors",
              fault);
      case Errno.EOPNOTSUPP ->
          DeviceException.config(
              root
                  + " does not do a transfer that "
                  + with
                  + " needs (EOPNOTSUPP): connect it to another bus");
      case Errno.EPROTO, Errno.EBADMSG ->
          DeviceException.corrupt(
              "what "
                  + with
                  + " said on "
                  + bus
                  + " was incomplete ("
                  + Errno.name(fault.errno())
                  + "): shorten the wires and check the pull-up resistors");
      case Errno.ENODEV, Errno.ESHUTDOWN ->
          DeviceException.unreachable(
              "the bus " + root + " is gone: see that its adapter is plugged in", fault);
      default ->
          DeviceException.unreachable(
              "a transfer with "
                  + with
                  + " on "
                  + bus
                  + " failed ("
                  + Errno.name(fault.errno())
                  + "): check power, wires and pull-up resistors",
              fault);
    };
  }

  /**
   * Nine clock pulses would free a chip that holds SDA (UM10204 3.1.16). Only the controller can
   * give them: some drivers of the kernel do (i2c-gpio, i2c-imx, i2c-designware), the Raspberry
   * Pi's does not.
   */
  private static String held() {
    return "a device holds SDA or SCL low, or a wire is cut or shorted; the bus is opened anew each"
        + " time. If it stays so, switch the power of the sensors off and on";
  }

  /** What the kernel calls the adapter, in parentheses; empty if it says nothing. */
  String adapter(BusPath bus) {
    try {
      String name =
          Files.readString(sysfs.resolve("bus/i2c/devices/i2c-" + number(bus.root()) + "/name"))
              .strip();
      return name.isEmpty() ? "" : " (" + name + ")";
    } catch (IOException e) {
      return "";
    }
  }

  /** Which driver of the kernel has a client such as {@code 1-0076}; empty if none is known. */
  String driver(String client) {
    try {
      Path link = sysfs.resolve("bus/i2c/devices/" + client + "/driver");
      Path name = link.toRealPath().getFileName();
      return name == null ? "" : name.toString();
    } catch (IOException e) {
      return "";
    }
  }

  private Path kernelClient(BusPath bus, int address) {
    return sysfs.resolve("bus/i2c/devices/" + number(bus.root()) + "-" + "%04x".formatted(address));
  }

  static String number(Path root) {
    String name = Buses.real(root).toString();
    return name.substring(name.lastIndexOf('-') + 1);
  }

  private static String group(Path root) {
    try {
      return Files.readAttributes(root, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .group()
          .getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "i2c"; // what Debian's and the Raspberry Pi's udev rules call it
    }
  }

  private static String others(Path root) {
    Path folder = root.getParent();
    Set<String> there = new TreeSet<>();
    if (folder != null) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "i2c-*")) {
        files.forEach(file -> there.add(file.toString()));
        there.remove(root.toString()); // a name that leads nowhere
      } catch (IOException e) {
        return "";
      }
    }
    return there.isEmpty()
        ? " (there is none at all)"
        : " (there is " + String.join(", ", there) + ")";
  }
}
