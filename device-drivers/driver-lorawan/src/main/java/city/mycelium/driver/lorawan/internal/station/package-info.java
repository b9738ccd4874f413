/**
 * LoRa Basics Station's LNS protocol over WebSocket (lorabasics/basicstation, protocol 2 of the
 * "TC" connection): JSON to receptions, downlinks to JSON. What a frame means is not known here.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.station;

import org.jspecify.annotations.NullMarked;
