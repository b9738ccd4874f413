package city.mycelium.sync.internal;

import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.observation.PartyId;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One platform, as the configuration states it.
 *
 * @param name what it is called here and on the wire; its cursor bears it
 * @param recipient the party behind it, whom Grants must name
 * @param proof what counts as delivered
 * @param selection what it asks for
 * @param batchObservations at most so many in one message
 * @param inFlight at most so many messages without proof
 * @param linger how long a batch that is not full waits for more
 * @param proofTimeout after how long without proof a message is sent again, at first
 * @param retryAtMost the longest pause between two attempts
 * @param policy what happens when not everything can go at once
 */
public record Destination(
    String name,
    PartyId recipient,
    Proof proof,
    Selection selection,
    int batchObservations,
    int inFlight,
    Duration linger,
    Duration proofTimeout,
    Duration retryAtMost,
    Policy policy) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-._]{0,63}");

  public Destination {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a destination's name is 1 to 64 of A-Z a-z 0-9 - . _, not '" + name + "'");
    }
    if (batchObservations < 1 || batchObservations > 10_000) {
      throw new IllegalArgumentException(
          "destination " + name + ": batchObservations is 1 to 10000, not " + batchObservations);
    }
    if (inFlight < 1 || inFlight > 1_000) {
      throw new IllegalArgumentException(
          "destination " + name + ": inFlight is 1 to 1000, not " + inFlight);
    }
    if (proofTimeout.toMillis() < 1 || retryAtMost.compareTo(proofTimeout) < 0) {
      throw new IllegalArgumentException(
          "destination "
              + name
              + ": 1 ms <= proofTimeout <= retryAtMost, not "
              + proofTimeout
              + " and "
              + retryAtMost);
    }
  }

  /** The cursor that this Destination's progress is kept under. */
  String cursor() {
    return CURSOR_PREFIX + name;
  }

  static final String CURSOR_PREFIX = "destination/";
}
