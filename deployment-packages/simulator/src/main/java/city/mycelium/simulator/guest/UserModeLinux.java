package city.mycelium.simulator.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * User-mode Linux: a kernel that is a program of the host (Debian's user-mode-linux, x86 only). It
 * boots in two or three seconds and needs neither root nor virtualisation.
 */
public final class UserModeLinux {

  /** What has to be in the PATH. */
  public static final String KERNEL = "linux.uml";

  private static final Path MODULES = Path.of("/usr/lib/uml/modules");
  private static final String MEMORY = "mem=400M";

  private UserModeLinux() {}

  /** The modules of its kernel. */
  public static KernelModules modules() throws IOException {
    return KernelModules.in(MODULES);
  }

  /**
   * Switches one on.
   *
   * @param folder of this guest, without spaces in its path: the kernel's command line is words
   * @param name what the script is called in that folder
   * @param script what the guest runs as its first process, in the language of sh
   * @param disk {@code /dev/ubda} to the guest; null for none
   */
  public static GuestMachine boot(Path folder, String name, String script, @Nullable Path disk)
      throws IOException {
    Path init = folder.resolve(name + ".init");
    Files.writeString(init, script);
    Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command =
        new ArrayList<>(
            List.of(
                KERNEL,
                MEMORY,
                "rootfstype=hostfs",
                "rootflags=/",
                "ro",
                "init=" + init,
                "uml_dir=" + folder, // else in the home of a user who may have none
                "con=null",
                "con0=null,fd:1",
                "quiet"));
    if (disk != null) {
      command.add("ubda=" + disk);
    }
    ProcessBuilder machine = new ProcessBuilder(command);
    machine.environment().put("TMPDIR", folder.toString()); // the guest's memory is a file there
    return GuestMachine.start(machine);
  }
}
