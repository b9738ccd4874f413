/**
 * The mathematics of a window: one family of functions a class, pure, without clock, journal or
 * registry. What is a window, when it is over and where its state is kept is the business of the
 * package above.
 */
@NullMarked
package city.mycelium.aggregation.internal.fold;

import org.jspecify.annotations.NullMarked;
