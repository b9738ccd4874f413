package city.mycelium.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.sender.Answers;
import city.mycelium.testkit.Await;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mains as processes of their own. */
class ProcessesTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** CONNECT of MQTT 5.0 (3.1): protocol level 5, clean start, keep alive 60 s, client id "t". */
  private static final String CONNECT = "100e00044d5154540502003c00000174";

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void theBrokerListensForMqtt5AndEndsWithItsParent() throws Exception {
    int port = freePort();
    Process broker =
        start(
            BrokerMain.class,
            "--port",
            "" + port,
            "--data",
            folder.resolve("broker").toString(),
            "--with-parent");
    awaitReady(broker);

    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write(HexFormat.of().parseHex(CONNECT));
      byte[] answer = client.getInputStream().readNBytes(4);

      assertThat(answer[0]).as("CONNACK (MQTT 5.0, 3.2)").isEqualTo((byte) 0x20);
      assertThat(answer[3]).as("reason code: success").isZero();
    }
    broker.getOutputStream().close();
    assertThat(broker.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(broker.exitValue()).isZero();
  }

  @Test
  void theNeighbourhoodPostsAndOpensItsPortsAndTakesThemWithIt() throws Exception {
    HttpServer gateway = gatewayThatTakesEverything();
    Path answers = folder.resolve("answers");
    Path ports = folder.resolve("ports");
    Process neighbourhood =
        start(
            Main.class,
            "--gateway",
            "127.0.0.1:" + gateway.getAddress().getPort(),
            "--ports",
            ports.toString(),
            "--answers",
            answers.toString(),
            "--speedup",
            "100",
            "--with-parent");
    awaitReady(neighbourhood);

    assertThat(filesIn(ports)).containsExactlyInAnyOrder("gnss-a", "sds011-a", "sds011-b");
    Await.await("all kits have posted", () -> Answers.read(answers).devices().size() >= 11, LONG);
    Await.await(
        "the kit that was offline has told its past",
        () -> Answers.read(answers).promised().size() > 120 * 6,
        LONG);

    neighbourhood.getOutputStream().close();
    assertThat(neighbourhood.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(filesIn(ports)).isEmpty();
    gateway.stop(0);
  }

  @Test
  void wordsThatMakeNoSenseAreRefusedWithExitCode2() throws Exception {
    for (Class<?> main :
        List.of(Main.class, BrokerMain.class, city.mycelium.simulator.demo.DemoMain.class)) {
      Process process = start(main, "--nonsense");
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(main.getName()).isEqualTo(2);
    }
  }

  private Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static void awaitReady(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
      assertThat(line).as("it ended without being ready").isNotNull();
    }
  }

  private static HttpServer gatewayThatTakesEverything() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
