package city.mycelium.clock.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Which start of the machine this is. */
final class BootId {

  /** A random id that the kernel makes at every start (Linux, random(4)). */
  static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /**
   * The kernel's word; where there is none, every start of the gateway counts as one of the
   * machine, which is safe: it only knows less.
   */
  static String read(Path file) {
    try {
      String id = Files.readString(file).strip();
      if (id.matches("[\\w-]{1,64}")) {
        return id;
      }
    } catch (IOException e) {
      return UUID.randomUUID().toString(); // not Linux
    }
    return UUID.randomUUID().toString();
  }
}
