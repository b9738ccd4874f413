package city.mycelium.chaos;

import city.mycelium.simulator.town.Ledger;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/**
 * What is left after chaos.
 *
 * @param seed which chaos it was
 * @param faults what was done, and how often
 * @param ledger the town's
 * @param damaged how many Observations the gateway itself says that the damaged medium cost
 * @param wrongTimes Observations whose receivedAt lies outside the time of the run
 * @param epochs how many epochs the gateway went through
 */
record Verdict(
    long seed,
    Map<Fault, Integer> faults,
    Ledger ledger,
    long damaged,
    long wrongTimes,
    long epochs) {

  /** Promised or delivered and not there, and the gateway did not even say so. */
  long lost() {
    return Math.max(0, ledger.lost() - damaged);
  }

  /** Whether everything is accounted for: delivered once, or counted with the reason why not. */
  boolean holds() {
    return ledger.balances()
        && ledger.accepted() > 0
        && ledger.pending() == 0
        && ledger.dropped() <= damaged
        && lost() == 0
        && ledger.receiver().duplicatesStored() == 0
        && ledger.receiver().gaps() == 0
        && wrongTimes == 0;
  }

  JsonObject toJson() {
    JsonObjectBuilder done = Json.createObjectBuilder();
    faults.forEach((fault, count) -> done.add(fault.option(), count));
    return Json.createObjectBuilder(ledger.toJson())
        .add("lost", lost())
        .add("damaged", damaged)
        .add("wrongTimes", wrongTimes)
        .add("epochs", epochs)
        .add("seed", seed)
        .add("faults", done)
        .add("holds", holds())
        .build();
  }

  String toTable() {
    StringBuilder text = new StringBuilder("\nChaos of seed " + seed + "\n");
    faults.forEach(
        (fault, count) -> text.append(String.format("  %-28s %,10d%n", fault.option(), count)));
    text.append(ledger.toTable());
    text.append(String.format("  %-28s %,10d%n", "lost and not accounted for", lost()));
    text.append(String.format("  %-28s %,10d%n", "cost by the damaged medium", damaged));
    text.append(String.format("  %-28s %,10d%n", "with a wrong time", wrongTimes));
    text.append(String.format("  %-28s %,10d%n", "epochs", epochs));
    return text.append(holds() ? "It holds.\n" : "IT DOES NOT HOLD.\n").toString();
  }
}
