/**
 * The way out of a kit and the memory of it: posting, sending again until answered, and the file of
 * answers from which an outsider can tell what the gateway promised and whether it kept it.
 */
@NullMarked
package city.mycelium.simulator.sender;

import org.jspecify.annotations.NullMarked;
