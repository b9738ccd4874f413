package city.mycelium.bench;

import city.mycelium.bench.CodecCorpus.Share;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What vendors' scripts take and how they are held: the heap of a hundred of them, the time until a
 * hostile one is stopped, and, for a folder of public ones, whether they decode as in node.js. Part
 * of {@code bench lorawan}.
 */
final class CodecBench {

  private static final double MB = 1_000_000;
  private static final double HEAP_GOAL_MB = 30;

  /** The deadline of a gateway, and what its scheduler may add. */
  private static final double STOPPED_GOAL_MILLIS = 600;

  private static final double SAME_GOAL_PERCENT = 99.5;

  private final int runs;
  private final Optional<Path> corpus;
  private final List<String> notes = new ArrayList<>();

  /**
   * Measures nothing yet.
   *
   * @param corpus a folder of scripts with examples; see {@link CodecCorpus} for how it looks
   */
  CodecBench(int runs, Optional<Path> corpus) {
    this.runs = runs;
    this.corpus = corpus;
  }

  List<Figure> figures() throws IOException, InterruptedException {
    notes.clear();
    List<Figure> figures = new ArrayList<>();
    double[] heap = new double[runs];
    double[][] stopped = new double[CodecProbe.HOSTILE.size()][runs];
    double[] worst = new double[runs];
    for (int run = 0; run < runs; run++) {
      JsonObject answer = Probe.ask(CodecProbe.class);
      heap[run] = Probe.number(answer, "heapBytes") / MB;
      JsonObject millis = answer.getJsonObject("stoppedMillis");
      int i = 0;
      for (String name : CodecProbe.HOSTILE.keySet()) {
        stopped[i][run] = Probe.number(millis, name);
        worst[run] = Math.max(worst[run], stopped[i][run]);
        i++;
      }
    }
    figures.add(Figure.atMost("heap for 100 different codecs", HEAP_GOAL_MB, "MB", heap));
    int i = 0;
    for (String name : CodecProbe.HOSTILE.keySet()) {
      figures.add(Figure.reported("stopped after: " + name, "ms", stopped[i++]));
    }
    figures.add(
        Figure.atMost("the slowest of these to be stopped", STOPPED_GOAL_MILLIS, "ms", worst));
    notes.add("codecs: interpreted in a process with a gateway's options, deadline 500 ms");
    corpus(figures);
    return figures;
  }

  private void corpus(List<Figure> figures) throws IOException, InterruptedException {
    if (corpus.isEmpty()) {
      notes.add("public codecs against node.js: not measured; give a folder with --corpus DIR");
      return;
    }
    Optional<Share> measured = new CodecCorpus(corpus.get()).compare();
    if (measured.isEmpty()) {
      notes.add("public codecs against node.js: not measured; there is no 'node' on this machine");
      return;
    }
    Share share = measured.get();
    if (share.byNode() == 0) {
      notes.add("public codecs against node.js: not measured; no example in " + corpus.get());
      return;
    }
    figures.add(
        Figure.atLeast(
            "decoded as by node.js",
            SAME_GOAL_PERCENT,
            "%",
            100.0 * share.same() / share.byNode()));
    notes.add(
        share.examples()
            + " examples of "
            + share.scripts()
            + " scripts, of which node.js decodes "
            + share.byNode()
            + ", we to the same values "
            + share.same());
    share.differences().stream().limit(10).forEach(notes::add);
  }

  /** What to know about the figures; after {@link #figures}. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
