package city.mycelium.api.dialect;

import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import org.jspecify.annotations.Nullable;

/**
 * What a platform learns of an Observation, in the platform's own words.
 *
 * @param source the platform's name of what it belongs to: an entity, a device, a series
 * @param name the platform's name of what was observed
 * @param unit the platform's unit; null where it has no place for one
 * @param phenomenonTime null where the platform takes its own time
 * @param result in that unit
 * @param identity null where the platform has no place for it
 */
public record ToldObservation(
    String source,
    String name,
    @Nullable String unit,
    @Nullable PhenomenonTime phenomenonTime,
    Result result,
    @Nullable Identity identity) {}
