/**
 * The demonstration: a town in which things go wrong as they do in life; shows what happens, and
 * closes with the town's ledger.
 */
@NullMarked
package city.mycelium.simulator.demo;

import org.jspecify.annotations.NullMarked;
