package city.mycelium.simulator.town;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;

/**
 * The closing account of a town. The unit is one identity, raw and aggregate alike; the first seven
 * figures are those of the receiver's Destination.
 *
 * @param accepted what the journal has taken
 * @param unselected of it what the Destination does not ask for
 * @param delivered what the receiver has confirmed
 * @param withheld what no grant covers
 * @param dropped what was given up unsent
 * @param pending what is still under way
 * @param held readings of devices that nobody has adopted; not accepted yet
 * @param lost promised to a sender and not in the journal, or called delivered and not with the
 *     receiver
 * @param promised readings that a sender saw answered with success, without those that are held
 * @param receiver what the receiver found when it counted
 * @param devices that were heard
 * @param kinds of devices that were heard, sorted
 * @param aggregates Summaries in the journal
 * @param further what became of all this at the platforms beside the receiver
 */
public record Ledger(
    long accepted,
    long unselected,
    long delivered,
    long withheld,
    long dropped,
    long pending,
    long held,
    long lost,
    long promised,
    Holding receiver,
    int devices,
    List<String> kinds,
    long aggregates,
    Platforms further) {

  public Ledger {
    kinds = List.copyOf(kinds);
  }

  /** The account of a town that has its receiver alone. */
  public Ledger(
      long accepted,
      long unselected,
      long delivered,
      long withheld,
      long dropped,
      long pending,
      long held,
      long lost,
      long promised,
      Holding receiver,
      int devices,
      List<String> kinds,
      long aggregates) {
    this(
        accepted,
        unselected,
        delivered,
        withheld,
        dropped,
        pending,
        held,
        lost,
        promised,
        receiver,
        devices,
        kinds,
        aggregates,
        Platforms.NONE);
  }

  /** The same with the platforms beside the receiver. */
  Ledger with(Platforms platforms) {
    return new Ledger(
        accepted,
        unselected,
        delivered,
        withheld,
        dropped,
        pending,
        held,
        lost,
        promised,
        receiver,
        devices,
        kinds,
        aggregates,
        platforms);
  }

  /**
   * What the receiver holds.
   *
   * @param stored identities
   * @param duplicatesDropped what came again and was not stored again
   * @param duplicatesStored rows beyond one per identity
   * @param gaps offsets below the highest covered one that are not covered
   */
  public record Holding(long stored, long duplicatesDropped, long duplicatesStored, long gaps) {}

  /** Whether every accepted Observation is accounted for exactly once. */
  public boolean balances() {
    return accepted - unselected == delivered + withheld + dropped + pending;
  }

  /** Whether it is what Mycelium promises: everything arrived, once. */
  public boolean isSound() {
    return balances()
        && accepted > 0
        && lost == 0
        && dropped == 0
        && pending == 0
        && receiver.duplicatesStored() == 0
        && receiver.gaps() == 0
        && further.areSound();
  }

  public JsonObject toJson() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("accepted", accepted)
            .add("unselected", unselected)
            .add("delivered", delivered)
            .add("withheld", withheld)
            .add("dropped", dropped)
            .add("pending", pending)
            .add("held", held)
            .add("lost", lost)
            .add("promised", promised)
            .add(
                "receiver",
                Json.createObjectBuilder()
                    .add("stored", receiver.stored())
                    .add("duplicatesDropped", receiver.duplicatesDropped())
                    .add("duplicatesStored", receiver.duplicatesStored())
                    .add("gaps", receiver.gaps()))
            .add("devices", devices)
            .add("kinds", kinds.size())
            .add("kindNames", Json.createArrayBuilder(kinds))
            .add("aggregates", aggregates)
            .add("balanced", balances());
    if (!further.all().isEmpty()) {
      json.add("further", further.toJson());
    }
    return json.build();
  }

  /** For people; no line is wider than 80 characters. */
  public String toTable() {
    StringBuilder out = new StringBuilder("\nLedger\n");
    line(out, "accepted into the journal", accepted, "of it " + aggregates + " aggregates");
    line(out, "  delivered", delivered, "confirmed by the receiver");
    line(out, "  withheld", withheld, "no grant covers it");
    line(out, "  unselected", unselected, "not asked for");
    line(out, "  dropped", dropped, "given up unsent");
    line(out, "  pending", pending, "still under way");
    line(out, "held", held, "devices that nobody has adopted");
    line(out, "promised to senders", promised, "answered with success");
    line(out, "  lost", lost, "promised or delivered, not there");
    line(out, "receiver: stored", receiver.stored(), "");
    line(out, "  sent again, dropped", receiver.duplicatesDropped(), "");
    line(out, "  stored twice", receiver.duplicatesStored(), "");
    line(out, "  gaps", receiver.gaps(), "");
    line(out, "devices heard", devices, "of " + kinds.size() + " kinds");
    out.append("  ").append(String.join(", ", kinds)).append('\n');
    further.all().forEach(platform -> out.append(platform.toText()));
    out.append(
        isSound()
            ? "Everything is accounted for, and everything promised is there.\n"
            : balances() ? "NOT SOUND: see above.\n" : "NOT SOUND: the sums do not balance.\n");
    return out.toString();
  }

  private static void line(StringBuilder out, String what, long count, String remark) {
    out.append(
            String.format(Locale.ROOT, "  %-28s %,10d   %s", what, count, remark).stripTrailing())
        .append('\n');
  }
}
