/**
 * A town as a set of processes: broker, receiver, gateway and neighbourhood, each to be stopped,
 * killed and started again, and the reckoning at the end, drawn up from outside. What happens in it
 * is decided elsewhere: by the demo, which shows it, and by chaos, which breaks it.
 */
@NullMarked
package city.mycelium.simulator.town;

import org.jspecify.annotations.NullMarked;
