package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.shell.internal.ControlSocket;
import city.mycelium.shell.internal.Requests;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir private Path data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private @Nullable ControlSocket gateway;
  private Main main = new Main(print(out), print(err), Map.of());

  @BeforeEach
  void inTheDataDirectory() {
    main = new Main(print(out), print(err), Map.of("MYCELIUM_DATA", data.toString()));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** A gateway that says what it was asked. */
  private record Echo(String name) implements Command {
    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      if (arguments.containsValue("nobody")) {
        throw new CommandException("there is no thing 'nobody'");
      }
      return Map.of("devices", List.of(new TreeMap<String, Object>(arguments)));
    }
  }

  private void runGatewayWith(String command) throws IOException {
    Requests requests = new Requests();
    requests.add(new Echo(command));
    gateway = new ControlSocket(data, requests);
  }

  @AfterEach
  void stopGateway() throws IOException {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void runningGatewayIsAskedThroughItsSocket() throws Exception {
    runGatewayWith("device adopt");
    assertThat(main.run("device", "adopt", "kit.1", "--thing", "front")).isZero();
    assertThat(said()).isEqualTo("device  thing\nkit.1   front\n");
  }

  @Test
  void jsonIsWhatTheGatewaySaid() throws Exception {
    runGatewayWith("device adopt");
    main.run("device", "adopt", "kit.1", "--thing=front", "--json");
    assertThat(said()).isEqualTo("{\"devices\":[{\"device\":\"kit.1\",\"thing\":\"front\"}]}\n");
  }

  @Test
  void refusalIsSaidInWordsAndTheExitCodeTellsScripts() throws Exception {
    runGatewayWith("device adopt");
    assertThat(main.run("device", "adopt", "kit.1", "--thing", "nobody")).isEqualTo(Main.REFUSED);
    assertThat(complained()).contains("there is no thing 'nobody'");
  }

  @Test
  void whatMakesNoCommandIsAnsweredWithTheHelp() {
    assertThat(main.run("devise", "list")).isEqualTo(Main.USAGE);
    assertThat(main.run("device", "adopt", "kit.1")).isEqualTo(Main.USAGE);
    assertThat(main.run("ledger", "--data")).isEqualTo(Main.USAGE);
    assertThat(complained())
        .contains("devise list", "--thing THING", "needs a value", "mycelium ledger");
  }

  /** The frame and its keys are those of a public test vector (driver-lorawan, vectors.json). */
  @Test
  void lorawanFrameIsInspectedWithoutAnyGateway() {
    String nwkSKey = "44024241ed4ce9a68c6a8bc055233fd3";
    String appSKey = "ec925802ae430ca77fd3dd73cb2cc588";
    String[] inspect = {
      "lorawan",
      "inspect",
      "--phy",
      "40f17dbe4900020001954378762b11ff0d",
      "--nwk-skey",
      nwkSKey,
      "--app-skey",
      appSKey
    };
    assertThat(main.run(inspect)).isZero();
    assertThat(said())
        .containsPattern("micValid +true")
        .containsPattern("frmPlain +74657374")
        .containsPattern("devAddr +49be7df1")
        .doesNotContain(nwkSKey, appSKey);
    out.reset();
    String[] json = java.util.Arrays.copyOf(inspect, inspect.length + 1);
    json[inspect.length] = "--json";
    assertThat(main.run(json)).isZero();
    assertThat(said()).startsWith("{\"phy\":\"40f1").contains("\"micValid\":true");
  }

  @Test
  void anI2cBusIsLookedAtByTheGatewayThatRuns() throws Exception {
    runGatewayWith("i2c scan");
    assertThat(main.run("i2c", "scan", "--bus", "/dev/i2c-1", "--json")).isZero();
    assertThat(said()).isEqualTo("{\"devices\":[{\"bus\":\"/dev/i2c-1\"}]}\n");
  }

  /** A technician looks before there is any configuration. */
  @Test
  void withoutAGatewayAnI2cBusIsLookedAtFromHere() {
    assertThat(main.run("i2c", "scan")).isEqualTo(Main.USAGE);
    assertThat(main.run("i2c", "scan", "--bus", "i2c-1")).isEqualTo(Main.REFUSED);
    assertThat(main.run("i2c", "scan", "--bus", "/dev/i2c-987")).isEqualTo(Main.REFUSED);
    assertThat(complained())
        .contains(
            "say which bus: --bus /dev/i2c-1",
            "'i2c-1' is no bus",
            "the bus /dev/i2c-987 is not there");
  }

  @Test
  void whatIsNoLorawanFrameIsRefusedInWords() {
    assertThat(main.run("lorawan", "inspect", "--phy", "ff")).isEqualTo(Main.REFUSED);
    assertThat(main.run("lorawan", "inspect", "--phy", "f")).isEqualTo(Main.USAGE);
    assertThat(main.run("lorawan", "inspect")).isEqualTo(Main.USAGE);
    assertThat(main.run("lorawan", "listen")).isEqualTo(Main.USAGE);
    assertThat(main.run("lorawan", "inspect", "--phy", "40", "--app-key", "c0ffee"))
        .isEqualTo(Main.USAGE);
    assertThat(main.run("lorawan", "inspect", "--phy", "40", "--fcnt-msb", "x"))
        .isEqualTo(Main.USAGE);
    assertThat(complained())
        .contains(
            "major version 3",
            "two for each byte",
            "say which frame",
            "'lorawan listen'",
            "--app-key: an AES-128 key is 32 hexadecimal digits; this has 6 characters",
            "--fcnt-msb takes a number")
        .doesNotContain("c0ffee");
  }

  @Test
  void aTestOfADestinationExitsByWhatItFinds() throws Exception {
    Requests requests = new Requests();
    requests.add(
        new Command() {
          @Override
          public String name() {
            return "destination test";
          }

          @Override
          public Map<String, Object> run(Map<String, String> arguments) {
            boolean isSound = arguments.containsKey("publish");
            Map<String, Object> login = new TreeMap<>();
            login.put("layer", "login");
            login.put("works", isSound);
            login.put("sentence", "said");
            return Map.of("sound", isSound, "checks", List.of(login));
          }
        });
    gateway = new ControlSocket(data, requests);
    assertThat(main.run("destination", "test", "--destination", "city")).isEqualTo(Main.REFUSED);
    assertThat(main.run("destination", "test", "--destination", "city", "--publish")).isZero();
    assertThat(main.run("destination", "test")).isEqualTo(Main.USAGE);
    assertThat(complained()).contains("say which: --destination NAME", "read back");
  }

  @Test
  void optionsOfAReplayAreItsArguments() throws Exception {
    runGatewayWith("destination replay");
    assertThat(main.run("destination", "replay", "--destination", "city", "--from", "17", "--json"))
        .isZero();
    assertThat(said()).isEqualTo("{\"devices\":[{\"destination\":\"city\",\"from\":\"17\"}]}\n");
    assertThat(main.run("destination", "replay", "--destination", "city")).isEqualTo(Main.USAGE);
    assertThat(complained()).contains("say from where: --from");
  }

  @Test
  void quarantineEntryIsTheWordBehindTheCommand() throws Exception {
    runGatewayWith("quarantine retry");
    assertThat(main.run("quarantine", "retry", "city/4711", "--json")).isZero();
    assertThat(said()).isEqualTo("{\"devices\":[{\"entry\":\"city/4711\"}]}\n");
    assertThat(main.run("quarantine", "retry")).isEqualTo(Main.USAGE);
  }

  @Test
  void helpIsNoError() {
    assertThat(main.run("--help")).isZero();
    assertThat(said()).contains("mycelium device adopt");
  }

  @Test
  void folderWithoutAGatewayIsNamed() {
    assertThat(main.run("ledger", "--data", data.resolve("nowhere").toString()))
        .isEqualTo(Main.REFUSED);
    assertThat(complained()).contains("nowhere", "--data DIR");
  }

  /** A gateway and a receiver that hold against each other what they have. */
  private HttpServer compares(long delivered, long held) throws IOException {
    Requests requests = new Requests();
    requests.add(
        new Command() {
          @Override
          public String name() {
            return "ledger";
          }

          @Override
          public Map<String, Object> run(Map<String, String> arguments) {
            Map<String, Object> row = new TreeMap<>();
            row.putAll(Map.of("destination", "city", "datastream", "kit.1/PM25"));
            row.putAll(Map.of("accepted", 10, "unselected", 0, "delivered", delivered));
            row.putAll(Map.of("withheld", 10 - delivered, "dropped", 0, "pending", 0));
            row.put("droppedBy", Map.of());
            return Map.of(
                "gateway",
                "g",
                "epoch",
                "00c0ffee00c0ffee",
                "balanced",
                true,
                "destinations",
                Map.of("city", Map.of()),
                "datastreams",
                List.of(row));
          }
        });
    gateway = new ControlSocket(data, requests);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/v1/gateways/g/ledger",
        exchange -> {
          byte[] answer =
              ("{'gateway':'g','epochs':[{'epoch':'00c0ffee00c0ffee','destinations':"
                      + "[{'destination':'city','covered':10}],'datastreams':"
                      + "[{'datastream':'kit.1/PM25','stored':"
                      + held
                      + ",'inherited':0}]}]}")
                  .replace('\'', '"')
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    receiver.start();
    return receiver;
  }

  @Test
  void bothHalvesOfTheLedgerAreHeldAgainstEachOther() throws Exception {
    HttpServer receiver = compares(8, 8);
    try {
      String address = "http://127.0.0.1:" + receiver.getAddress().getPort();
      assertThat(main.run("ledger", "--receiver", address)).isZero();
      assertThat(said()).contains("2 never sent: no Grant").contains("Nothing is lost");
      assertThat(main.run("ledger", "--receiver", address, "--destination", "other"))
          .isEqualTo(Main.USAGE);
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void whatIsLostIsSaidByTheExitCodeToo() throws Exception {
    HttpServer receiver = compares(8, 7);
    try {
      String address = "http://127.0.0.1:" + receiver.getAddress().getPort();
      assertThat(main.run("ledger", "--receiver", address, "--json")).isEqualTo(Main.REFUSED);
      assertThat(said()).contains("\"lost\":1").contains("LOST");
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void receiverThatIsNotThereIsSaidInWords() throws Exception {
    HttpServer receiver = compares(8, 8);
    int port = receiver.getAddress().getPort();
    receiver.stop(0);
    assertThat(main.run("ledger", "--receiver", "http://127.0.0.1:" + port))
        .isEqualTo(Main.REFUSED);
    assertThat(complained()).contains("no receiver answers");
    assertThat(main.run("ledger", "--receiver", "127.0.0.1")).isEqualTo(Main.USAGE);
  }

  // A gateway that was killed leaves its socket behind; its data is opened instead.
  @Test
  void stoppedGatewaysDataIsOpened() throws Exception {
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(data.resolve(ControlSocket.FILE_NAME)));
    }
    assertThat(data.resolve(ControlSocket.FILE_NAME)).exists(); // control: it is still there
    assertThat(main.run("ledger", "--json")).isZero();
    assertThat(said()).contains("\"accepted\":0", "\"destinations\":{}");
  }

  @Test
  void deviceIsAdoptedWhileTheGatewayIsStopped() throws Exception {
    Path config = Files.createDirectories(data.resolve("etc"));
    Files.writeString(
        config.resolve("gateway.json"),
        """
        {
          // comments are welcome
          "city.mycelium.registry": { "things": [{ "id": "front", "owner": "resident" }] }
        }
        """);
    assertThat(
            main.run("device", "adopt", "kit.1", "--thing", "front", "--config", config.toString()))
        .isZero();
    assertThat(main.run("device", "list")).isZero();
    assertThat(said()).contains("kit.1").contains("adopted");
    assertThat(Files.readString(data.resolve("registry.jsonl"))).contains("kit.1");
  }

  /** A journal of two pages. */
  private record TwoPages(String name) implements Command {
    @Override
    public Map<String, Object> run(Map<String, String> arguments) {
      int after = Integer.parseInt(arguments.getOrDefault("after", "0"));
      List<Map<String, Object>> page =
          after == 2
              ? List.of()
              : List.of(
                  Map.of("offset", after + 1, "kind", "text", "result", "a, \"b\" " + arguments));
      return Map.of("observations", page, "after", Math.min(2, after + 1), "end", after == 2);
    }
  }

  @Test
  void exportAsksForPageAfterPageAndWritesLines() throws Exception {
    Requests requests = new Requests();
    requests.add(new TwoPages("journal export"));
    gateway = new ControlSocket(data, requests);

    assertThat(main.run("journal", "export", "--from", "2026-11-23")).isZero();

    assertThat(said().lines().toList())
        .containsExactly(
            "epoch,offset,datastream,phenomenonTime,kind,result,unit,quality,receivedAt",
            ",1,,,text,\"a, \"\"b\"\" {from=2026-11-23}\",,,",
            ",2,,,text,\"a, \"\"b\"\" {after=1, from=2026-11-23}\",,,");
  }

  @Test
  void whatNeedsTheDataForItselfIsRefusedWhileTheGatewayRuns() throws Exception {
    runGatewayWith("journal stats");
    assertThat(main.run("journal", "salvage")).isEqualTo(Main.REFUSED);
    assertThat(main.run("journal", "restore", "backup.db")).isEqualTo(Main.REFUSED);
    assertThat(complained()).contains("Stop it first");
  }

  @Test
  void damagedJournalIsSaidByTheExitCodeAndSalvagedByHand() throws Exception {
    Files.writeString(data.resolve("journal.db"), "shopping list ".repeat(100));

    assertThat(main.run("journal", "verify")).isEqualTo(Main.REFUSED);
    assertThat(main.run("journal", "stats")).isEqualTo(Main.REFUSED);
    assertThat(complained()).contains("journal salvage");
    assertThat(main.run("journal", "salvage")).isZero();
    assertThat(said()).contains("journal.db.damaged-");
    assertThat(main.run("journal", "verify")).isZero();
  }

  @Test
  void backupIsRestoredAsANewEpoch() throws Exception {
    String copy = data.resolve("copy.db").toString();
    assertThat(main.run("journal", "backup", copy)).isZero();
    assertThat(main.run("journal", "backup", copy)).as("overwrites").isEqualTo(Main.REFUSED);
    assertThat(main.run("journal", "restore", copy)).as("unasked").isEqualTo(Main.REFUSED);
    assertThat(main.run("journal", "restore", copy, "--replace")).isZero();

    out.reset();
    assertThat(main.run("journal", "stats", "--json")).isZero();
    assertThat(said()).contains("\"sameUpTo\":0", "Restored from a backup");
  }

  @Test
  void wordsOfTheJournalThatMakeNoCommandAreAnsweredWithTheHelp() {
    assertThat(main.run("journal")).isEqualTo(Main.USAGE);
    assertThat(main.run("journal", "defragment")).isEqualTo(Main.USAGE);
    assertThat(main.run("journal", "backup")).isEqualTo(Main.USAGE);
    assertThat(complained()).contains("say which file");
  }

  private static final String APP_KEY = "00112233445566778899aabbccddeeff";

  private int add(String stdin, String... more) {
    Main asking =
        new Main(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            print(out),
            print(err),
            Map.of("MYCELIUM_DATA", data.toString()));
    List<String> arguments =
        new ArrayList<>(
            List.of("device", "add", "--dev-eui", "70b3d57ed0000001", "--profile", "bosch-tps110"));
    arguments.addAll(List.of(more));
    return asking.run(arguments.toArray(String[]::new));
  }

  @Test
  void aLorawanDeviceOfAStoppedGatewayIsAddedListedAndRemoved() throws Exception {
    assertThat(add(APP_KEY + "\n", "--join-eui", "70b3d57ed0000000")).isZero();
    assertThat(main.run("device", "list")).isZero();

    assertThat(said()).contains("lorawan.70b3d57ed0000001", "bosch-tps110").doesNotContain(APP_KEY);
    assertThat(Files.readString(data.resolve("lorawan-devices.json"))).doesNotContain(APP_KEY);

    assertThat(main.run("device", "remove", "lorawan.70b3d57ed0000001")).isZero();
    assertThat(main.run("device", "remove", "lorawan.70b3d57ed0000001")).isEqualTo(Main.REFUSED);
  }

  /** Whoever may run ps would read it. */
  @Test
  void aKeyOnTheCommandLineIsRefused() {
    assertThat(add("", "--join-eui", "70b3d57ed0000000", "--app-key", APP_KEY))
        .isEqualTo(Main.USAGE);
    assertThat(complained()).contains("--app-key-file FILE").doesNotContain(APP_KEY);
    assertThat(data.resolve("lorawan-devices.json")).doesNotExist();
  }

  @Test
  void keysOfAPersonalizedDeviceComeFromAFileOrLineByLine() throws Exception {
    Path file = Files.writeString(data.resolve("key"), APP_KEY + "\n");
    assertThat(add(APP_KEY + "\n", "--dev-addr", "260b1a2b", "--nwk-skey-file", file.toString()))
        .isZero();
    assertThat(said()).contains("abp");
    assertThat(add("", "--dev-addr", "260b1a2c")).isEqualTo(Main.USAGE);
    assertThat(complained()).contains("no nwk-skey came on the standard input");
  }

  @Test
  void aDeviceIsAdoptedAtOnceAndIfNotItIsSaidWhatIsMissing() throws Exception {
    Files.createDirectory(data.resolve("etc"));
    Files.writeString(
        data.resolve("etc/gateway.json"),
        "{\"city.mycelium.registry\": {\"things\": [{\"id\": \"bay-1\", \"owner\": \"city\"}]}}");
    assertThat(add(APP_KEY, "--join-eui", "70b3d57ed0000000", "--thing", "moon"))
        .isEqualTo(Main.REFUSED);
    assertThat(complained()).contains("is registered, but does not belong to a thing yet");
    main.run("device", "remove", "lorawan.70b3d57ed0000001");
    assertThat(
            add(
                APP_KEY,
                "--join-eui",
                "70b3d57ed0000000",
                "--thing",
                "bay-1",
                "--config",
                data.resolve("etc").toString()))
        .isZero();
    assertThat(said()).contains("adopted");
  }
}
