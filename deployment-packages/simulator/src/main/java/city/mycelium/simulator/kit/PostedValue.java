package city.mycelium.simulator.kit;

import org.jspecify.annotations.Nullable;

/**
 * One value inside a post that the gateway must keep once it has answered with success. Sentinels
 * and house-keeping fields are in the body, but not among these.
 *
 * @param datastream {@code <device>/<channel>}, as the gateway names it
 * @param value exactly the number that the body spells
 * @param from start of the interval that the kit itself stated, epoch milliseconds, if it did
 */
public record PostedValue(String datastream, double value, @Nullable Long from) {}
