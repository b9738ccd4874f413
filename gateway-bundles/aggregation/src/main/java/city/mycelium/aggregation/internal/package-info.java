/**
 * Windows over phenomenonTime. A consumer of the journal like any other: its cursor, its window
 * state and its Summaries move in one transaction.
 */
@NullMarked
package city.mycelium.aggregation.internal;

import org.jspecify.annotations.NullMarked;
