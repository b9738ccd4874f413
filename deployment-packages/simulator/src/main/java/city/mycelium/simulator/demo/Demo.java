package city.mycelium.simulator.demo;

import city.mycelium.api.journal.JournalException;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.simulator.BrokerMain;
import city.mycelium.simulator.Main;
import city.mycelium.simulator.Neighbourhood;
import city.mycelium.simulator.Resident;
import city.mycelium.simulator.sender.Answers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One demonstration, from the first process to the closing account. For one thread, once. */
final class Demo implements AutoCloseable {

  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration TO_DRAIN = Duration.ofSeconds(60);
  private static final Duration SHOW_EVERY = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final String RECEIVER_MAIN = "city.mycelium.receiver.Main";

  private final Settings settings;
  private final Path folder;
  private final Screen screen;
  private final Children children = new Children();
  private final List<Resident> residents;
  private final int brokerPort;
  private final int httpPort;
  private final int receiverPort;
  private final GatewayControl control;
  private final ReceiverHttp receiverHttp;

  private final Process receiver;
  private Process broker;
  private Process gateway;
  private String happening = "";

  private Demo(Settings settings, Path folder, Screen screen)
      throws IOException, InterruptedException {
    this.settings = settings;
    this.folder = folder;
    this.screen = screen;
    residents = new Neighbourhood(settings.seed(), settings.speedup(), 0).residents();
    try (ServerSocket one = free();
        ServerSocket two = free();
        ServerSocket three = free()) {
      brokerPort = one.getLocalPort();
      httpPort = two.getLocalPort();
      receiverPort = three.getLocalPort();
    }
    control = new GatewayControl(data());
    receiverHttp = new ReceiverHttp(receiverPort);
    configure();
    broker = startBroker();
    Patience.until("the broker listens", TO_START, this::isBrokerReady);
    receiver =
        start(
            "receiver",
            java(
                "-Xmx128m",
                RECEIVER_MAIN,
                "--mqtt-url",
                "tcp://127.0.0.1:" + brokerPort,
                "--db",
                folder.resolve("receiver.db").toString(),
                "--http-port",
                "" + receiverPort));
    gateway = startGateway();
  }

  /**
   * Starts broker, receiver and gateway; the neighbourhood comes when they are ready.
   *
   * @param folder where everything that they make is kept
   */
  static Demo prepare(Settings settings, Path folder, Screen screen)
      throws IOException, InterruptedException {
    screen.say("Starting a broker, a receiver and a gateway …");
    return new Demo(settings, folder, screen);
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if something did not do what it must; the message is for a person
   */
  Ledger run() throws IOException, InterruptedException {
    awaitReady();
    Process neighbourhood = startNeighbourhood();
    play();
    Children.stop(neighbourhood);
    happening = "the sensors are quiet, the backlog drains";
    drain();
    JsonObject account = control.ask("ledger");
    JsonObject devices = control.ask("device list");
    JsonObject holdings = receiverHttp.get("/v1/gateways?audit=true");
    Children.stop(gateway);
    return Reckoning.of(
        DemoConfiguration.DESTINATION,
        account,
        devices,
        holdings,
        journal(),
        Answers.read(answers()),
        residents);
  }

  /** Ends every process that is still there. */
  @Override
  public void close() {
    children.close();
  }

  private void awaitReady() throws IOException, InterruptedException {
    Patience.until(
        "the receiver is connected to the broker",
        TO_START,
        () -> alive("receiver", receiver) && receiverHttp.isWell());
    Patience.until("the gateway answers", TO_START, this::isGatewayReady);
  }

  private boolean isBrokerReady() throws IOException {
    return alive("broker", broker) && listens(brokerPort);
  }

  private boolean isGatewayReady() throws IOException {
    return alive("gateway", gateway)
        && listens(httpPort)
        && control.ask("ledger").containsKey("accepted");
  }

  private static boolean listens(int port) throws IOException {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    }
  }

  private void play() throws IOException, InterruptedException {
    Observer observer = new Observer(control, receiverHttp, residents);
    Deque<Mishap> mishaps =
        new ArrayDeque<>(Mishap.plan(settings.duration(), settings.outage(), settings.kills()));
    long start = System.nanoTime();
    Duration shown = SHOW_EVERY.negated();
    for (Duration elapsed = Duration.ZERO;
        elapsed.compareTo(settings.duration()) < 0;
        elapsed = Duration.ofNanos(System.nanoTime() - start)) {
      while (!mishaps.isEmpty() && mishaps.getFirst().at().compareTo(elapsed) <= 0) {
        letHappen(mishaps.removeFirst().kind());
      }
      alive("receiver", receiver);
      alive("gateway", gateway);
      if (elapsed.minus(shown).compareTo(SHOW_EVERY) >= 0) {
        shown = elapsed;
        screen.show(observer.look(elapsed, settings.duration(), happening, Instant.now()));
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  private void letHappen(Mishap.Kind kind) throws IOException, InterruptedException {
    switch (kind) {
      case BROKER_STOPS -> {
        Children.stop(broker);
        happening = "the broker is away; the gateway keeps everything";
      }
      case BROKER_RETURNS -> {
        broker = startBroker();
        happening = "the broker is back";
      }
      case GATEWAY_KILLED -> {
        Children.kill(gateway);
        gateway = startGateway();
        happening = "the gateway was killed (SIGKILL) and starts again";
      }
    }
  }

  private void drain() throws IOException, InterruptedException {
    if (!broker.isAlive()) {
      broker = startBroker();
    }
    Patience.until(
        "the gateway has delivered its backlog",
        TO_DRAIN,
        () -> {
          alive("gateway", gateway);
          JsonObject row =
              control
                  .ask("ledger")
                  .getJsonObject("destinations")
                  .getJsonObject(DemoConfiguration.DESTINATION);
          return row != null && row.getInt("accepted") > 0 && row.getInt("pending") == 0;
        });
  }

  private JournalContents journal() throws IOException {
    try (SqliteJournal journal = SqliteJournal.open(data(), JournalOptions.DEFAULT)) {
      return JournalContents.of(journal);
    } catch (JournalException e) {
      throw new IOException("the gateway's journal cannot be read: " + e.getMessage(), e);
    }
  }

  private void configure() throws IOException {
    Files.createDirectories(data());
    Path config = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        config.resolve("gateway.json"),
        DemoConfiguration.of(residents, httpPort, brokerPort, ports()).toString());
  }

  private Process startBroker() throws IOException {
    return start(
        "broker",
        java(
            "-Xmx64m",
            BrokerMain.class.getName(),
            "--port",
            "" + brokerPort,
            "--data",
            folder.resolve("broker").toString(),
            "--with-parent"));
  }

  private Process startGateway() throws IOException {
    return start(
        "gateway",
        List.of(
            settings.gateway().toString(),
            "--config",
            folder.resolve("etc").toString(),
            "--data",
            data().toString()));
  }

  private Process startNeighbourhood() throws IOException {
    return start(
        "neighbourhood",
        java(
            "-Xmx64m",
            Main.class.getName(),
            "--gateway",
            "127.0.0.1:" + httpPort,
            "--ports",
            ports().toString(),
            "--answers",
            answers().toString(),
            "--seed",
            "" + settings.seed(),
            "--speedup",
            "" + settings.speedup(),
            "--with-parent"));
  }

  private Process start(String name, List<String> command) throws IOException {
    return children.start(command, folder.resolve(name + ".log"));
  }

  /** A Java like this one, with the same class path. */
  private static List<String> java(String heap, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  private boolean alive(String name, Process process) throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "the "
              + name
              + " ended by itself (exit code "
              + process.exitValue()
              + "); its log says why: "
              + folder.resolve(name + ".log"));
    }
    return true;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path ports() {
    return folder.resolve("ports");
  }

  private Path answers() {
    return folder.resolve("answers.jsonl");
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
