package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads rows back. Places and description tell of no Observation. */
final class OpenDataReader implements MessageReader {

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    if (message.verb() != Verb.PATCH) {
      return List.of();
    }
    String text = new String(message.payload(), StandardCharsets.UTF_8);
    String[] lines = text.split(DayRows.LINE_END, -1);
    if (!lines[0].equals(String.join(",", DayRows.COLUMNS)) || !lines[lines.length - 1].isEmpty()) {
      throw new UnreadableMessageException("this is no table of ours, or it was cut short");
    }
    List<ToldObservation> told = new ArrayList<>();
    for (int i = 1; i < lines.length - 1; i++) {
      try {
        told.add(row(cells(lines[i])));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new UnreadableMessageException("row " + i + " cannot be read: " + e.getMessage(), e);
      }
    }
    return told;
  }

  private static ToldObservation row(List<String> cells) {
    if (cells.size() != DayRows.COLUMNS.size()) {
      throw new IllegalArgumentException("it has " + cells.size() + " cells");
    }
    return new ToldObservation(
        cells.get(0).substring(0, Math.max(0, cells.get(0).indexOf('@'))),
        cells.get(2),
        cells.get(3),
        PhenomenonTime.between(
            Instant.parse(cells.get(4)).toEpochMilli(), Instant.parse(cells.get(5)).toEpochMilli()),
        result(cells),
        new Identity(
            new GatewayId(cells.get(14)),
            Identity.parseEpoch(cells.get(15)),
            Long.parseLong(cells.get(16))));
  }

  private static Result result(List<String> cells) {
    String value = cells.get(7);
    return switch (cells.get(6)) {
      case "number" -> new Result.Measurement(Double.parseDouble(value));
      case "truth" -> new Result.Truth(Boolean.parseBoolean(value));
      case "text" -> new Result.Text(value);
      case "category" -> new Result.Category(value);
      case "counter" -> new Result.Counter(Long.parseLong(value));
      case "position" -> position(value);
      case "summary" -> summary(cells);
      default -> throw new IllegalArgumentException("nobody knows the kind " + cells.get(6));
    };
  }

  private static Result position(String point) {
    if (!point.startsWith("POINT (") || !point.endsWith(")")) {
      throw new IllegalArgumentException("'" + point + "' is no point");
    }
    String[] degrees = point.substring("POINT (".length(), point.length() - 1).split(" ", -1);
    if (degrees.length != 2) {
      throw new IllegalArgumentException("'" + point + "' is no point");
    }
    return new Result.Position(
        Double.parseDouble(degrees[1]), Double.parseDouble(degrees[0]), null);
  }

  private static Result summary(List<String> cells) {
    TreeMap<Statistic, Double> statistics = new TreeMap<>();
    for (String each : cells.get(8).isEmpty() ? new String[0] : cells.get(8).split(";", -1)) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + each + "' is no statistic");
      }
      statistics.put(
          new Statistic(each.substring(0, equals)), Double.parseDouble(each.substring(equals + 1)));
    }
    return new Result.Summary(
        Long.parseLong(cells.get(9)),
        Long.parseLong(cells.get(10)),
        statistics,
        Boolean.parseBoolean(cells.get(11)),
        Integer.parseInt(cells.get(12)));
  }

  /** RFC 4180, 2: a quote in quotes is two. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quotation is not closed");
    }
    cells.add(cell.toString());
    return cells;
  }
}
