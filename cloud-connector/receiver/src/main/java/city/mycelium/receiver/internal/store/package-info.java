/**
 * What the receiver holds and how it gets there: the schema, the one transaction that takes packs
 * in, coverage, and the differences between the databases. Nothing here knows a network.
 */
@NullMarked
package city.mycelium.receiver.internal.store;

import org.jspecify.annotations.NullMarked;
