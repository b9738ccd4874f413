package city.mycelium.api.observation;

/**
 * A Reading that the journal has accepted.
 *
 * @param identity its one name
 * @param datastream what it belongs to
 * @param phenomenonTime when it happened
 * @param result what it says
 * @param quality how far it may be trusted
 * @param receivedAt when the gateway got it, UTC epoch milliseconds
 */
public record Observation(
    Identity identity,
    DatastreamId datastream,
    PhenomenonTime phenomenonTime,
    Result result,
    Quality quality,
    long receivedAt) {}
