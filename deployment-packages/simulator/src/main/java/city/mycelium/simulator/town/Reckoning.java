package city.mycelium.simulator.town;

import city.mycelium.simulator.Resident;
import city.mycelium.simulator.kit.PostedValue;
import city.mycelium.simulator.sender.Answers;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws up the {@link Ledger} from the four witnesses: the gateway's own account, the receiver, the
 * journal itself, and the senders' file of answers. A pure function.
 */
final class Reckoning {

  private Reckoning() {}

  /**
   * Reckons.
   *
   * @param destination whose figures lead
   * @param account the gateway's answer to {@code ledger}
   * @param devices the gateway's answer to {@code device list}
   * @param holdings the receiver's answer to {@code /v1/gateways?audit=true}
   * @param journal what lies in the journal
   * @param answers what the senders were told
   * @param residents who lives in the neighbourhood
   */
  static Ledger of(
      String destination,
      JsonObject account,
      JsonObject devices,
      JsonObject holdings,
      JournalContents journal,
      Answers answers,
      List<Resident> residents) {
    JsonObject row = account.getJsonObject("destinations").getJsonObject(destination);
    Set<String> waiting = new HashSet<>();
    long held = 0;
    for (JsonValue each : devices.getJsonArray("devices")) {
      JsonObject device = each.asJsonObject();
      if (device.containsKey("held")) {
        waiting.add(device.getString("device"));
        held += number(device, "held");
      }
    }
    Answers binding = answers.without(waiting);
    List<PostedValue> broken = binding.missingFrom(journal.raw());
    Ledger.Holding receiver = holding(holdings, account.getString("gateway"), destination);
    long delivered = number(row, "delivered");
    Set<String> heard = new HashSet<>(waiting);
    heard.addAll(journal.devices());
    return new Ledger(
        number(row, "accepted"),
        number(row, "unselected"),
        delivered,
        number(row, "withheld"),
        number(row, "dropped"),
        number(row, "pending"),
        held,
        broken.size() + Math.max(0, delivered - receiver.stored()),
        binding.promised().size(),
        receiver,
        heard.size(),
        kinds(heard, residents),
        journal.aggregates());
  }

  private static List<String> kinds(Set<String> heard, List<Resident> residents) {
    return residents.stream()
        .filter(resident -> heard.contains(resident.device()))
        .map(Resident::kind)
        .distinct()
        .sorted()
        .toList();
  }

  /** What the receiver holds of this gateway, over all its epochs. */
  private static Ledger.Holding holding(JsonObject holdings, String gateway, String destination) {
    long stored = 0;
    long duplicatesDropped = 0;
    long duplicatesStored = 0;
    long gaps = 0;
    for (JsonValue each : holdings.getJsonArray("gateways")) {
      if (!each.asJsonObject().getString("gateway").equals(gateway)) {
        continue;
      }
      for (JsonValue one : each.asJsonObject().getJsonArray("epochs")) {
        JsonObject epoch = one.asJsonObject();
        stored += number(epoch, "counted");
        duplicatesDropped += number(epoch, "duplicatesDropped");
        duplicatesStored += number(epoch, "duplicatesStored");
        gaps += gaps(epoch, destination);
      }
    }
    return new Ledger.Holding(stored, duplicatesDropped, duplicatesStored, gaps);
  }

  private static long gaps(JsonObject epoch, String destination) {
    long gaps = 0;
    for (JsonValue each : epoch.getJsonArray("destinations")) {
      if (each.asJsonObject().getString("destination").equals(destination)) {
        gaps += number(each.asJsonObject(), "gaps");
      }
    }
    return gaps;
  }

  private static long number(JsonObject object, String name) {
    return object.getJsonNumber(name).longValueExact();
  }
}
