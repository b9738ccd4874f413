/**
 * What a person types. Speaks to a running gateway through its control socket; of a stopped one it
 * opens the data itself. Knows how to ask and how to print, nothing of what is asked.
 */
@NullMarked
package city.mycelium.cli;

import org.jspecify.annotations.NullMarked;
