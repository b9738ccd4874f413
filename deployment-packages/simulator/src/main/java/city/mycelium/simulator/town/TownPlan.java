package city.mycelium.simulator.town;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a town is to be like.
 *
 * @param home the folder of the distribution
 * @param folder where everything that the town makes is kept; data and logs
 * @param data the gateway's data directory, for whoever wants it on a disk of its own
 * @param seed which neighbourhood
 * @param speedup how much faster than in life the Wi-Fi kits post, at least 1
 * @param configuration laid over the gateway's: Configurator JSON, by PID
 * @param further the platforms beside the receiver
 */
public record TownPlan(
    Path home,
    Path folder,
    Path data,
    long seed,
    double speedup,
    JsonObject configuration,
    FurtherDestinations further) {

  public TownPlan {
    if (!Files.isExecutable(gateway(home))) {
      throw new IllegalArgumentException(
          "there is no distribution in " + home + ": build it first");
    }
  }

  /** A town with its receiver alone. */
  public TownPlan(
      Path home, Path folder, Path data, long seed, double speedup, JsonObject configuration) {
    this(home, folder, data, seed, speedup, configuration, FurtherDestinations.NONE);
  }

  /** A town whose gateway is as it comes. */
  public static TownPlan of(Path home, Path folder, long seed, double speedup) {
    return new TownPlan(
        home, folder, folder.resolve("data"), seed, speedup, JsonObject.EMPTY_JSON_OBJECT);
  }

  /** The same town with more platforms. */
  public TownPlan with(FurtherDestinations platforms) {
    return new TownPlan(home, folder, data, seed, speedup, configuration, platforms);
  }

  /** The program that starts a gateway. */
  Path gateway() {
    return gateway(home);
  }

  private static Path gateway(Path home) {
    return home.resolve("bin").resolve("mycelium-gateway");
  }
}
