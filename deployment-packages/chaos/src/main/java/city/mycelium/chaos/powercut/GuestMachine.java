package city.mycelium.chaos.powercut;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Linux of its own in a process of the host (user-mode Linux): kernel, page cache and file system
 * are the guest's, so a kill of the process is to it what a pulled plug is to a gateway. It sees
 * the host's files read-only, and boots into {@link GuestMain}.
 */
final class GuestMachine implements AutoCloseable {

  private static final String KERNEL = "linux.uml";
  private static final String MEMORY = "mem=400M";
  private static final int REMEMBERED = 60;

  private final Process process;
  private final BufferedReader console;
  private final Deque<String> said = new ArrayDeque<>();

  private GuestMachine(Process process) {
    this.process = process;
    console =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /**
   * Switches it on.
   *
   * @param folder the host's, without spaces in its path: the kernel's command line is words
   */
  static GuestMachine boot(Path folder, Disk disk) throws IOException {
    Path init = folder.resolve(disk.mode() + ".init");
    Files.createDirectories(folder.resolve("disk"));
    Files.createDirectories(folder.resolve("memory"));
    Files.writeString(init, initScript(folder, disk));
    Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder machine =
        new ProcessBuilder(
                KERNEL,
                MEMORY,
                "rootfstype=hostfs",
                "rootflags=/",
                "ro",
                "init=" + init,
                "con=null",
                "con0=null,fd:1",
                "ubda=" + disk.image(),
                "quiet")
            .redirectErrorStream(true);
    machine.environment().put("TMPDIR", folder.toString()); // the guest's memory is a file there
    return new GuestMachine(machine.start());
  }

  private static String initScript(Path folder, Disk disk) {
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

  /** The next line of its console; null when it is off. */
  @Nullable String line() throws IOException {
    String line = console.readLine();
    if (line == null) {
      return null;
    }
    if (said.size() == REMEMBERED) {
      said.removeFirst();
    }
    said.add(line.strip());
    return line.strip();
  }

  /** The last lines of its console, for whoever has to find out. */
  String said() {
    return String.join(" | ", said);
  }

  /** Cuts the power. What the console has said stays readable. */
  void cut() {
    // Its processes are processes of the host. Not by Process.destroy, which closes the console.
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    cut();
    console.close();
  }
}
