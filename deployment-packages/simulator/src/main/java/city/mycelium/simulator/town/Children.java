package city.mycelium.simulator.town;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a town. Each is ended by its own process id, at the latest when this process
 * ends, whatever ends it. Safe for use by many threads.
 */
public final class Children implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Process> running = new ArrayList<>();
  private final Thread atTheEnd = new Thread(this::endAll, "town-end");
  private boolean closed;

  /** None yet. */
  public Children() {
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /**
   * Starts one. Its standard input is a pipe from us, so that it can tell when we are gone.
   *
   * @param log takes what it prints; appended to
   * @param environment beside our own
   */
  public synchronized Process start(List<String> command, Path log, Map<String, String> environment)
      throws IOException {
    if (closed) {
      throw new IOException("the town is ending");
    }
    running.removeIf(process -> !process.isAlive());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    running.add(process);
    return process;
  }

  /**
   * Asks it to end (SIGTERM) and waits.
   *
   * @return whether it ended of its own accord; if not, it was killed
   */
  public static boolean stop(Process process) throws InterruptedException {
    process.destroy();
    boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      kill(process);
    }
    return ended;
  }

  /** Kills it (SIGKILL): it learns nothing of it. */
  public static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // The hook is at work already, or has just been.
    }
  }

  /** The last first: who sends ends before who receives. */
  private synchronized void endAll() {
    closed = true;
    List<Process> lastFirst = new ArrayList<>(running);
    Collections.reverse(lastFirst);
    running.clear();
    try {
      for (Process process : lastFirst) {
        if (process.isAlive()) {
          stop(process);
        }
      }
    } catch (InterruptedException e) {
      lastFirst.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
