/**
 * What leaves: per Destination one cursor, its own scheduler, flights and back-off. Knows neither
 * payloads nor transports.
 */
@NullMarked
package city.mycelium.sync.internal;

import org.jspecify.annotations.NullMarked;
