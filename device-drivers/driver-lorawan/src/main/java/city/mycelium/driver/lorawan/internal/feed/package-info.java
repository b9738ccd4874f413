/**
 * The uplinks of a LoRaWAN network that is there already, over MQTT: of ChirpStack v4 and The
 * Things Stack v3. The formats are pure; one class has the connection.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.feed;

import org.jspecify.annotations.NullMarked;
