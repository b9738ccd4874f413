/**
 * The receiver as a program: its options, its main, and the one class that joins its parts. How
 * anything is done lives in the internal packages.
 */
@NullMarked
package city.mycelium.receiver;

import org.jspecify.annotations.NullMarked;
