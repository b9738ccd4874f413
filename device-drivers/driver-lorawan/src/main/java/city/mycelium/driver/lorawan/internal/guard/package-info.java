/**
 * What stands between strangers and the rest: bounded reading of JSON, limits of how often somebody
 * may knock, and refusals that are counted by reason. Knows no protocol and no socket.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.guard;

import org.jspecify.annotations.NullMarked;
