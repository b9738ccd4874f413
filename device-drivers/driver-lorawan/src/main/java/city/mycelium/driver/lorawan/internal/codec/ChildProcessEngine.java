package city.mycelium.driver.lorawan.internal.codec;

import city.mycelium.api.time.Clock;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Runs scripts that nobody vouches for in a process with a heap of its own, one payload at a time.
 * It is started with the first script, and again after a script has brought it down; a call that
 * overruns is ended from outside. The gateway's own memory is never at stake.
 *
 * <p>Safe for use by many threads, which wait for each other: not the place for a codec that has
 * hundreds of devices.
 */
public final class ChildProcessEngine implements CodecEngine, AutoCloseable {

  private static final int HEAP_MEGABYTES = 48;

  /** What an answer may take beyond the script's own deadline: to be stopped, and to get here. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final List<Path> classPath;
  private final Clock clock;
  private final Logger log;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger numbers = new AtomicInteger();
  private @Nullable ChildProcess child;
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param classPath this bundle's own jar, which holds Rhino, and the jar of Jakarta JSON; inside
   *     OSGi the framework's class path ({@code java.class.path}) has the latter
   */
  public ChildProcessEngine(List<Path> classPath, Clock clock, Logger log) {
    this.classPath = List.copyOf(classPath);
    this.clock = clock;
    this.log = log;
  }

  /** For a process that is no OSGi framework: its own class path has all that is needed. */
  public static List<Path> ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  @Override
  public Codec install(String name, String script) throws CodecException {
    Remote remote = new Remote(numbers.incrementAndGet(), name, script);
    lock.lock();
    try {
      JsonObject answer = remote.install(running());
      if (answer.containsKey("refused")) {
        throw new CodecException(answer.getString("refused"), answer.getInt("line"));
      }
    } catch (IOException e) {
      throw new CodecException(name + ": " + e.getMessage(), 0);
    } finally {
      lock.unlock();
    }
    return new CircuitBreaker(name, remote, clock, log);
  }

  /** The process that there is, or a new one. */
  private ChildProcess running() throws IOException {
    if (closed) {
      throw new IOException("the process for scripts is ended with the driver");
    }
    ChildProcess running = child;
    if (running == null || !running.isAlive()) {
      running = ChildProcess.start(classPath, HEAP_MEGABYTES);
      log.debug("Scripts that nobody vouches for run in process {}", running.pid());
      child = running;
    }
    return running;
  }

  /** The process at the moment, if there is one. */
  OptionalLong pid() {
    lock.lock();
    try {
      return child != null && child.isAlive() ? OptionalLong.of(child.pid()) : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the process; codecs that it gave fail from now on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (child != null) {
        child.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private static JsonObject ask(ChildProcess process, JsonObject request, Duration deadline)
      throws IOException {
    Optional<String> line = process.ask(request.toString(), deadline.plus(GRACE));
    if (line.isEmpty()) {
      throw new IOException(
          "stopped: the script did not come to an end within "
              + deadline.toMillis()
              + " ms, or used up the memory of its process");
    }
    try (JsonReader reader = Json.createReader(new StringReader(line.get()))) {
      return reader.readObject();
    } catch (JsonException e) {
      process.close();
      throw new IOException("the process for scripts answered something else than JSON", e);
    }
  }

  /** A script in the process; installed again when that is another one. Used under the lock. */
  private final class Remote implements RunnableCodec {

    private final int number;
    private final String name;
    private final String script;
    private @Nullable ChildProcess installedIn;

    Remote(int number, String name, String script) {
      this.number = number;
      this.name = name;
      this.script = script;
    }

    JsonObject install(ChildProcess process) throws IOException {
      JsonObject answer =
          ask(
              process,
              Json.createObjectBuilder()
                  .add("do", "install")
                  .add("codec", number)
                  .add("name", name)
                  .add("script", script)
                  .build(),
              Limits.IN_CHILD.installDeadline());
      installedIn = process;
      return answer;
    }

    @Override
    public Answer run(CodecInput input) {
      lock.lock();
      try {
        ChildProcess process = running();
        if (installedIn != process) {
          JsonObject installed = install(process);
          if (installed.containsKey("refused")) {
            return Answer.failed(installed.getString("refused"));
          }
        }
        JsonObject answer =
            ask(
                process,
                Json.createObjectBuilder()
                    .add("do", "decode")
                    .add("codec", number)
                    .add("bytes", HexFormat.of().formatHex(input.bytes()))
                    .add("fPort", input.fPort())
                    .add("recvTime", input.recvTimeMillis())
                    .build(),
                Limits.IN_CHILD.deadline());
        return new Answer(
            Answer.read(answer.getJsonObject("answer")), answer.getBoolean("stopped"));
      } catch (IOException e) {
        return Answer.stopped(String.valueOf(e.getMessage()));
      } finally {
        lock.unlock();
      }
    }
  }
}
