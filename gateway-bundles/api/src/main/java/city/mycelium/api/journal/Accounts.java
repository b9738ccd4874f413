package city.mycelium.api.journal;

import city.mycelium.api.observation.DatastreamId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was accepted and what became of it, all as of one moment. Immutable.
 *
 * @param lastOffset the greatest offset that is durable; what was ever accepted adds up to it
 * @param accepted per Datastream, how many Observations were ever accepted in this epoch
 * @param cursors per consumer, how far it has come and what it tallied
 */
public record Accounts(
    long lastOffset, Map<DatastreamId, Long> accepted, Map<String, Account> cursors) {

  public Accounts {
    accepted = Collections.unmodifiableMap(new TreeMap<>(accepted));
    cursors = Collections.unmodifiableMap(new TreeMap<>(cursors));
  }

  /**
   * One consumer's account.
   *
   * @param position the last offset that is done with
   * @param tally what became of the offsets up to there; adds up to {@code position} for a consumer
   *     that tallies
   */
  public record Account(long position, TallySheet tally) {}
}
