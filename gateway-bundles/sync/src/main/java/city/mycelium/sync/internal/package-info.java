/**
 * What leaves: per Destination one cursor, its own scheduler, lanes, flights, back-off, byte budget
 * and quarantine; and the commands that people ask about them with. Knows neither payloads nor
 * transports.
 */
@NullMarked
package city.mycelium.sync.internal;

import org.jspecify.annotations.NullMarked;
