package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it prints, and how it ends. */
class LauncherTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** One line each, the time in UTC. */
  private static final String LOG_LINE =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (ERROR|WARN |INFO |DEBUG) \\w+: .+";

  @TempDir Path temp;

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void aSetAndItsConfiguration() throws Exception {
    new TestSet(temp.resolve("set")).defaults("{ \"one\": {} }").listening("one").read();
    Folders.write(temp.resolve("etc/gateway.json"), "{ \"one\": { \"port\": 1 } }");
  }

  @AfterEach
  void nothingIsLeftRunning() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void terminatesCleanlyWhenTold() throws Exception {
    Process gateway = launch("--bundles", "set", "--config", "etc", "--data", "data");
    awaitOutput("Up: bundle set set, ");

    gateway.destroy(); // SIGTERM

    assertThat(exitOf(gateway)).isZero();
    assertThat(Files.readAllLines(temp.resolve("out")))
        .allSatisfy(line -> assertThat(line).matches(LOG_LINE))
        .last()
        .asString()
        .endsWith("Stopped");
    assertThat(temp.resolve("err")).isEmptyFile();
  }

  @Test
  void changeOfTheConfigurationTakesEffectWhileItRuns() throws Exception {
    launch("--bundles", "set", "--config", "etc", "--data", "data");
    awaitOutput("Up: ");

    Folders.write(temp.resolve("etc/gateway.json"), "{ \"one\": { \"port\": 22 } ");
    awaitOutput("The last good configuration stays in force.");
    Folders.write(temp.resolve("etc/gateway.json"), "{ \"one\": { \"port\": 333 } }");
    awaitOutput("The configuration has changed and is in force");
  }

  @Test
  void changedBundleIsRefused() throws Exception {
    Folders.write(temp.resolve("set/listening.jar"), "changed");

    Process gateway = launch("--bundles", "set", "--config", "etc", "--data", "data");

    assertThat(exitOf(gateway)).isEqualTo(2);
    assertThat(temp.resolve("err"))
        .content()
        .contains("listening.jar is not the file that was packaged");
    assertThat(temp.resolve("data")).doesNotExist();
  }

  /** At the start there is no last good configuration to go on with. */
  @Test
  void brokenConfigurationIsRefusedAtTheStart() throws Exception {
    Folders.write(temp.resolve("etc/gateway.json"), "{ \"one\" }");

    Process gateway = launch("--bundles", "set", "--config", "etc", "--data", "data");

    assertThat(exitOf(gateway)).isEqualTo(2);
    assertThat(temp.resolve("err")).content().contains("etc/gateway.json, line 1, column ");
  }

  @Test
  void brokenDefaultsAreRefusedAtTheStart() throws Exception {
    new TestSet(temp.resolve("other")).defaults("{ \"one\" }").read();

    Process gateway = launch("--bundles", "other", "--config", "etc", "--data", "data");

    assertThat(exitOf(gateway)).isEqualTo(2);
    assertThat(temp.resolve("err")).content().contains("defaults.json, line 1, column ");
  }

  @Test
  void missingArgumentIsRefused() throws Exception {
    assertThat(exitOf(launch("--config", "etc", "--data", "data"))).isEqualTo(2);
    assertThat(temp.resolve("err")).content().startsWith("--bundles is missing.");
  }

  @Test
  void helpIsNoFailure() throws Exception {
    assertThat(exitOf(launch("--help"))).isZero();
    assertThat(temp.resolve("out")).content().startsWith("Starts a Mycelium gateway.");
  }

  private Process launch(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Launcher.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(temp.resolve("err").toFile())
            .start();
    started.add(process);
    return process;
  }

  private void awaitOutput(String text) {
    Await.await(
        "the launcher says: " + text,
        () -> Files.readString(temp.resolve("out")).contains(text),
        SOON);
  }

  private static int exitOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
