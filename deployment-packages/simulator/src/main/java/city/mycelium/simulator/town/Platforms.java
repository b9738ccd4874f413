package city.mycelium.simulator.town;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the platforms beside the receiver stand, by the gateway's own account: nobody else can ask
 * them.
 *
 * @param all one row each
 */
public record Platforms(List<Platform> all) {

  static final Platforms NONE = new Platforms(List.of());

  private static final int NAME_WIDTH = 20;

  public Platforms {
    all = List.copyOf(all);
  }

  /**
   * One of them.
   *
   * @param runs whether it could be started at all
   * @param connected whether it can be reached just now
   * @param trouble what went wrong last, in words; empty if nothing did
   */
  public record Platform(
      String name,
      long accepted,
      long unselected,
      long delivered,
      long withheld,
      long dropped,
      long pending,
      boolean runs,
      boolean connected,
      String trouble) {

    /** Whether every accepted Observation is accounted for exactly once. */
    boolean balances() {
      return accepted - unselected == delivered + withheld + dropped + pending;
    }

    /** What a platform does not take is not lost: it is in quarantine, with the reason. */
    boolean isSound() {
      return balances() && pending == 0;
    }

    String toText() {
      StringBuilder out = new StringBuilder();
      line(out, "also at " + shortName(), accepted - unselected, "asked for of what was accepted");
      line(out, "  delivered", delivered, "confirmed by the platform");
      line(out, "  withheld", withheld, "no grant covers it");
      line(out, "  dropped", dropped, dropped == 0 ? "" : "see mycelium quarantine list");
      line(out, "  pending", pending, pending == 0 ? "" : "NOT SOUND: not delivered yet");
      if (!balances()) {
        out.append("  NOT SOUND: these sums do not balance.\n");
      }
      return out.toString();
    }

    /** In a few words, while it goes on. */
    String toWords() {
      String account = shortName() + ": " + delivered + " delivered, " + pending + " waiting";
      return connected || trouble.isEmpty() ? account : account + " (" + trouble + ")";
    }

    private String shortName() {
      return name.length() <= NAME_WIDTH ? name : name.substring(0, NAME_WIDTH - 1) + "…";
    }

    private static void line(StringBuilder out, String what, long count, String remark) {
      out.append(
              String.format(Locale.ROOT, "  %-28s %,10d   %s", what, count, remark).stripTrailing())
          .append('\n');
    }
  }

  /**
   * Reads it out of what the gateway answers.
   *
   * @param account the answer to {@code ledger}
   * @param list the answer to {@code destination list}
   */
  static Platforms of(Collection<String> names, JsonObject account, JsonObject list) {
    List<Platform> all = new ArrayList<>();
    for (String name : names) {
      JsonObject state = state(name, list.getJsonArray("destinations"));
      JsonObject row = account.getJsonObject("destinations").getJsonObject(name);
      boolean runs = !state.getString("state", "does not run").equals("does not run");
      boolean connected = state.getBoolean("connected", false);
      String trouble = state.getString("lastError", "");
      if (row == null) { // nothing has gone out yet: all of it waits
        long accepted = number(account, "accepted");
        all.add(new Platform(name, accepted, 0, 0, 0, 0, accepted, runs, connected, trouble));
      } else {
        all.add(
            new Platform(
                name,
                number(row, "accepted"),
                number(row, "unselected"),
                number(row, "delivered"),
                number(row, "withheld"),
                number(row, "dropped"),
                number(row, "pending"),
                runs,
                connected,
                trouble));
      }
    }
    return new Platforms(all);
  }

  private static JsonObject state(String name, JsonArray list) {
    return list.stream()
        .map(JsonValue::asJsonObject)
        .filter(one -> one.getString("destination").equals(name))
        .findFirst()
        .orElse(JsonObject.EMPTY_JSON_OBJECT);
  }

  private static long number(JsonObject object, String name) {
    return object.getJsonNumber(name).longValueExact();
  }

  /** Whether it makes sense to wait. */
  boolean isDraining() {
    return all.stream().anyMatch(one -> one.runs() && one.pending() > 0);
  }

  boolean areSound() {
    return all.stream().allMatch(Platform::isSound);
  }

  /** In one line; empty if there are none. */
  public String toWords() {
    return all.stream().map(Platform::toWords).collect(Collectors.joining("; "));
  }

  /** What there is to say of those that did not get everything, a line each. */
  public List<String> troubles() {
    return all.stream()
        .filter(one -> !one.isSound() && !one.trouble().isEmpty())
        .map(one -> one.name() + ": " + one.trouble())
        .toList();
  }

  JsonArray toJson() {
    JsonArrayBuilder rows = Json.createArrayBuilder();
    for (Platform one : all) {
      rows.add(
          Json.createObjectBuilder()
              .add("destination", one.name())
              .add("accepted", one.accepted())
              .add("unselected", one.unselected())
              .add("delivered", one.delivered())
              .add("withheld", one.withheld())
              .add("dropped", one.dropped())
              .add("pending", one.pending())
              .add("connected", one.connected())
              .add("lastError", one.trouble())
              .add("balanced", one.balances()));
    }
    return rows.build();
  }
}
