package city.mycelium.emulated.hardware;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Outcome.Verdict;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of all cells. Each line of it says that the hardware was emulated: nobody shall take it
 * for a test on a board.
 */
final class Report {

  private record Line(Cell cell, Outcome outcome) {}

  private final List<Line> lines = new ArrayList<>();

  /** Adds a cell and what came of it. */
  void add(Cell cell, Outcome outcome) {
    lines.add(new Line(cell, outcome));
  }

  /** Whether no cell failed. One that was left out has not failed; it has proved nothing either. */
  boolean holds() {
    return lines.stream().noneMatch(line -> line.outcome().verdict() == Verdict.FAILED);
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(text(line.cell(), line.outcome()));
    }
    return text.append(summary()).append('\n').toString();
  }

  /** One cell, for people. */
  static String text(Cell cell, Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-7s %-18s %4d s  emulated: %s%n",
            outcome.verdict(),
            cell.name(),
            outcome.seconds(),
            cell.emulated()));
    text.append(" ".repeat(35)).append("real: ").append(cell.real()).append('\n');
    if (!outcome.detail().isEmpty()) {
      text.append(" ".repeat(35)).append(outcome.detail()).append('\n');
    }
    return text.toString();
  }

  /** One sentence about all. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "emulated hardware: %d of %d cells hold, %d failed, %d left out",
        count(Verdict.OK),
        lines.size(),
        count(Verdict.FAILED),
        count(Verdict.SKIPPED));
  }

  /** For programs. */
  JsonObject json() {
    JsonArrayBuilder cells = Json.createArrayBuilder();
    for (Line line : lines) {
      cells.add(
          Json.createObjectBuilder()
              .add("name", line.cell().name())
              .add("verdict", line.outcome().verdict().name().toLowerCase(Locale.ROOT))
              .add("real", line.cell().real())
              .add("emulated", line.cell().emulated())
              .add("seconds", line.outcome().seconds())
              .add("detail", line.outcome().detail()));
    }
    return Json.createObjectBuilder()
        .add("hardware", "emulated")
        .add("cells", cells)
        .add("holding", count(Verdict.OK))
        .add("failed", count(Verdict.FAILED))
        .add("leftOut", count(Verdict.SKIPPED))
        .add("holds", holds())
        .build();
  }

  private long count(Verdict verdict) {
    return lines.stream().filter(line -> line.outcome().verdict() == verdict).count();
  }
}
