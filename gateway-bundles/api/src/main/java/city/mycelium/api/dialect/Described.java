package city.mycelium.api.dialect;

import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Observation;

/** An Observation with the Datastream that says what it means. */
public record Described(Observation observation, Datastream datastream) {}
