package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import city.mycelium.testkit.Await;
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ChronyTest {

  /** As chronyc 4.3 gave it, with its times moved to the clock of this test. */
  private static final String SYNCHRONISED =
      "7F000001,127.0.0.1,2,1795435190.250000000,-0.000001823,-0.000000019,0.000000208,0.188,-0.007,"
          + "0.413,0.000005889,0.000000475,0.1,Normal";

  private final LeapingClock machine = LeapingClock.at("2026-11-23T12:00:00Z");
  private final Chrony chrony = new Chrony(machine);
  private final List<Process> daemons = new ArrayList<>();

  @AfterEach
  void stopDaemons() throws Exception {
    for (Process daemon : daemons) {
      daemon.destroy();
      daemon.waitFor();
    }
  }

  private TimeSource.Answer read(String line) {
    return chrony.read(line, Look.at(machine));
  }

  @Test
  void whoIsSynchronisedVouchesForTheWallClock() {
    TimeSource.Vouches vouches = (TimeSource.Vouches) read(SYNCHRONISED);

    assertThat(vouches.epochMillis()).isEqualTo(machine.epochMillis());
    assertThat(vouches.how()).isEqualTo("stratum 2");
    assertThat(vouches.uncertaintyMillis()).isEqualTo(2);
  }

  // Half the delay to the root, all of the dispersion, and what is still to be corrected.
  @Test
  void theErrorIsTheRootDistanceAndWhatIsStillToBeCorrected() {
    String far =
        SYNCHRONISED
            .replace("0.000005889", "0.100")
            .replace("0.000000475", "0.020")
            .replace("-0.000001823", "-0.030");

    assertThat(((TimeSource.Vouches) read(far)).uncertaintyMillis()).isBetween(101L, 102L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Normal;Not synchronised;not synchronised yet",
        ",2,17;,0,17;not synchronised yet",
        ",2,17;,16,17;not synchronised yet",
        "7F000001;7F7F0101;follows this machine's own clock",
        "0.000000475;1.5;too much",
        "0.000000475;NaN;too much",
        ",2,17;,two,17;cannot read",
        ",Normal;;cannot read",
        "1795435190.25;1795400000.25;clock was set since",
        "1795435190.25;1795435202.25;clock was set since"
      })
  void whoIsNotSurelySynchronisedVouchesForNothing(String what, String instead, String why) {
    TimeSource.Answer answer = read(SYNCHRONISED.replace(what, instead == null ? "" : instead));

    assertThat(((TimeSource.Silent) answer).why()).contains(why);
  }

  // chronyd sees only at its next look, up to 1024 s later, that somebody has set the clock.
  @Test
  void whoDoesNotKnowYetThatTheClockWasSetVouchesForNothing() {
    assertThat(read(SYNCHRONISED)).isInstanceOf(TimeSource.Vouches.class);
    machine.setWall("2026-11-23T12:05:00Z");
    assertThat(read(SYNCHRONISED)).isInstanceOf(TimeSource.Silent.class);

    String again = SYNCHRONISED.replace("1795435190", "1795435499");

    assertThat(read(again)).isInstanceOf(TimeSource.Vouches.class);
  }

  @Test
  void withoutChronyNobodyVouches() {
    TimeSource.Answer answer =
        new Chrony(machine, List.of("/nowhere/chronyc"), Chrony.PATIENCE).ask();

    assertThat(answer).isEqualTo(new TimeSource.Silent("it is not installed"));
  }

  @Test
  void whatChronycSaysIsRead(@TempDir Path folder) throws Exception {
    Chrony scripted =
        new Chrony(
            machine, List.of(script(folder, "echo '" + SYNCHRONISED + "'")), Chrony.PATIENCE);

    assertThat(scripted.ask()).isInstanceOf(TimeSource.Vouches.class);
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedFor(@TempDir Path folder) throws Exception {
    Chrony hanging =
        new Chrony(machine, List.of(script(folder, "exec sleep 600")), Duration.ofMillis(50));

    assertThat(((TimeSource.Silent) hanging.ask()).why()).contains("did not answer");
  }

  @Test
  void whyChronycFailsIsPassedOn(@TempDir Path folder) throws Exception {
    Chrony failing =
        new Chrony(
            machine,
            List.of(script(folder, "echo '506 Cannot talk to daemon'; exit 1")),
            Chrony.PATIENCE);

    assertThat(failing.ask())
        .isEqualTo(new TimeSource.Silent("it does not run (chronyc: 506 Cannot talk to daemon)"));
  }

  private static String script(Path folder, String body) throws IOException {
    Path script = folder.resolve("chronyc");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  // --- the real one: a server with a clock of its own, and a client that asks it; neither touches
  // this machine's clock (-x).

  @Test
  void theRealChronydVouchesWhenItHasAServerAndNotForItsOwnClock(@TempDir Path folder)
      throws Exception {
    assumeThat(chronyd()).as("Debian package chrony").isNotEmpty();
    int time = freePort();
    int serverCommands = freePort();
    int clientCommands = freePort();
    start(folder, "server", serverCommands, "local stratum 1", "port " + time, "allow 127.0.0.1");
    start(
        folder,
        "client",
        clientCommands,
        "server 127.0.0.1 port " + time + " iburst minpoll -4 maxpoll -4",
        "port 0");
    SystemClock real = new SystemClock();
    Chrony client = new Chrony(real, ask(clientCommands), Chrony.PATIENCE);
    Chrony server = new Chrony(real, ask(serverCommands), Chrony.PATIENCE);

    Await.await(
        "the client is synchronised",
        () -> client.ask() instanceof TimeSource.Vouches,
        Duration.ofSeconds(30));

    assertThat(((TimeSource.Vouches) client.ask()).how()).isEqualTo("stratum 2");
    assertThat(((TimeSource.Silent) server.ask()).why()).contains("own clock");
  }

  private void start(Path folder, String name, int commandPort, String... lines)
      throws IOException {
    Path configuration = folder.resolve(name + ".conf");
    List<String> all = new ArrayList<>(List.of(lines));
    all.add("bindaddress 127.0.0.1");
    all.add("bindcmdaddress 127.0.0.1");
    all.add("bindcmdaddress /"); // no UNIX socket
    all.add("cmdport " + commandPort);
    all.add("pidfile " + folder.resolve(name + ".pid"));
    Files.write(configuration, all);
    daemons.add(
        new ProcessBuilder(
                chronyd(),
                "-x",
                "-d",
                "-u",
                System.getProperty("user.name"),
                "-f",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start());
  }

  private static List<String> ask(int port) {
    return List.of(
        "chronyc", "-n", "-c", "-h", "127.0.0.1", "-p", String.valueOf(port), "tracking");
  }

  private static String chronyd() {
    return Stream.of("/usr/sbin/chronyd", "/usr/local/sbin/chronyd")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElse("");
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
