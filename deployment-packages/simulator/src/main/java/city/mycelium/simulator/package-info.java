/**
 * The simulated neighbourhood: the processes that are started, and the one list of who lives in it.
 * Everything here speaks to a gateway through the same sockets and ports as real sensors; nothing
 * of the gateway's own code is called, but for the frames of LoRaWAN. Plain Java, no bundle.
 */
@NullMarked
package city.mycelium.simulator;

import org.jspecify.annotations.NullMarked;
