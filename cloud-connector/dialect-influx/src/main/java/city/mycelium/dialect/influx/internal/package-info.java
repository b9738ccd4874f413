/**
 * How Observations become InfluxDB line protocol, what the answers mean, and the shape that RIVM
 * Samen Meten agreed with its suppliers. Pure: no network, no clock, no thread, no log.
 */
@NullMarked
package city.mycelium.dialect.influx.internal;

import org.jspecify.annotations.NullMarked;
