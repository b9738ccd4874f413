package city.mycelium.cli;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows and columns for people, out of a command's answer. Pure. */
final class Table {

  private Table() {}

  /**
   * The answer as text: plain members as {@code name value} lines, lists and maps of objects as
   * tables of their own, with a line between. A list that is empty is a line with its name, if
   * there is more than this list.
   */
  static String of(JsonObject answer) {
    StringBuilder text = new StringBuilder();
    int widest = answer.keySet().stream().mapToInt(String::length).max().orElse(0);
    answer.forEach(
        (name, value) -> {
          if (value instanceof JsonArray rows && rows.isEmpty() && answer.size() > 1) {
            text.append(pad(name, widest)).append("  none\n");
          } else if (value instanceof JsonArray rows) {
            text.append(text.length() == 0 ? "" : "\n")
                .append(rows(rows.getValuesAs(JsonObject.class)));
          } else if (value instanceof JsonObject named) {
            text.append('\n').append(rows(named(named)));
          } else {
            text.append(pad(name, widest)).append("  ").append(plain(value)).append('\n');
          }
        });
    return text.toString();
  }

  /** A map of objects, each with its key as the first column. */
  private static List<JsonObject> named(JsonObject byName) {
    List<JsonObject> rows = new ArrayList<>();
    byName.forEach(
        (name, row) -> {
          var builder = jakarta.json.Json.createObjectBuilder().add("name", name);
          row.asJsonObject().forEach(builder::add);
          rows.add(builder.build());
        });
    return rows;
  }

  private static String rows(List<JsonObject> rows) {
    if (rows.isEmpty()) {
      return "(none)\n";
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    Map<String, Integer> widths =
        columns.stream()
            .collect(
                Collectors.toMap(
                    column -> column,
                    column ->
                        rows.stream()
                            .mapToInt(row -> cell(row, column).length())
                            .reduce(column.length(), Math::max)));
    StringBuilder text = new StringBuilder();
    text.append(line(columns, widths, column -> column));
    for (JsonObject row : rows) {
      text.append(line(columns, widths, column -> cell(row, column)));
    }
    return text.toString();
  }

  private static String line(
      Set<String> columns,
      Map<String, Integer> widths,
      java.util.function.Function<String, String> cell) {
    return columns.stream()
            .map(column -> pad(cell.apply(column), widths.getOrDefault(column, 0)))
            .collect(Collectors.joining("  "))
            .stripTrailing()
        + "\n";
  }

  private static String cell(JsonObject row, String column) {
    JsonValue value = row.get(column);
    return value == null ? "" : plain(value);
  }

  private static String plain(JsonValue value) {
    if (value instanceof JsonObject members) {
      return nonZero(members);
    }
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  /** Counts by name, in words: only those that count something. */
  private static String nonZero(JsonObject counts) {
    return counts.entrySet().stream()
        .filter(count -> !count.getValue().toString().equals("0"))
        .map(count -> count.getKey() + " " + plain(count.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
