/**
 * Benchmarks of dialects: how fast each writes, how many bytes it takes, and whether a Destination
 * that hangs slows the others. Every dialect that is on the class path is measured.
 */
@NullMarked
package city.mycelium.bench.dialects;

import org.jspecify.annotations.NullMarked;
