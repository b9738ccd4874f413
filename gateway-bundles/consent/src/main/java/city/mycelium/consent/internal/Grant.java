package city.mycelium.consent.internal;

import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a party lets a recipient have.
 *
 * @param owner whose data
 * @param recipient who may have it
 * @param datastreams which, by the raw Datastream's id
 * @param resolution zero: raw and aggregates; else only aggregates over windows at least this long
 * @param personal whether that holds for what is personal by nature too; else that leaves only as
 *     aggregates of at least {@link #PERSONAL}
 * @param until from this UTC epoch millisecond on, the Grant is over
 * @param precision how exactly a place may be told
 * @param purpose what for, in the owner's words; for people
 */
record Grant(
    PartyId owner,
    PartyId recipient,
    List<DatastreamPattern> datastreams,
    Duration resolution,
    boolean personal,
    long until,
    LocationPrecision precision,
    String purpose) {

  /**
   * Household energy by the quarter of an hour is what grid operators and suppliers work with; what
   * is finer shows single appliances, and so what people do (decision 0123).
   */
  static final Duration PERSONAL = Duration.ofMinutes(15);

  Grant {
    datastreams = List.copyOf(datastreams);
    if (resolution.isNegative()) {
      throw new IllegalArgumentException("a resolution is not negative");
    }
  }

  /** Whether this Grant lets the recipient have what the Datastream says, at this moment. */
  boolean covers(Datastream datastream, PartyId dataOwner, PartyId wanted, long now) {
    return isBetween(dataOwner, wanted, now) && names(datastream) && isCoarseEnough(datastream);
  }

  /** Whether this Grant says anything between these two at this moment. */
  boolean isBetween(PartyId dataOwner, PartyId wanted, long now) {
    return owner.equals(dataOwner) && recipient.equals(wanted) && now < until;
  }

  /** Whether the Datastream is one of those that this Grant is about. */
  boolean names(Datastream datastream) {
    return datastreams.stream().anyMatch(pattern -> pattern.matches(datastream));
  }

  private boolean isCoarseEnough(Datastream datastream) {
    Duration finest = finestOf(datastream);
    Duration window = datastream.window();
    return finest.isZero() || (window != null && window.compareTo(finest) >= 0);
  }

  private Duration finestOf(Datastream datastream) {
    return datastream.personal() && !personal && resolution.compareTo(PERSONAL) < 0
        ? PERSONAL
        : resolution;
  }

  String describe() {
    return owner
        + " lets "
        + recipient
        + " have "
        + datastreams
        + (resolution.isZero() ? " raw" : " as aggregates of at least " + resolution)
        + (personal ? ", what is personal by nature too," : "")
        + " until "
        + Instant.ofEpochMilli(until);
  }
}
