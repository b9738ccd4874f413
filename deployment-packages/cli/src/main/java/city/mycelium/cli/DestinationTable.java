package city.mycelium.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code destination list} for people: one row per Destination that fits a terminal, and below it,
 * in lines of their own, whatever else there is to say about it. Pure.
 */
final class DestinationTable {

  private static final int WIDTH = 96;
  private static final String INDENT = "    ";

  /** What everybody looks at first; all else is below, where it says something. */
  private static final List<String> COLUMNS =
      List.of("destination", "state", "connected", "position", "pending", "inFlight", "quarantine");

  private static final Set<String> WORDS = Set.of("destination", "state", "connected");

  /** What says nothing. */
  private static final Set<String> USUAL = Set.of("", "0", "none", "oldest-first");

  private DestinationTable() {}

  /** The answer to {@code destination list} as text. */
  static String of(JsonObject answer) {
    List<JsonObject> destinations =
        answer.getJsonArray("destinations").getValuesAs(JsonObject.class);
    if (destinations.isEmpty()) {
      return "(none)\n";
    }
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (String column : COLUMNS) {
      widths.put(
          column,
          destinations.stream()
              .mapToInt(one -> cell(one, column).length())
              .reduce(column.length(), Math::max));
    }
    StringBuilder text = new StringBuilder();
    List<String> head = new ArrayList<>();
    widths.forEach((column, width) -> head.add(pad(column, column, width)));
    line(text, head);
    for (JsonObject one : destinations) {
      List<String> row = new ArrayList<>();
      widths.forEach((column, width) -> row.add(pad(column, cell(one, column), width)));
      line(text, row);
      one.forEach(
          (name, value) -> {
            if (!COLUMNS.contains(name) && !USUAL.contains(plain(value))) {
              wrap(text, name + ": " + plain(value));
            }
          });
    }
    return text.toString();
  }

  private static String cell(JsonObject row, String column) {
    JsonValue value = row.get(column);
    return value == null ? "" : plain(value);
  }

  private static String plain(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> "yes";
      case FALSE -> "no";
      case STRING -> ((JsonString) value).getString();
      default -> value.toString();
    };
  }

  /** Words begin, numbers end under each other. */
  private static String pad(String column, String text, int width) {
    String blanks = " ".repeat(width - text.length());
    return WORDS.contains(column) ? text + blanks : blanks + text;
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(String.join("  ", cells).stripTrailing()).append('\n');
  }

  /** Between words; a word that is longer than a line stays whole, to be copied. */
  private static void wrap(StringBuilder text, String sentence) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(INDENT).append("  ");
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
