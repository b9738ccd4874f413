/**
 * What may be said where, how fast, how loud and how often: the regions of RP002 (LoRa Alliance,
 * Regional Parameters) as data files, time on air, and our own duty cycle. Pure: knows no sockets,
 * no OSGi.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.region;

import org.jspecify.annotations.NullMarked;
