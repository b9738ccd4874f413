/**
 * Which LoRaWAN devices are ours: registration, keys, and the profile that makes Readings out of
 * what their codec says. Knows neither sockets nor OSGi.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.device;

import org.jspecify.annotations.NullMarked;
