/**
 * Benchmarks: each runs the product's own classes or processes, several times, and prints median,
 * spread and machine beside the goal. Nothing here is asserted; a figure is what was measured.
 */
@NullMarked
package city.mycelium.bench;

import org.jspecify.annotations.NullMarked;
