package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.serial.internal.line.JSerialCommLines;
import city.mycelium.shell.internal.ControlSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words of a person, asked of a gateway: {@code mycelium device …}, {@code lorawan status},
 * {@code i2c scan}, {@code health}, {@code record}, {@code ledger}, {@code destination …}, {@code
 * quarantine …}, {@code clock}, {@code journal …}; and {@code decode}, {@code replay} and {@code
 * lorawan inspect}, which need no gateway. Exits 0 only if what was asked was done.
 */
public final class Main {

  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;

  /** The one of the words about LoRaWAN that is asked of a gateway. */
  private static final List<String> STATUS = List.of("lorawan", "status");

  private static final List<String> DESTINATION_LIST = List.of("destination", "list");

  private static final String LOG_LEVEL = "tinylog.level";

  private static final String HELP =
      """
      mycelium device list [--data DIR] [--json]
          every device: adopted, or waiting for adoption with what is held for it
      mycelium device adopt DEVICE --thing THING [--data DIR] [--json]
          from now on the device belongs to the thing, and what was held is released
      mycelium device add --dev-eui EUI --join-eui EUI --profile PROFILE [--app-key-file FILE]
              [--name NAME] [--thing THING] [--lorawan 1.0.4] [--adr false]
          registers a LoRaWAN device that joins; without a file the key is read from the standard
          input: an argument could be seen by everybody on this machine
      mycelium device add --dev-eui EUI --dev-addr ADDR --profile PROFILE [--nwk-skey-file FILE
              --app-skey-file FILE] [--resets-counters true] …
          registers one that is personalized (ABP); without files NwkSKey and AppSKey are read from
          the standard input, a line each
      mycelium device add --dev-eui EUI --profile PROFILE --activation feed [--name NAME] [--thing THING]
          one that another network hears, and that comes over a feed
      mycelium device remove DEVICE
          a LoRaWAN device is not listened to any more; what it has said stays
      mycelium health [--data DIR] [--json]
          which devices need somebody, and for what; exits 0 only if none does
      mycelium record [--devices ID,…] [--seconds 60] [--bytes 10000000] [--with-personal]
              [--out FILE] [--data DIR]
          keeps the raw frames of devices with their times, and what was made of them: a fault
          report is one file. What is personal by nature (a meter's telegrams, positions) is left
          out, unless whom it is about agrees: --with-personal. Each device is connected anew
      mycelium record status|stop [--data DIR]
          how the record stands; ends it before its time
      mycelium replay FILE [--speed N] [--config DIR] [--json]
          runs a record through the same decoders, without gateway or device, prints each result
          and exits 0 only if something was kept on site and all of it came out, bit for bit
      mycelium lorawan status [--data DIR] [--json]
          concentrators and feeds, what they bring, and what is refused and why
      mycelium i2c scan --bus BUS [--data DIR] [--json]
          who answers on an I2C bus such as /dev/i2c-1, or /dev/i2c-1/mux@0x70/3 for channel 3 of a
          multiplexer; what it may be, and what is configured there. Asks a running gateway, which
          knows its chips; where none runs it looks by itself
      mycelium ledger [--data DIR] [--json]
          what became of everything that was accepted, per destination and datastream
      mycelium ledger --receiver http://HOST:PORT [--destination NAME,…] [--json]
          the same held against what that receiver holds, with every difference explained;
          exits 0 only if nothing is lost and everything is explained
      mycelium clock [--data DIR] [--json]
          whether the time is trusted, who vouches for it, since when, how many readings wait for
          it, and what to do
      mycelium destination list [--data DIR] [--json]
          how each destination stands: connected, position, what waits and why, the last error
      mycelium destination add NAME --recipient PARTY --config DIR [--connector mqtt]
              [--set KEY=VALUE …] [--set connector.KEY=VALUE …]
          writes destination-NAME.json into the folder of the configuration; lists with commas
      mycelium destination remove NAME --config DIR
          takes that file away; how far the destination came stays in the journal
      mycelium destination test --destination NAME [--publish] [--json]
          what works, a sentence per layer: configuration, name, route, TLS, login, data, publish
          (the last observation that was delivered, once more), read back; exits 0 only if nothing
          fails. --publish: also where the platform may then keep that observation twice
      mycelium destination pause|resume --destination NAME
          nothing goes out until it is resumed, also after a restart
      mycelium destination replay|backfill --destination NAME --from INSTANT|OFFSET [--to …]
          sends again what the journal still holds of what the destination has passed, behind live
          data; consent is judged anew, so it is how a later Grant reaches back; the ledger counts
          nothing twice
      mycelium quarantine list [--destination NAME] [--data DIR] [--json]
          what a platform did not take, why, and since when
      mycelium quarantine show|retry|discard DESTINATION/OFFSET
          looks into an entry, sends it again, or forgets it (the ledger goes on saying refused)
      mycelium journal stats [--data DIR] [--json]
          what is in the journal, how much room it takes, and what has happened to it
      mycelium journal verify [--data DIR] [--json]
          reads all of it; exits 1 if anything is not as it was written
      mycelium journal export [--from TIME] [--to TIME] [--datastream ID] [--data DIR] [--json]
          every Observation as a line of CSV, or of JSON; times such as 2026-11-23T12:00:00Z
      mycelium journal backup FILE [--data DIR]
          a copy as of one moment, read through once; the gateway may run
      mycelium journal restore FILE [--replace] [--data DIR]
          puts a backup back, as a new epoch; the gateway has to be stopped
      mycelium journal salvage [--data DIR]
          sets a damaged journal aside and saves what can be read; the gateway has to be stopped
          (a running one does it by itself)
      mycelium lorawan inspect --phy HEX [--nwk-skey K --app-skey K [--fcnt-msb N]] [--app-key K]
          every field of a LoRaWAN 1.0.x frame, whether its MIC is valid, its plain payload and its
          MAC commands in words, as far as the keys reach: 32 hexadecimal digits each, never
          printed (but a shell remembers what is typed); --fcnt-msb: the upper 16 bits of the
          frame counter, which are not on the air (default: 0). Needs no gateway

      mycelium modbus read --type TYPE | --profile FILE --unit N [--timeout MILLIS] [--json]
              --port /dev/… [--baud N] [--parity none|even|odd] [--stop-bits N]
              | --host NAME [--tcp-port N] [--rtu-over-tcp]
          every register that a profile names: what stands there and what it means, or why not;
          exits 0 only if all of it is as the profile says. Needs no gateway

      mycelium decode --script FILE --fport N --bytes HEX [--recv-time TIME] [--json]
          what a payload formatter (TS013: decodeUplink, normalizeUplink, Decoder) makes of a
          payload, as the gateway would run it
      mycelium decode --jsonl
          the same for lines of {"script":"path.js","fPort":1,"bytes":"01ff"}, with "recvTime" if
          the script needs it, from standard input: for each, in order, one line
          {"data":{…},"warnings":[…]} or {"errors":[…]}

      --data DIR    the gateway's data directory (default: $MYCELIUM_DATA, else ./data)
      --config DIR  its configuration, needed only to adopt while the gateway is stopped
      --destination which destinations go to that receiver (default: all)
      --json        JSON instead of a table
      """;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this(InputStream.nullInputStream(), out, err, environment);
  }

  Main(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    // What matters is said in words of ours; the rooms' own log would only stand between them.
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "off");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Main(System.in, out, err, System.getenv()).run(arguments));
  }

  int run(String... arguments) {
    try {
      CommandLine line = CommandLine.parse(arguments);
      boolean isAboutDialects =
          line.words().equals(List.of("encode"))
              || (line.words().equals(List.of("decode")) && line.has("dialect"));
      if (line.has("help") || line.words().isEmpty()) {
        out.print(isAboutDialects ? DialectWords.HELP : HELP + DialectWords.HELP);
        return line.has("help") ? DONE : USAGE;
      }
      if (isAboutDialects) {
        boolean done =
            line.words().get(0).equals("encode")
                ? DialectWords.encode(line, in, out, err)
                : DialectWords.decode(line, in, out);
        return done ? DONE : REFUSED;
      }
      if (line.words().equals(List.of("decode"))) {
        return decode(line);
      }
      if (line.words().get(0).equals("replay")) {
        RecordClock clock = new RecordClock();
        return say(
            line,
            ReplayWords.run(
                line,
                new Replay(Replayers.all(line.option("config").map(Path::of), clock), clock),
                out));
      }
      if (line.words().get(0).equals("lorawan") && !line.words().equals(STATUS)) {
        return say(line, LorawanWords.run(line));
      }
      if (line.words().get(0).equals("modbus")) {
        return say(line, ModbusWords.run(line, new JSerialCommLines(), new SystemClock()));
      }
      if (line.words().size() > 1
          && line.words().get(0).equals("destination")
          && List.of("add", "remove").contains(line.words().get(1))) {
        return say(line, ConfiguredDestination.run(line));
      }
      Question question = Question.of(line);
      if (question.command().equals("ledger") && line.has("receiver")) {
        return compare(line);
      }
      if (line.words().get(0).equals("journal")) {
        Optional<JsonObject> done = JournalWords.run(line, data(line), System.currentTimeMillis());
        if (done.isPresent()) {
          return say(line, done.get());
        }
      }
      if (question.command().equals("i2c scan")) {
        return say(line, I2cWords.scan(question, running(line)));
      }
      try (Gateway gateway = find(line)) {
        if (question.command().equals("journal export")) {
          Export.run(gateway, question.arguments(), line.has("json"), out);
          return DONE;
        }
        if (question.command().equals("device add")) {
          return say(line, new NewLorawanDevice(in, err).add(gateway, line, question));
        }
        if (question.command().equals("record")) {
          return say(line, RecordWords.run(gateway, line, err));
        }
        return say(line, gateway.ask(question.command(), question.arguments()));
      }
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(HELP);
      return USAGE;
    } catch (CommandException | IOException e) {
      err.println(e.getMessage());
      return REFUSED;
    }
  }

  private int decode(CommandLine line) throws UsageException, IOException {
    try (Decode decode = new Decode(new SystemClock())) {
      if (line.has("jsonl")) {
        decode.lines(in, out);
        return DONE;
      }
      Decoded decoded =
          decode.decode(
              required(line, "script", "say which script: --script FILE"),
              required(line, "fport", "say on which port the payload came: --fport N"),
              required(line, "bytes", "say the payload: --bytes HEX"),
              line.option("recv-time").orElse(""));
      boolean done = decoded instanceof Decoded.Fields;
      if (line.has("json")) {
        out.println(decoded.toJson());
      } else {
        (done ? out : err).print(Decode.text(decoded));
      }
      return done ? DONE : REFUSED;
    }
  }

  private static String required(CommandLine line, String option, String otherwise)
      throws UsageException {
    return line.option(option).orElseThrow(() -> new UsageException(otherwise));
  }

  /** Prints an answer; one that says that something is not sound is no success. */
  private int say(CommandLine line, JsonObject answer) {
    out.print(line.has("json") ? answer + "\n" : text(line, answer));
    return answer.getBoolean("sound", true) && answer.getBoolean("healthy", true) ? DONE : REFUSED;
  }

  private static String text(CommandLine line, JsonObject answer) {
    return line.words().equals(DESTINATION_LIST) ? DestinationTable.of(answer) : Table.of(answer);
  }

  private int compare(CommandLine line) throws UsageException, CommandException, IOException {
    ReceiverHttp receiver = ReceiverHttp.at(line.option("receiver").orElseThrow());
    try (Gateway gateway = find(line)) {
      GatewayLedger before = GatewayLedger.of(gateway.ask("ledger", Map.of()));
      ReceiverLedger held = receiver.ledger(before.gateway(), before.epoch());
      GatewayLedger after = GatewayLedger.of(gateway.ask("ledger", Map.of()));
      Comparison comparison = Comparison.of(before, held, after, selected(line, after));
      out.print(line.has("json") ? comparison.toJson() + "\n" : comparison.toText());
      return comparison.isSound() ? DONE : REFUSED;
    }
  }

  private static Set<String> selected(CommandLine line, GatewayLedger ledger)
      throws UsageException {
    Set<String> known = ledger.rows().keySet();
    if (!line.has("destination")) {
      return known;
    }
    Set<String> named = new TreeSet<>(List.of(line.option("destination").orElseThrow().split(",")));
    if (!known.containsAll(named)) {
      throw new UsageException(
          "the gateway's destinations are " + String.join(", ", known) + ", not all of " + named);
    }
    return named;
  }

  private Path data(CommandLine line) throws IOException {
    Path data =
        Path.of(
            line.option("data")
                .or(() -> Optional.ofNullable(environment.get("MYCELIUM_DATA")))
                .orElse("data"));
    if (!Files.isDirectory(data)) {
      throw new IOException(
          "there is no gateway's data in '"
              + data
              + "': say where it is with --data DIR, or start the gateway once");
    }
    return data;
  }

  /** The gateway that runs, if one does; that there is no data yet is no error. */
  private Optional<Gateway> running(CommandLine line) throws IOException {
    if (!line.has("data") && !environment.containsKey("MYCELIUM_DATA")) {
      Path usual = Path.of("data");
      return Files.isDirectory(usual)
          ? RunningGateway.find(usual.resolve(ControlSocket.FILE_NAME))
          : Optional.empty();
    }
    return RunningGateway.find(data(line).resolve(ControlSocket.FILE_NAME));
  }

  private Gateway find(CommandLine line) throws IOException {
    Path data = data(line);
    Optional<Gateway> running = RunningGateway.find(data.resolve(ControlSocket.FILE_NAME));
    if (running.isPresent()) {
      return running.get();
    }
    return StoppedGateway.open(data, line.option("config").map(Path::of));
  }
}
