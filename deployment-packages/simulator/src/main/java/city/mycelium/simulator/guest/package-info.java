/**
 * Guest machines: a Linux of its own in processes of the host, for what cannot be had or done on
 * the host itself, such as a power cut or an I²C bus. It sees the host's files read-only, boots
 * into a script, and is heard on its console. What the script does is its user's matter.
 */
@NullMarked
package city.mycelium.simulator.guest;

import org.jspecify.annotations.NullMarked;
