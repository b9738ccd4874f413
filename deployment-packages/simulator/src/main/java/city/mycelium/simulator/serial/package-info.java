/**
 * The devices on a wire: a dust sensor and a GNSS receiver as state machines over bytes, the noise
 * of the line, and the pseudo-terminal that makes a serial port of it.
 */
@NullMarked
package city.mycelium.simulator.serial;

import org.jspecify.annotations.NullMarked;
