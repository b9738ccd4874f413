package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.Sysfs;
import city.mycelium.driver.sysfs.internal.Tap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kernel's files of this machine, or of a folder that looks like them. Says in words what the
 * error numbers of the drivers mean. For one thread.
 */
public final class SysfsFiles implements Sysfs {

  private static final String SYS = "/sys/";

  /** A file of sysfs holds no more than a page (sysfs(5); PAGE_SIZE). */
  private static final int PAGE_BYTES = 4096;

  private final Path root;
  private final Tap tap;

  /**
   * The files below a root.
   *
   * @param root {@code /} on a gateway
   * @param tap where it is shown what was read from where
   */
  public SysfsFiles(Path root, Tap tap) {
    this.root = root;
    this.tap = tap;
  }

  @Override
  public List<String> list(String folder) throws DeviceException {
    Path place = place(folder);
    try (Stream<Path> entries = Files.list(place)) {
      List<String> names = entries.map(e -> e.getFileName().toString()).sorted().toList();
      show(folder + "/", String.join("\n", names));
      return names;
    } catch (NoSuchFileException | NotDirectoryException e) {
      show(folder + "/", "");
      return List.of();
    } catch (IOException e) {
      throw failed(folder + "/", folder, e);
    }
  }

  @Override
  public String resolve(String path) throws DeviceException {
    try {
      String real = "/" + root.toRealPath().relativize(place(path).toRealPath());
      show(path + "@", real);
      return real;
    } catch (IOException e) {
      throw failed(path + "@", path, e);
    }
  }

  @Override
  public String read(String file) throws DeviceException {
    try (InputStream in = Files.newInputStream(place(file))) {
      String said = new String(in.readNBytes(PAGE_BYTES), StandardCharsets.UTF_8);
      show(file, said);
      return said;
    } catch (IOException e) {
      throw failed(file, file, e);
    }
  }

  private Path place(String path) throws DeviceException {
    try {
      Path asked = Path.of(path);
      if (path.startsWith(SYS) && asked.equals(asked.normalize())) {
        return root.resolve(path.substring(1));
      }
    } catch (InvalidPathException e) {
      // Said below, as for a path that leads elsewhere.
    }
    throw DeviceException.config(
        "a file of the kernel is given as a path below /sys without dots, not '" + path + "'");
  }

  private DeviceException failed(String asked, String path, IOException e) {
    DeviceException trouble = trouble(path, e);
    tap.said(asked);
    tap.failed(String.valueOf(trouble.getMessage()));
    return trouble;
  }

  private void show(String path, String said) {
    tap.said(path);
    tap.heard(said);
  }

  /**
   * What an error of the kernel means. The JDK gives no error numbers, only the C library's words
   * for them; in a language that is not known here they are passed on as they are.
   */
  static DeviceException trouble(String path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return DeviceException.unreachable(
          path + " is not there any more: the device was unplugged, or its driver let it go", e);
    }
    if (e instanceof AccessDeniedException || says(e, "Permission denied")) {
      return DeviceException.config(
          path
              + " may not be read by user "
              + System.getProperty("user.name")
              + ": allow it with a udev rule, or sudo chmod a+r "
              + path);
    }
    if (says(e, "Resource temporarily unavailable") || says(e, "No data available")) {
      return DeviceException.stale(
          path + " has no new value (EAGAIN): the sensor has not finished measuring");
    }
    if (says(e, "Device or resource busy")) {
      return DeviceException.unreachable(
          path + " is busy (EBUSY): another program reads the device through its buffer, stop it",
          e);
    }
    if (says(e, "Bad message")) {
      return DeviceException.corrupt(
          path + ": the driver found a wrong checksum (EBADMSG): check cable length and pull-ups");
    }
    if (says(e, "Input/output error") || says(e, "Remote I/O error")) {
      return DeviceException.unreachable(
          path + ": the device does not answer its driver (EIO): check wiring and power", e);
    }
    if (says(e, "No such device")) {
      return DeviceException.unreachable(
          path + ": the device has gone (ENODEV): check that it is plugged in", e);
    }
    if (says(e, "timed out")) {
      return DeviceException.unreachable(
          path + ": the device answers too late (ETIMEDOUT): check wiring and power", e);
    }
    return DeviceException.unreachable(
        path + " cannot be read (" + e.getMessage() + "); dmesg may say more", e);
  }

  private static boolean says(IOException e, String words) {
    return String.valueOf(e.getMessage()).contains(words);
  }
}
