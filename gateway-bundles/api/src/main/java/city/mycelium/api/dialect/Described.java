package city.mycelium.api.dialect;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Observation;

/**
 * An Observation with what says what it means.
 *
 * @param thing what it was observed of, as far as the recipient may know it
 */
public record Described(Observation observation, Datastream datastream, KnownThing thing) {}
