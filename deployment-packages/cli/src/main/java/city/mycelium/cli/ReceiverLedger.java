package city.mycelium.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The receiver's half of a gateway's ledger (docs/receiver.md, {@code /v1/gateways/…/ledger}), seen
 * from the epoch that the gateway is in now.
 *
 * @param knowsEpoch whether it has heard of that epoch
 * @param held per Datastream, how many Observations of the gateway's journal it holds, those that
 *     the journal carried over from earlier epochs among them
 * @param earlier per Datastream, how many it holds of earlier epochs that are not in that journal
 * @param covered per Destination, how many offsets of that journal are accounted for
 */
record ReceiverLedger(
    boolean knowsEpoch,
    Map<String, Long> held,
    Map<String, Long> earlier,
    Map<String, Long> covered) {

  /** Of a gateway that it has never heard of. */
  static final ReceiverLedger NOTHING = new ReceiverLedger(false, Map.of(), Map.of(), Map.of());

  /**
   * Reads the answer.
   *
   * @throws IOException if it is not one
   */
  static ReceiverLedger of(JsonObject answer, String epoch) throws IOException {
    try {
      boolean knowsEpoch = false;
      Map<String, Long> held = new TreeMap<>();
      Map<String, Long> stored = new TreeMap<>();
      Map<String, Long> covered = new TreeMap<>();
      for (JsonValue each : answer.getJsonArray("epochs")) {
        JsonObject one = each.asJsonObject();
        boolean isCurrent = one.getString("epoch").equals(epoch);
        knowsEpoch |= isCurrent;
        for (JsonValue row : one.getJsonArray("datastreams")) {
          String datastream = row.asJsonObject().getString("datastream");
          long ofOwn = number(row.asJsonObject(), "stored");
          stored.merge(datastream, ofOwn, Long::sum);
          if (isCurrent) {
            held.put(datastream, ofOwn + number(row.asJsonObject(), "inherited"));
          }
        }
        if (isCurrent) {
          for (JsonValue row : one.getJsonArray("destinations")) {
            covered.put(
                row.asJsonObject().getString("destination"), number(row.asJsonObject(), "covered"));
          }
        }
      }
      Map<String, Long> earlier = new TreeMap<>(stored);
      earlier.replaceAll((datastream, all) -> all - held.getOrDefault(datastream, 0L));
      return new ReceiverLedger(knowsEpoch, held, earlier, covered);
    } catch (ClassCastException | NullPointerException e) { // jakarta.json's word for "not there"
      throw new IOException(
          "the receiver's ledger is not understood; is it of another version?", e);
    }
  }

  long held(String datastream) {
    return held.getOrDefault(datastream, 0L);
  }

  long earlier(String datastream) {
    return earlier.getOrDefault(datastream, 0L);
  }

  /** Every Datastream of which something is held. */
  Set<String> datastreams() {
    Set<String> all = new TreeSet<>(held.keySet());
    all.addAll(earlier.keySet());
    return all;
  }

  private static long number(JsonObject object, String name) {
    return object.getJsonNumber(name).longValueExact();
  }
}
