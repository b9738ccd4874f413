package city.mycelium.receiver;

import city.mycelium.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A receiver, or a main of a test's own, as a process that can be killed. */
final class ReceiverProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("Receiver ready: (http://\\S+)");

  private final Process process;
  private final Path output;

  private ReceiverProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it; what it prints goes to a new file in the folder. */
  static ReceiverProcess start(Path folder, Class<?> main, String... arguments) throws IOException {
    Path output = Files.createTempFile(folder, "receiver", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ReceiverProcess(process, output);
  }

  /** Where its HTTP API answers, once it does. */
  URI httpAddress() {
    awaitSaying(READY.pattern());
    Matcher ready = READY.matcher(said());
    if (!ready.find()) {
      throw new AssertionError(said());
    }
    return URI.create(ready.group(1));
  }

  void awaitSaying(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    Await.await(
        "the receiver says " + pattern,
        () -> {
          if (!compiled.matcher(said()).find()) {
            if (!process.isAlive()) {
              throw new IllegalStateException("it ended and said: " + said());
            }
            return false;
          }
          return true;
        },
        PATIENCE);
  }

  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  int exitCode() {
    return process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
