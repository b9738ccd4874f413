/**
 * InfluxDB 1.x line protocol as text and nothing more: lines in, points or reasons out. What a
 * point means to a city lives elsewhere; no network, no clock.
 */
@NullMarked
package city.mycelium.driver.push.internal.line;

import org.jspecify.annotations.NullMarked;
