package city.mycelium.api.registry;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ThingId;

/**
 * A device that has been adopted: from then on what it says belongs to a Thing, and so to an owner.
 */
public record Device(DeviceId id, ThingId thing) {}
