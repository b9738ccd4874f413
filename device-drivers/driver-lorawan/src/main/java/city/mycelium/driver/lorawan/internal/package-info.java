/**
 * Where LoRaWAN meets the gateway: components, settings, and the way from an uplink to Readings.
 * The protocol itself lives below, in packages that know neither sockets nor OSGi.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal;

import org.jspecify.annotations.NullMarked;
