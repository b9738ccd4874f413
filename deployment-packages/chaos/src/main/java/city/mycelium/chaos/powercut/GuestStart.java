package city.mycelium.chaos.powercut;

import city.mycelium.simulator.guest.GuestMachine;
import city.mycelium.simulator.guest.UserModeLinux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a guest comes to run {@link GuestMain} on its disk. */
final class GuestStart {

  private GuestStart() {}

  /**
   * Switches a guest on.
   *
   * @param folder the host's, without spaces in its path
   */
  static GuestMachine boot(Path folder, Disk disk) throws IOException {
    Files.createDirectories(folder.resolve("disk"));
    Files.createDirectories(folder.resolve("memory"));
    return UserModeLinux.boot(folder, disk.mode(), script(folder, disk), disk.image());
  }

  private static String script(Path folder, Disk disk) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // Scratch space is the guest's own memory: the host's files are read-only to it.
    return String.join(
        "\n",
        "#!/bin/sh",
        "mount -t proc proc /proc",
        "mount -t tmpfs memory '" + folder + "/memory'",
        "mount -t ext4 /dev/ubda '" + folder + "/disk' || echo 'CHECK the disk cannot be mounted'",
        "exec '"
            + java
            + "' -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
            + " -Djava.io.tmpdir='"
            + folder
            + "/memory' -Dtinylog.level=off -cp '"
            + System.getProperty("java.class.path")
            + "' "
            + GuestMain.class.getName()
            + " '"
            + folder
            + "/disk/data' "
            + disk.mode(),
        "");
  }
}
