package city.mycelium.bench.dialects;

import city.mycelium.bench.BenchBroker;
import city.mycelium.bench.Figure;
import city.mycelium.bench.Probe;
import city.mycelium.bench.Workspace;
import city.mycelium.testkit.MosquittoProcess;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ten Destinations, one of which hangs for ever: what the other nine keep of their throughput. Held
 * against nine beside a tenth that is well, and against nine alone, which is harder: one that is
 * well takes its share of the machine.
 */
public final class HangingBench {

  private static final int OBSERVATIONS = 50_000;
  private static final double GOAL_PERCENT = 90;

  private final Path workspace;
  private final int rounds;

  /** Measures nothing yet. */
  public HangingBench(Path workspace, int rounds) {
    this.workspace = workspace;
    this.rounds = rounds;
  }

  /** What nine do, and what they keep beside each kind of hanging. */
  public List<Figure> run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(workspace, "hanging");
    try (MosquittoProcess broker =
            BenchBroker.start(Files.createDirectories(folder.resolve("broker")));
        SilentServer neverGreets = SilentServer.mute();
        SilentServer neverConfirms = SilentServer.greeting();
        SilentServer neverResponds = SilentServer.mute()) {
      JsonObject answer =
          Probe.ask(
              HangingProbe.class,
              Files.createDirectories(folder.resolve("journal")).toString(),
              Integer.toString(OBSERVATIONS),
              Integer.toString(rounds),
              Integer.toString(broker.port()),
              Integer.toString(neverGreets.port()),
              Integer.toString(neverConfirms.port()),
              Integer.toString(neverResponds.port()));
      return figures(answer);
    } finally {
      Workspace.delete(folder);
    }
  }

  private List<Figure> figures(JsonObject answer) {
    double[] alone = perSecond(answer, Tenth.NONE);
    double[] well = perSecond(answer, Tenth.HEALTHY);
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.reported("nine destinations alone", "obs/s", alone));
    figures.add(Figure.reported("nine beside a tenth that is well", "obs/s", well));
    for (Tenth tenth : Tenth.values()) {
      if (tenth.hangs()) {
        double[] hanging = perSecond(answer, tenth);
        figures.add(Figure.reported("nine beside one that " + words(tenth), "obs/s", hanging));
        figures.add(
            Figure.atLeast(
                words(tenth) + ": of beside one that is well",
                GOAL_PERCENT,
                "%",
                share(hanging, well)));
        figures.add(
            Figure.atLeast(words(tenth) + ": of alone", GOAL_PERCENT, "%", share(hanging, alone)));
      }
    }
    return figures;
  }

  private static String words(Tenth tenth) {
    return tenth.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static double[] perSecond(JsonObject answer, Tenth tenth) {
    return answer.getJsonArray(tenth.name()).stream()
        .mapToDouble(value -> ((JsonNumber) value).doubleValue())
        .toArray();
  }

  /** Round by round. */
  private static double[] share(double[] part, double[] whole) {
    double[] share = new double[part.length];
    for (int i = 0; i < share.length; i++) {
      share[i] = 100 * part[i] / whole[i];
    }
    return share;
  }

  /** What a reader must know to judge them. */
  public List<String> notes() {
    return List.of(
        "hanging: each Destination drains a journal of "
            + OBSERVATIONS
            + " observations through consent and SenML CBOR, with a Destination's defaults, nine to"
            + " one Mosquitto (QoS 1); all ways in turns, round by round, in one process with a"
            + " gateway's options; shares are of the same round");
  }
}
