package city.mycelium.cli;

import city.mycelium.cli.GatewayLedger.Row;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The gateway's half of the ledger held against the receiver's, with every difference explained.
 * Pure.
 *
 * @param isBalanced whether the gateway's own sums are right
 * @param destinations what became of everything, per Destination
 */
record Comparison(
    String gateway,
    String epoch,
    boolean isBalanced,
    Map<String, Row> destinations,
    List<Difference> differences) {

  /**
   * A Datastream of which the receiver does not hold exactly what the gateway accepted for it.
   *
   * @param due what was accepted for the Destination, unselected left out
   * @param held what the receiver has
   * @param lost called delivered, but not there
   * @param unexplained there, but nobody knows why
   * @param explanation for people; accounts for the whole difference
   */
  record Difference(
      String destination,
      String datastream,
      long due,
      long held,
      long lost,
      long unexplained,
      String explanation) {}

  Comparison {
    destinations = Map.copyOf(destinations);
    differences = List.copyOf(differences);
  }

  /**
   * Compares. The gateway is asked before and after the receiver, as both may be at work: what was
   * delivered before must be there, and what is there must be known after.
   *
   * @param selected the Destinations that go to this receiver
   */
  static Comparison of(
      GatewayLedger before, ReceiverLedger receiver, GatewayLedger after, Set<String> selected) {
    List<Difference> differences = new ArrayList<>();
    Map<String, Row> destinations = new TreeMap<>();
    for (String destination : selected) {
      destinations.put(destination, after.total(destination));
      for (String datastream : after.rows().getOrDefault(destination, Map.of()).keySet()) {
        new Explanation(before, receiver, after, selected, destination, datastream)
            .difference()
            .ifPresent(differences::add);
      }
    }
    Set<String> strangers = new TreeSet<>(receiver.datastreams());
    after.rows().values().forEach(rows -> strangers.removeAll(rows.keySet()));
    for (String datastream : strangers) {
      new Explanation(before, receiver, after, selected, "", datastream)
          .difference()
          .ifPresent(differences::add);
    }
    return new Comparison(
        after.gateway(), after.epoch(), before.adds() && after.adds(), destinations, differences);
  }

  long lost() {
    return differences.stream().mapToLong(Difference::lost).sum();
  }

  long unexplained() {
    return differences.stream().mapToLong(Difference::unexplained).sum();
  }

  /** Whether nothing is lost and everything is explained. */
  boolean isSound() {
    return isBalanced && lost() == 0 && unexplained() == 0;
  }

  JsonObject toJson() {
    JsonObjectBuilder rows = Json.createObjectBuilder();
    new TreeMap<>(destinations).forEach((destination, row) -> rows.add(destination, json(row)));
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (Difference difference : differences) {
      list.add(
          Json.createObjectBuilder()
              .add("destination", difference.destination())
              .add("datastream", difference.datastream())
              .add("gateway", difference.due())
              .add("receiver", difference.held())
              .add("lost", difference.lost())
              .add("unexplained", difference.unexplained())
              .add("explanation", difference.explanation()));
    }
    return Json.createObjectBuilder()
        .add("gateway", gateway)
        .add("epoch", epoch)
        .add("balanced", isBalanced)
        .add("lost", lost())
        .add("unexplained", unexplained())
        .add("destinations", rows)
        .add("differences", list)
        .build();
  }

  /** For people. */
  String toText() {
    StringBuilder text = new StringBuilder();
    JsonObject json = toJson();
    text.append("gateway  ").append(gateway).append(", epoch ").append(epoch).append("\n");
    text.append(
        Table.of(Json.createObjectBuilder().add("destinations", json.get("destinations")).build()));
    text.append('\n');
    for (Difference one : differences) {
      text.append(one.destination().isEmpty() ? "" : one.destination() + ": ")
          .append(one.datastream())
          .append(": the gateway accepted ")
          .append(one.due())
          .append(", the receiver holds ")
          .append(one.held())
          .append(":\n  ")
          .append(one.explanation().replace("; ", ";\n  "))
          .append('\n');
    }
    text.append(verdict()).append('\n');
    return text.toString();
  }

  private String verdict() {
    if (!isBalanced) {
      return "NOT SOUND: the gateway's own sums do not balance.";
    }
    if (lost() > 0) {
      return "NOT SOUND: " + lost() + " delivered, but not held by the receiver.";
    }
    if (unexplained() > 0) {
      return "NOT SOUND: " + unexplained() + " at the receiver that this gateway cannot explain.";
    }
    return differences.isEmpty()
        ? "Gateway and receiver agree in everything."
        : "Nothing is lost, and every difference is explained.";
  }

  private static JsonObjectBuilder json(Row row) {
    return Json.createObjectBuilder()
        .add("accepted", row.accepted())
        .add("unselected", row.unselected())
        .add("delivered", row.delivered())
        .add("withheld", row.withheld())
        .add("dropped", row.dropped())
        .add("pending", row.pending());
  }
}
