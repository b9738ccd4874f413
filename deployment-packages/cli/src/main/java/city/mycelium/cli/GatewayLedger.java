package city.mycelium.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The gateway's half of the ledger, as its command {@code ledger} answers.
 *
 * @param isBalanced whether the gateway itself finds its sums right
 * @param rows by Destination, then by Datastream
 */
record GatewayLedger(
    String gateway, String epoch, boolean isBalanced, Map<String, Map<String, Row>> rows) {

  /**
   * What became of what was accepted.
   *
   * @param droppedBy how many were given up, by reason
   */
  record Row(
      long accepted,
      long unselected,
      long delivered,
      long withheld,
      long dropped,
      long pending,
      Map<String, Long> droppedBy) {

    static final Row NONE = new Row(0, 0, 0, 0, 0, 0, Map.of());

    Row {
      droppedBy = Map.copyOf(droppedBy);
    }

    /** What the Destination asks for. */
    long due() {
      return accepted - unselected;
    }

    boolean isBalanced() {
      return due() == delivered + withheld + dropped + pending;
    }

    private static Row of(JsonObject row) {
      Map<String, Long> droppedBy = new TreeMap<>();
      JsonObject reasons = row.getJsonObject("droppedBy");
      for (String reason : reasons.keySet()) {
        droppedBy.put(reason, number(reasons, reason));
      }
      return new Row(
          number(row, "accepted"),
          number(row, "unselected"),
          number(row, "delivered"),
          number(row, "withheld"),
          number(row, "dropped"),
          number(row, "pending"),
          droppedBy);
    }
  }

  /**
   * Reads the answer.
   *
   * @throws IOException if it is not one, as of a gateway of an earlier version
   */
  static GatewayLedger of(JsonObject answer) throws IOException {
    try {
      Map<String, Map<String, Row>> rows = new TreeMap<>();
      for (String destination : answer.getJsonObject("destinations").keySet()) {
        rows.put(destination, new TreeMap<>());
      }
      for (JsonValue each : answer.getJsonArray("datastreams")) {
        JsonObject row = each.asJsonObject();
        rows.computeIfAbsent(row.getString("destination"), destination -> new TreeMap<>())
            .put(row.getString("datastream"), Row.of(row));
      }
      return new GatewayLedger(
          answer.getString("gateway"),
          answer.getString("epoch"),
          answer.getBoolean("balanced"),
          rows);
    } catch (ClassCastException | NullPointerException e) { // jakarta.json's word for "not there"
      throw new IOException("the gateway's ledger is not understood; is it of another version?", e);
    }
  }

  /** A row; all zero if there is none. */
  Row row(String destination, String datastream) {
    return rows.getOrDefault(destination, Map.of()).getOrDefault(datastream, Row.NONE);
  }

  /** All rows of a Destination together. */
  Row total(String destination) {
    List<Row> all = new ArrayList<>(rows.getOrDefault(destination, Map.of()).values());
    return new Row(
        all.stream().mapToLong(Row::accepted).sum(),
        all.stream().mapToLong(Row::unselected).sum(),
        all.stream().mapToLong(Row::delivered).sum(),
        all.stream().mapToLong(Row::withheld).sum(),
        all.stream().mapToLong(Row::dropped).sum(),
        all.stream().mapToLong(Row::pending).sum(),
        Map.of());
  }

  /** Whether every sum is right. */
  boolean adds() {
    return isBalanced
        && rows.values().stream()
            .flatMap(ofDestination -> ofDestination.values().stream())
            .allMatch(Row::isBalanced);
  }

  private static long number(JsonObject object, String name) {
    return object.getJsonNumber(name).longValueExact();
  }
}
