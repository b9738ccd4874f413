package city.mycelium.api.dialect;

import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import org.jspecify.annotations.Nullable;

/**
 * A Thing as far as a recipient may know it. Whose it is, is not told.
 *
 * @param id unique on its gateway
 * @param name for people
 * @param location only as exact as the owner allows; null if it may not be told or is not known
 */
public record KnownThing(ThingId id, String name, @Nullable Position location) {}
