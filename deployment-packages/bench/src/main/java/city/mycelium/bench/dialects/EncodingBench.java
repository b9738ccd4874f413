package city.mycelium.bench.dialects;

import city.mycelium.api.dialect.DialectKind;
import city.mycelium.bench.Figure;
import city.mycelium.bench.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast each dialect writes on one core, and how many bytes an observation takes. */
public final class EncodingBench {

  private static final Map<String, Double> GOALS_PER_SECOND =
      Map.of("senml-cbor", 500_000.0, "mycelium-block", 500_000.0, "ngsi-ld", 100_000.0);
  private static final String BLOCK = "mycelium-block";
  private static final double BLOCK_GOAL_BYTES = 6;

  private final int runs;

  /** Measures nothing yet. */
  public EncodingBench(int runs) {
    this.runs = runs;
  }

  /** Every dialect that there is, by name: speed, then bytes. */
  public List<Figure> run() throws IOException, InterruptedException {
    List<Figure> speed = new ArrayList<>();
    List<Figure> bytes = new ArrayList<>();
    for (DialectKind kind : Kinds.all().values()) {
      double[] perSecond = new double[runs];
      for (int run = 0; run < runs; run++) {
        perSecond[run] = Probe.number(Probe.ask(EncodingProbe.class, kind.name()), "perSecond");
      }
      speed.add(figure(GOALS_PER_SECOND.get(kind.name()), kind.name(), perSecond));
      bytes.add(
          Figure.reported(
              "payload, " + kind.name(), "B/obs", Weight.of(Setup.of(kind)).payloadEach()));
      if (kind.name().equals(BLOCK)) {
        bytes.add(
            Figure.atMost(
                "payload, " + BLOCK + ", kits alone",
                BLOCK_GOAL_BYTES,
                "B/obs",
                Weight.of(Setup.of(kind).selecting(City::isOfKit)).payloadEach()));
      }
    }
    speed.addAll(bytes);
    return speed;
  }

  private static Figure figure(@Nullable Double goal, String name, double... perSecond) {
    return goal == null
        ? Figure.reported("written, " + name, "obs/s", perSecond)
        : Figure.atLeast("written, " + name, goal, "obs/s", perSecond);
  }

  /** What a reader must know to judge them. */
  public List<String> notes() {
    return List.of(
        "written: observations per second of processor time of a process with a gateway's options"
            + " (one core, everything counted), "
            + Speech.BATCH
            + " per message, in a settled conversation with a platform that takes everything",
        "what is told: one gateway's share of an invented city, raw values and means, without what"
            + " a dialect has no words for; kits alone: their raw values; payload without channel, headers and transport"
            + " (docs/dialects.md)");
  }
}
