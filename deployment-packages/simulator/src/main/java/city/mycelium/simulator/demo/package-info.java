/**
 * The demonstration: starts broker, receiver, gateway and neighbourhood as processes of their own,
 * makes things go wrong, shows what happens, and closes with a ledger drawn up from outside.
 */
@NullMarked
package city.mycelium.simulator.demo;

import org.jspecify.annotations.NullMarked;
