/**
 * A LoRaWAN 1.0.x network for devices of class A: joins, sessions, counters, retransmissions, MAC
 * commands, ADR, and answers in time. Knows neither sockets nor OSGi.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.network;

import org.jspecify.annotations.NullMarked;
