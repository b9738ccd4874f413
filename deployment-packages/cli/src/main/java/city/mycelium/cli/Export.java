package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes Observations line by line, page after page as the gateway hands them out, so that no more
 * than a page is in memory. Comma-separated (RFC 4180), or a JSON object per line.
 */
final class Export {

  private static final List<String> COLUMNS =
      List.of(
          "epoch",
          "offset",
          "datastream",
          "phenomenonTime",
          "kind",
          "result",
          "unit",
          "quality",
          "receivedAt");

  private Export() {}

  /**
   * Asks until all has come.
   *
   * @param selection what was asked for, by name
   */
  static void run(Gateway gateway, Map<String, String> selection, boolean asJson, PrintStream out)
      throws CommandException, IOException {
    if (!asJson) {
      out.print(String.join(",", COLUMNS) + "\r\n");
    }
    Map<String, String> arguments = new TreeMap<>(selection);
    boolean end = false;
    while (!end) {
      JsonObject page = gateway.ask("journal export", arguments);
      for (JsonObject row : page.getJsonArray("observations").getValuesAs(JsonObject.class)) {
        out.print(asJson ? row + "\n" : line(row));
      }
      if (out.checkError()) {
        throw new IOException("what was exported could not be written; the disk may be full");
      }
      arguments.put("after", page.getJsonNumber("after").toString());
      end = page.getBoolean("end");
    }
  }

  static String line(JsonObject row) {
    return COLUMNS.stream().map(column -> cell(row.get(column))).collect(Collectors.joining(","))
        + "\r\n";
  }

  /** Quoted where a comma, a quote or a line end is in it (RFC 4180, 2). */
  private static String cell(@Nullable JsonValue value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
