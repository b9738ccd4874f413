/**
 * LoRaWAN 1.0.x on the air: frames read and built, integrity codes, encryption, key derivation and
 * MAC commands, for both ends of the link. Pure: knows no time, no sockets, no OSGi.
 *
 * <p>Sources, where a class names only a section: LoRaWAN L2 1.0.3 and 1.0.4 (LoRa Alliance TS001),
 * whose sections agree as far as they are cited.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.phy;

import org.jspecify.annotations.NullMarked;
