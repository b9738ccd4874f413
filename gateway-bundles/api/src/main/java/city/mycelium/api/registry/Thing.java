package city.mycelium.api.registry;

import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import org.jspecify.annotations.Nullable;

/**
 * What is observed or carries sensors: a house front, a parking bay, a lamp post (SensorThings 1.1,
 * 8.2.1).
 *
 * @param id unique on its gateway
 * @param name for people
 * @param owner whose data it is; nothing leaves without this party's Grant
 * @param location exact place, if known; what leaves of it is the owner's choice
 */
public record Thing(ThingId id, String name, PartyId owner, @Nullable Position location) {}
