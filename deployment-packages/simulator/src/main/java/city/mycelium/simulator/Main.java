package city.mycelium.simulator;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.simulator.Neighbourhood.SerialHousehold;
import city.mycelium.simulator.Neighbourhood.WifiHousehold;
import city.mycelium.simulator.Options.UsageException;
import city.mycelium.simulator.lorawan.RadioSide;
import city.mycelium.simulator.sender.AnswerLog;
import city.mycelium.simulator.sender.Carrier;
import city.mycelium.simulator.sender.Sender;
import city.mycelium.simulator.sender.SocketCarrier;
import city.mycelium.simulator.serial.SerialDevice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The neighbourhood as a process. Says {@code ready} on standard output when everybody is there.
 */
public final class Main {

  private static final String HELP =
      """
      The simulated neighbourhood: Wi-Fi kits that post to a gateway, serial devices to be opened by it,
      and LoRaWAN devices with two concentrators.

        --gateway HOST:PORT   where the kits post to                   (127.0.0.1:8086)
        --radio HOST:PORT     where it listens for LoRaWAN packet forwarders  (no LoRaWAN)
        --ports DIR           folder in which the serial ports appear  (needed)
        --answers FILE        what the gateway answered, JSON lines    (needed)
        --seed N              another neighbourhood, other weather     (1)
        --speedup X           kits post X times as often as in life    (1)
        --with-parent         ends when standard input ends
      """;

  private static final Set<String> NAMED =
      Set.of("gateway", "radio", "ports", "answers", "seed", "speedup");
  private static final Set<String> FLAGS = Set.of("help", "with-parent");
  private static final Duration KITS_WAIT_FOR_AN_ANSWER = Duration.ofSeconds(5);

  private Main() {}

  public static void main(String[] words) throws IOException, InterruptedException {
    try {
      Options options = Options.parse(List.of(words), NAMED, FLAGS);
      if (options.has("help")) {
        System.out.print(HELP);
        return;
      }
      run(options);
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Options options)
      throws UsageException, IOException, InterruptedException {
    Clock clock = new SystemClock();
    Schedulers schedulers = new ThreadSchedulers();
    long seed = options.wholeNumber("seed", 1);
    Neighbourhood neighbourhood =
        new Neighbourhood(seed, options.number("speedup", 1), clock.epochMillis());
    Path ports = Files.createDirectories(Path.of(options.need("ports")));
    AnswerLog log = AnswerLog.appendTo(Path.of(options.need("answers")));
    Carrier carrier = carrier(options.address("gateway", "127.0.0.1:8086"));

    List<SerialDevice> plugged = new ArrayList<>();
    for (SerialHousehold home : neighbourhood.serial()) {
      plugged.add(
          SerialDevice.plugIn(
              ports.resolve(home.port()),
              home.chip(),
              home.noise(),
              clock,
              schedulers.serial(home.port()),
              schedulers.serial(home.port() + " listens")));
    }
    List<Scheduler> posting = new ArrayList<>();
    Random waits = new Random(seed);
    for (WifiHousehold home : neighbourhood.wifi()) {
      Scheduler scheduler = schedulers.serial(home.kit().device());
      posting.add(scheduler);
      new Sender(home.kit(), home.patience(), carrier, log, clock, scheduler)
          .start(Duration.ofMillis(waits.nextLong(home.kit().period().toMillis())));
    }
    Optional<RadioSide> radio = radio(options, neighbourhood, seed, log, clock, schedulers);
    System.out.println("ready");
    Lifetime.live(
        options.has("with-parent"),
        () -> {
          posting.forEach(Scheduler::close);
          plugged.forEach(SerialDevice::close);
          radio.ifPresent(RadioSide::close);
          log.close();
        });
  }

  private static Optional<RadioSide> radio(
      Options options,
      Neighbourhood neighbourhood,
      long seed,
      AnswerLog log,
      Clock clock,
      Schedulers schedulers)
      throws UsageException, IOException {
    if (options.find("radio") == null) {
      return Optional.empty();
    }
    return Optional.of(
        RadioSide.start(
            options.address("radio", ""), neighbourhood.radio(), seed, log, clock, schedulers));
  }

  private static Carrier carrier(InetSocketAddress address) {
    return new SocketCarrier(address.getHostString(), address.getPort(), KITS_WAIT_FOR_AN_ANSWER);
  }
}
