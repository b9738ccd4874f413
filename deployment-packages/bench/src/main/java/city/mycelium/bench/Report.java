package city.mycelium.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark prints: figures, and what they were measured on.
 *
 * @param benchmark its name
 * @param figures in the order of printing
 * @param notes what a reader must know to judge them
 */
public record Report(String benchmark, List<Figure> figures, List<String> notes) {

  private static final int NAME_WIDTH = 46;

  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("bench ").append(benchmark).append(" on ").append(machine()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%-" + NAME_WIDTH + "s %12s %21s %12s  %s%n",
            "figure",
            "median",
            "lowest … highest",
            "goal",
            ""));
    for (Figure figure : figures) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + NAME_WIDTH + "s %12s %21s %12s  %s%n",
              figure.name() + " (" + figure.unit() + ")",
              number(figure.median()),
              number(figure.lowest()) + " … " + number(figure.highest()),
              goal(figure),
              figure.direction() == Figure.Direction.NONE
                  ? ""
                  : figure.isReached() ? "reached" : "NOT REACHED"));
    }
    notes.forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  public JsonObject json() {
    JsonArrayBuilder rows = Json.createArrayBuilder();
    for (Figure figure : figures) {
      JsonObjectBuilder row =
          Json.createObjectBuilder()
              .add("name", figure.name())
              .add("unit", figure.unit())
              .add("value", figure.median())
              .add("lowest", figure.lowest())
              .add("highest", figure.highest())
              .add("runs", figure.runs().size());
      figure
          .goal()
          .ifPresent(
              goal ->
                  row.add("goal", goal)
                      .add(
                          "direction",
                          figure.direction() == Figure.Direction.AT_LEAST ? "at least" : "at most")
                      .add("reached", figure.isReached()));
      rows.add(row);
    }
    return Json.createObjectBuilder()
        .add("benchmark", benchmark)
        .add("machine", machine())
        .add("figures", rows)
        .add("notes", Json.createArrayBuilder(notes))
        .build();
  }

  private static String goal(Figure figure) {
    return figure.goal().isEmpty()
        ? "–"
        : (figure.direction() == Figure.Direction.AT_LEAST ? "≥ " : "≤ ")
            + number(figure.goal().getAsDouble());
  }

  private static String number(double value) {
    return Math.abs(value) >= 1_000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  /** What it was measured on. */
  public static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " × "
        + processor()
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", Java "
        + Runtime.version();
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) { // no /proc: the figure stands, only its label is poorer
      return "unknown processor";
    }
  }
}
