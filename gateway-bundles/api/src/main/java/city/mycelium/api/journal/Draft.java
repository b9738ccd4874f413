package city.mycelium.api.journal;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;

/** An Observation before the journal has given it an identity; see {@link Observation}. */
public record Draft(
    DatastreamId datastream,
    PhenomenonTime phenomenonTime,
    Result result,
    Quality quality,
    long receivedAt) {

  public Observation accepted(Identity identity) {
    return new Observation(identity, datastream, phenomenonTime, result, quality, receivedAt);
  }
}
