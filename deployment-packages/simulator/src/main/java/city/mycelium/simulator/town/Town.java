package city.mycelium.simulator.town;

import city.mycelium.api.journal.JournalException;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.simulator.BrokerMain;
import city.mycelium.simulator.Main;
import city.mycelium.simulator.Neighbourhood;
import city.mycelium.simulator.Resident;
import city.mycelium.simulator.lorawan.Households;
import city.mycelium.simulator.sender.Answers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Broker, receiver, gateway and neighbourhood, each a process that may be stopped, killed and
 * started again. Nothing runs until it is started. For one thread.
 */
public final class Town implements AutoCloseable {

  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final String LORAWAN_DEVICES = "lorawan-devices.json";
  private static final String RECEIVER_MAIN = "city.mycelium.receiver.Main";

  private final TownPlan plan;
  private final Neighbourhood planned;
  private final List<Resident> residents;
  private final Children children = new Children();
  private final int brokerPort;
  private final int httpPort;
  private final int radioPort;
  private final GatewayControl control;
  private final ReceiverHttp receiverHttp;
  private final int receiverPort;

  private @Nullable Process broker;
  private @Nullable Process receiver;
  private @Nullable Process gateway;
  private @Nullable Process neighbourhood;

  /** Chooses the ports. */
  public Town(TownPlan plan) throws IOException {
    this.plan = plan;
    planned = new Neighbourhood(plan.seed(), plan.speedup(), 0);
    residents = planned.residents();
    try (ServerSocket one = free();
        ServerSocket two = free();
        ServerSocket three = free();
        DatagramSocket four = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      brokerPort = one.getLocalPort();
      httpPort = two.getLocalPort();
      receiverPort = three.getLocalPort();
      radioPort = four.getLocalPort();
    }
    control = new GatewayControl(plan.data());
    receiverHttp = new ReceiverHttp(receiverPort);
  }

  /** Where the broker listens. */
  public int brokerPort() {
    return brokerPort;
  }

  public List<Resident> residents() {
    return residents;
  }

  public GatewayControl control() {
    return control;
  }

  public ReceiverHttp receiver() {
    return receiverHttp;
  }

  /**
   * Writes the gateway's configuration, and its list of LoRaWAN devices.
   *
   * @param brokerPort where the gateway is to look for the broker: its own, or something in between
   */
  public void configure(int brokerPort) throws IOException {
    Files.createDirectories(plan.data());
    JsonObjectBuilder configuration =
        Json.createObjectBuilder(
            TownConfiguration.of(
                residents, httpPort, radioPort, brokerPort, ports(), plan.further()));
    plan.configuration().forEach(configuration::add);
    Files.writeString(
        Files.createDirectories(plan.folder().resolve("etc")).resolve("gateway.json"),
        configuration.build().toString());
    Files.writeString(
        plan.data().resolve(LORAWAN_DEVICES), Households.deviceFile(planned.radio()).toString());
  }

  // --- processes

  /** Returns when it listens. */
  public void startBroker() throws IOException, InterruptedException {
    Process started =
        start(
            "broker",
            java(
                "-Xmx64m",
                BrokerMain.class.getName(),
                "--port",
                "" + brokerPort,
                "--data",
                plan.folder().resolve("broker").toString(),
                "--with-parent"));
    broker = started;
    Patience.until(
        "the broker listens", TO_START, () -> alive("broker", started) && listens(brokerPort));
  }

  public void stopBroker() throws InterruptedException {
    if (broker != null) {
      Children.stop(broker);
    }
  }

  public boolean isBrokerRunning() {
    return broker != null && broker.isAlive();
  }

  /** Returns when it is connected to the broker. */
  public void startReceiver() throws IOException, InterruptedException {
    Process started =
        start(
            "receiver",
            java(
                "-Xmx128m",
                RECEIVER_MAIN,
                "--mqtt-url",
                "tcp://127.0.0.1:" + brokerPort,
                "--db",
                plan.folder().resolve("receiver.db").toString(),
                "--http-port",
                "" + receiverPort));
    receiver = started;
    Patience.until(
        "the receiver is connected to the broker",
        TO_START,
        () -> alive("receiver", started) && receiverHttp.isWell());
  }

  /** Starts it and does not wait; see {@link #awaitGateway}. */
  public void startGateway() throws IOException {
    startGateway(Map.of());
  }

  /**
   * Starts it in a changed world.
   *
   * @param environment of its process, beside our own
   */
  public void startGateway(Map<String, String> environment) throws IOException {
    gateway =
        children.start(
            List.of(
                plan.gateway().toString(),
                "--config",
                plan.folder().resolve("etc").toString(),
                "--data",
                plan.data().toString()),
            plan.folder().resolve("gateway.log"),
            environment);
  }

  /** Returns when it takes what kits post and answers what people ask. */
  public void awaitGateway() throws IOException, InterruptedException {
    Patience.until(
        "the gateway answers",
        TO_START,
        () -> {
          checkAlive();
          return listens(httpPort) && control.ask("ledger").containsKey("accepted");
        });
  }

  /** Kills it (SIGKILL): it learns nothing of it. */
  public void killGateway() throws InterruptedException {
    if (gateway != null) {
      Children.kill(gateway);
    }
  }

  public void stopGateway() throws InterruptedException {
    if (gateway != null) {
      Children.stop(gateway);
    }
  }

  public void startNeighbourhood() throws IOException {
    neighbourhood =
        start(
            "neighbourhood",
            java(
                "-Xmx64m",
                Main.class.getName(),
                "--gateway",
                "127.0.0.1:" + httpPort,
                "--radio",
                "127.0.0.1:" + radioPort,
                "--ports",
                ports().toString(),
                "--answers",
                answers().toString(),
                "--seed",
                "" + plan.seed(),
                "--speedup",
                "" + plan.speedup(),
                "--with-parent"));
  }

  /** The sensors say no more. */
  public void stopNeighbourhood() throws InterruptedException {
    if (neighbourhood != null) {
      Children.stop(neighbourhood);
    }
  }

  /**
   * Says who has ended by himself, if anybody has.
   *
   * @throws IOException naming him and his log
   */
  public void checkAlive() throws IOException {
    alive("receiver", receiver);
    alive("gateway", gateway);
  }

  private Process start(String name, List<String> command) throws IOException {
    return children.start(command, plan.folder().resolve(name + ".log"), Map.of());
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

  private boolean alive(String name, @Nullable Process process) throws IOException {
    if (process != null && !process.isAlive()) {
      throw new IOException(
          "the "
              + name
              + " ended by itself (exit code "
              + process.exitValue()
              + "); its log says why: "
              + plan.folder().resolve(name + ".log"));
    }
    return true;
  }

  /** Ends every process that is still there. */
  @Override
  public void close() {
    children.close();
  }

  // --- the end

  /** Returns when the gateway has delivered all it has; the broker comes back if it was away. */
  public void drain(Duration atMost) throws IOException, InterruptedException {
    if (!isBrokerRunning()) {
      startBroker();
    }
    Patience.until(
        "the gateway has delivered its backlog",
        atMost,
        () -> {
          checkAlive();
          JsonObject row =
              control
                  .ask("ledger")
                  .getJsonObject("destinations")
                  .getJsonObject(TownConfiguration.DESTINATION);
          return row != null && row.getInt("accepted") > 0 && row.getInt("pending") == 0;
        });
  }

  /**
   * Returns when the further platforms have all that is theirs, or cannot get it, or time is up:
   * what still waits then is in the ledger.
   */
  public void drainFurther(Duration atMost) throws IOException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (Platforms look = platforms();
        look.isDraining() && System.nanoTime() - end < 0;
        look = platforms()) {
      checkAlive();
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  /**
   * How the further platforms stand.
   *
   * @throws IOException if the gateway does not say so
   */
  public Platforms platforms() throws IOException {
    return plan.further().names().isEmpty()
        ? Platforms.NONE
        : Platforms.of(
            plan.further().names(), control.ask("ledger"), control.ask("destination list"));
  }

  /** Stops the gateway, and draws up the ledger from what all four witnesses say. */
  public Ledger reckon() throws IOException, InterruptedException {
    Platforms further = platforms();
    JsonObject account = control.ask("ledger");
    JsonObject devices = control.ask("device list");
    JsonObject holdings = receiverHttp.get("/v1/gateways?audit=true");
    stopGateway();
    return Reckoning.of(
            TownConfiguration.DESTINATION,
            account,
            devices,
            holdings,
            journal(),
            Answers.read(answers()),
            residents)
        .with(further);
  }

  private JournalContents journal() throws IOException {
    try (SqliteJournal journal = SqliteJournal.open(plan.data(), JournalOptions.DEFAULT)) {
      return JournalContents.of(journal);
    } catch (JournalException e) {
      throw new IOException("the gateway's journal cannot be read: " + e.getMessage(), e);
    }
  }

  private Path ports() {
    return plan.folder().resolve("ports");
  }

  private Path answers() {
    return plan.folder().resolve("answers.jsonl");
  }

  private static boolean listens(int port) throws IOException {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    }
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
