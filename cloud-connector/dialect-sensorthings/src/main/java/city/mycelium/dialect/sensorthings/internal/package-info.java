/**
 * OGC SensorThings 1.1 (OGC 18-088) as a Destination speaks it: entities made once and found again,
 * data arrays with an answer per row. No network, no clock.
 */
@NullMarked
package city.mycelium.dialect.sensorthings.internal;

import org.jspecify.annotations.NullMarked;
