/**
 * What there is to measure: the air of an invented town, and how imperfectly a cheap sensor sees
 * it. Pure functions of the time and a seed; no wire format, no clock of its own.
 */
@NullMarked
package city.mycelium.simulator.air;

import org.jspecify.annotations.NullMarked;
