package city.mycelium.driver.lorawan.internal.codec;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One run of {@link ChildMain}: asked one line at a time, ended for good when an answer does not
 * come. Used under the lock of {@link ChildProcessEngine}.
 */
final class ChildProcess implements AutoCloseable {

  /** What a slow board needs to start a Java machine and Rhino in it. */
  private static final Duration START = Duration.ofSeconds(30);

  private static final String OVER = "";

  private final Process process;
  private final BufferedWriter to;
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private ChildProcess(Process process) {
    this.process = process;
    this.to =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param classPath our own bundle, and the jar of Jakarta JSON
   * @param heapMegabytes how much its scripts may have
   * @throws IOException if it does not start; the message says what to look at
   */
  static ChildProcess start(List<Path> classPath, int heapMegabytes) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMegabytes + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-cp",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            ChildMain.class.getName());
    builder.environment().clear(); // nothing in there is for scripts
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    ChildProcess child = new ChildProcess(builder.start());
    Thread reader = new Thread(child::read, "codec-child-" + child.process.pid());
    reader.setDaemon(true);
    reader.start();
    Optional<String> ready = child.answer(START);
    if (!ready.equals(Optional.of(ChildMain.READY))) {
      child.close();
      throw new IOException(
          "the process for scripts did not start within "
              + START.toSeconds()
              + " s; is there memory for one more Java machine of "
              + heapMegabytes
              + " MB, and is all of "
              + classPath
              + " there?");
    }
    return child;
  }

  private void read() {
    try (BufferedReader from =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = from.readLine()) != null) {
        answers.add(line);
      }
    } catch (IOException e) { // the process is gone, as at its end
      answers.add(OVER);
      return;
    }
    answers.add(OVER);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Nothing if no answer came in time, or the process is gone; then it is ended for good. */
  Optional<String> ask(String line, Duration time) {
    try {
      to.write(line);
      to.newLine();
      to.flush();
    } catch (IOException e) { // it is gone
      close();
      return Optional.empty();
    }
    Optional<String> answer = answer(time);
    if (answer.isEmpty()) {
      close();
    }
    return answer;
  }

  private Optional<String> answer(Duration time) {
    try {
      String line = answers.poll(time.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.ofNullable(line).filter(text -> !text.equals(OVER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
