package city.mycelium.testkit;

import static city.mycelium.testkit.Await.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Mosquitto broker on the loopback interface, as a process of its own. Fails with words
 * where the program is not installed: a test that needs a broker is never skipped. For one thread.
 */
public final class MosquittoProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Path directory;
  private final int port;
  private @Nullable Process process;

  private MosquittoProcess(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /**
   * Starts a broker on a free port; returns when it listens.
   *
   * @param directory an empty one, for its configuration, log and state
   * @param persistent whether sessions and retained messages outlive a restart
   * @param extraLines more configuration; what belongs to a listener belongs to the one that is
   *     there
   */
  public static MosquittoProcess start(Path directory, boolean persistent, String... extraLines) {
    return start(directory, freePort(), persistent, extraLines);
  }

  /** The same on a given port. */
  public static MosquittoProcess start(
      Path directory, int port, boolean persistent, String... extraLines) {
    MosquittoProcess broker = new MosquittoProcess(directory, port);
    broker.configure(persistent, List.of(extraLines));
    broker.restart();
    return broker;
  }

  /** A port that nobody listens on now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  public int port() {
    return port;
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Ends it as an operator would (SIGTERM): what is persistent is saved. */
  public void stop() {
    end(Process::destroy);
  }

  /** Ends it as a power cut would (SIGKILL): what was not yet saved is lost. */
  public void kill() {
    end(Process::destroyForcibly);
  }

  /** Starts it (again) on the same port with the same configuration; stops it first if need be. */
  public void restart() {
    stop();
    try {
      Process started =
          new ProcessBuilder(program().toString(), "-c", configuration().toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      // A test run that is itself killed must not leave a broker behind.
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      process = started;
      await("Mosquitto listens on port " + port, () -> listens(started), PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException("Mosquitto could not be started", e);
    }
  }

  /** What it has said so far. */
  public String said() {
    try {
      return Files.exists(log()) ? Files.readString(log()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("Mosquitto's log cannot be read", e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private boolean listens(Process started) throws IOException {
    if (!started.isAlive()) {
      throw new AssertionError("Mosquitto ended by itself and said: " + said());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    }
  }

  private void end(Consumer<Process> how) {
    Process running = process;
    if (running == null) {
      return;
    }
    how.accept(running);
    try {
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
        throw new AssertionError("Mosquitto did not end within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while Mosquitto ended", e);
    }
    process = null;
  }

  private void configure(boolean persistent, List<String> extraLines) {
    List<String> lines = new ArrayList<>();
    // Started by root it would become another user, who may not write here; others it lets be.
    lines.add("user root");
    lines.add("log_dest stderr");
    lines.add("persistence " + persistent);
    lines.add("persistence_location " + directory.toAbsolutePath() + File.separator);
    lines.add("listener " + port + " 127.0.0.1");
    lines.add("allow_anonymous true");
    lines.addAll(extraLines);
    try {
      Files.write(configuration(), lines);
    } catch (IOException e) {
      throw new UncheckedIOException("Mosquitto's configuration cannot be written", e);
    }
  }

  private Path configuration() {
    return directory.resolve("mosquitto.conf");
  }

  private Path log() {
    return directory.resolve("mosquitto.log");
  }

  /** On Debian it is where only the administrator's PATH leads. */
  private static Path program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "this test needs the MQTT broker Mosquitto, which is not installed: on Debian"
                        + " and Ubuntu, apt-get install mosquitto"));
  }
}
