package city.mycelium.cli;

import city.mycelium.cli.Comparison.Difference;
import city.mycelium.cli.GatewayLedger.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Why a receiver does not hold exactly what a gateway accepted of one Datastream. For one use. */
final class Explanation {

  private static final Map<String, String> REASONS =
      Map.of(
          "expired", "given up unsent: older than the gateway keeps anything",
          "crowdedOut", "given up unsent: the gateway's disk was full",
          "refused", "refused by the platform for good; its page 'refusals' says why",
          "damaged",
              "given up unsent: the gateway's medium no longer has them as they were written");

  private final GatewayLedger after;
  private final ReceiverLedger receiver;
  private final Set<String> destinations;
  private final String destination;
  private final String datastream;
  private final Row was;
  private final Row is;
  private final long held;
  private final List<String> parts = new ArrayList<>();
  private long lost;
  private long unexplained;

  Explanation(
      GatewayLedger before,
      ReceiverLedger receiver,
      GatewayLedger after,
      Set<String> destinations,
      String destination,
      String datastream) {
    this.after = after;
    this.receiver = receiver;
    this.destinations = destinations;
    this.destination = destination;
    this.datastream = datastream;
    this.was = before.row(destination, datastream);
    this.is = after.row(destination, datastream);
    this.held = receiver.held(datastream);
  }

  /** The difference with what explains it; nothing if there is none. */
  Optional<Difference> difference() {
    if (was.delivered() > held) {
      missing(was.delivered() - held);
    } else {
      surplus(held - was.delivered());
    }
    say(is.withheld(), "never sent: no Grant lets this destination have them (withheld)");
    is.droppedBy()
        .forEach((reason, count) -> say(count, REASONS.getOrDefault(reason, "dropped: " + reason)));
    if (receiver.knowsEpoch() && (is.due() > 0 || destination.isEmpty())) {
      say(
          receiver.earlier(datastream),
          "more are held of an earlier epoch that this journal does not go on from: it was restored"
              + " from an older backup, or begun anew");
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Difference(
                destination,
                datastream,
                is.due(),
                held,
                lost,
                unexplained,
                String.join("; ", parts)));
  }

  /** The gateway calls more delivered than the receiver holds. */
  private void missing(long count) {
    // An epoch that the receiver has not heard of has not told it yet from which one it goes on.
    long earlier = receiver.knowsEpoch() ? 0 : Math.min(count, receiver.earlier(datastream));
    say(
        earlier,
        "delivered in an earlier epoch; the receiver has not heard of the journal's new epoch yet");
    lost = count - earlier;
    say(lost, "LOST: delivered, but the receiver does not hold them: " + whyLost());
    say(is.pending(), "waiting to be sent");
  }

  private String whyLost() {
    if (!receiver.knowsEpoch() && receiver.earlier(datastream) > 0) {
      return "it has fewer than that of the earlier epochs";
    }
    if (!receiver.covered().containsKey(destination)) {
      return "it never heard of this destination. If that goes to another platform, name those that"
          + " come here with --destination; otherwise its database is another one than it was";
    }
    Row total = after.total(destination);
    long settled = total.accepted() - total.pending() - total.dropped();
    return receiver.covered().getOrDefault(destination, 0L) < settled
        ? "its database is older than what it has acknowledged, so it was restored from a backup."
            + " The gateway sends again by itself what it still has"
        : "its database accounts for them, so their rows were removed there";
  }

  /** The receiver holds at least what the gateway calls delivered. */
  private void surplus(long count) {
    long left = count;
    long arriving = Math.min(left, is.pending() + Math.max(0, is.delivered() - was.delivered()));
    left -= arriving;
    say(arriving, "stored by the receiver; the acknowledgement is on its way (in flight)");
    long pending = Math.min(is.pending(), is.due() - is.withheld() - is.dropped() - held);
    say(Math.max(0, pending), "waiting to be sent");
    if (left > 0 && held <= broughtByOthers()) {
      if (is.due() > 0) {
        say(left, "there because another destination brought them");
      }
      return;
    }
    long afterAll = Math.min(left, is.dropped());
    left -= afterAll;
    say(afterAll, "given up by the gateway, but with the receiver after all");
    unexplained = left;
    say(left, "UNEXPLAINED: held by the receiver, but this gateway never sent them there");
  }

  /** The most that any other Destination can have brought of the same Datastream. */
  private long broughtByOthers() {
    return destinations.stream()
        .filter(other -> !other.equals(destination))
        .map(other -> after.row(other, datastream))
        .mapToLong(other -> other.delivered() + other.pending())
        .max()
        .orElse(0);
  }

  private void say(long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
