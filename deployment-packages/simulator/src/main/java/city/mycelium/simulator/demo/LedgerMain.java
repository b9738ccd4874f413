package city.mycelium.simulator.demo;

import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.http.HttpApi;
import city.mycelium.receiver.internal.intake.Presence;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.store.Database;
import city.mycelium.simulator.Options;
import city.mycelium.simulator.Options.UsageException;
import city.mycelium.simulator.town.TownConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code mycelium ledger} where nothing says which gateway is meant: the last demo's. Its receiver
 * has ended, so its database is answered from here, by the receiver's own HTTP API.
 */
public final class LedgerMain {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private LedgerMain() {}

  public static void main(String[] words) {
    try {
      Options options = Options.parse(List.of(words), Set.of("demo"), Set.of("json"));
      String demo = options.find("demo");
      Path folder = demo == null ? LastDemo.ofThisUser().find() : Path.of(demo);
      System.err.println("The ledger of the demo in " + folder);
      city.mycelium.cli.Main.main(question(folder, options.has("json")));
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    } catch (IOException e) {
      System.err.println(
          e.getMessage()
              + ". Say where a gateway's data is with --data DIR, or run ./mycelium demo first.");
      System.exit(FAILED);
    }
  }

  private static String[] question(Path folder, boolean json) throws IOException {
    Path database = folder.resolve("receiver.db");
    if (!Files.isRegularFile(database)) {
      throw new IOException("there is no demo in " + folder);
    }
    // Not closed: the command line ends the process when it has asked.
    HttpApi receiver =
        HttpApi.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Archive(Database.at(database.toString())),
            new Presence(),
            new Tally());
    List<String> question = new ArrayList<>(List.of("ledger"));
    question.addAll(List.of("--data", folder.resolve("data").toString()));
    question.addAll(List.of("--receiver", receiver.address().toString()));
    // Platforms beside it (demo --also) hold what this receiver need not have.
    question.addAll(List.of("--destination", TownConfiguration.DESTINATION));
    if (json) {
      question.add("--json");
    }
    return question.toArray(String[]::new);
  }
}
