/**
 * The words that radio front ends and the network core share: what was heard, where, and what may
 * be said back. Knows neither sockets nor OSGi nor what a frame means.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.radio;

import org.jspecify.annotations.NullMarked;
