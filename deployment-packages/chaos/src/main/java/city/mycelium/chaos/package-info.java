/** Fault injection: breaks what runs, by seed and repeatably, and lets the ledger judge. */
@NullMarked
package city.mycelium.chaos;

import org.jspecify.annotations.NullMarked;
