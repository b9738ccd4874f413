package city.mycelium.simulator.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine that is on. Kernel, page cache and file system are the guest's, so a kill of its
 * processes is to it what a pulled plug is to a gateway. One thread listens; any may cut.
 */
public final class GuestMachine implements AutoCloseable {

  private static final int REMEMBERED = 60;

  private final Process process;
  private final BufferedReader console;
  private final Deque<String> said = new ArrayDeque<>();
  private final Thread atTheEnd = new Thread(this::kill, "guest-end");

  private GuestMachine(Process process) {
    this.process = process;
    console =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /**
   * Switches it on. It goes off with this program at the latest.
   *
   * @param machine whose standard output is the console of the guest
   */
  static GuestMachine start(ProcessBuilder machine) throws IOException {
    GuestMachine guest = new GuestMachine(machine.redirectErrorStream(true).start());
    Runtime.getRuntime().addShutdownHook(guest.atTheEnd);
    return guest;
  }

  /** The next line of its console; null when it is off. */
  public @Nullable String line() throws IOException {
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
  public String said() {
    return String.join(" | ", said);
  }

  /** Cuts the power. What the console has said stays readable. */
  public void cut() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // The hook is at work already, or has just been.
    }
  }

  private void kill() {
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
