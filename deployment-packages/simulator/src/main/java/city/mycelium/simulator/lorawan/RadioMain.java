package city.mycelium.simulator.lorawan;

import city.mycelium.api.time.Clock;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.simulator.Options;
import city.mycelium.simulator.Options.UsageException;
import city.mycelium.simulator.sender.AnswerLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The LoRaWAN devices of the neighbourhood as a process of their own, for tests and for whoever has
 * no radio. Says {@code ready} on standard output when everybody is there; ends when standard input
 * ends.
 */
public final class RadioMain {

  private static final String HELP =
      """
      Two parking bays and a waste bin over LoRaWAN, heard by two packet forwarders.

        --gateway HOST:PORT   where it listens for packet forwarders    (127.0.0.1:1700)
        --answers FILE        what was acknowledged, JSON lines         (needed)
        --devices FILE        writes the gateway's list of the devices, keys in plain, and ends
        --seed N              other devices, other weather              (1)
        --speedup X           they report X times as often as in life   (1)
      """;

  private static final Set<String> NAMED =
      Set.of("gateway", "answers", "devices", "seed", "speedup");

  private RadioMain() {}

  public static void main(String[] words) throws IOException {
    try {
      Options options = Options.parse(List.of(words), NAMED, Set.of("help"));
      if (options.has("help")) {
        System.out.print(HELP);
        return;
      }
      run(options);
      System.exit(0);
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Options options) throws UsageException, IOException {
    long seed = options.wholeNumber("seed", 1);
    double speedup = options.number("speedup", 1);
    List<Household> households =
        Households.of(seed, inLife -> Duration.ofMillis((long) (inLife.toMillis() / speedup)));
    String devices = options.find("devices");
    if (devices != null) {
      Files.writeString(Path.of(devices), Households.deviceFile(households).toString());
      return;
    }
    Clock clock = new SystemClock();
    InetSocketAddress gateway = options.address("gateway", "127.0.0.1:1700");
    try (AnswerLog log = AnswerLog.appendTo(Path.of(options.need("answers")))) {
      RadioSide side =
          RadioSide.start(gateway, households, seed, log, clock, new ThreadSchedulers());
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // whatever it says, it is alive
      }
      side.close();
    }
  }
}
