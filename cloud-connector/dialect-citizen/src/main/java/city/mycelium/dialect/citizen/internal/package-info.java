/**
 * The networks that citizens measure for: Sensor.Community, which takes its own time, and KNMI WOW,
 * which takes one report per ten minutes. Pure: no network, no clock, no thread, no log.
 */
@NullMarked
package city.mycelium.dialect.citizen.internal;

import org.jspecify.annotations.NullMarked;
