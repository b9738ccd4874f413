/** Looks at the finished distribution: what is in it, what imports what, and whether it runs. */
@NullMarked
package city.mycelium.distribution;

import org.jspecify.annotations.NullMarked;
