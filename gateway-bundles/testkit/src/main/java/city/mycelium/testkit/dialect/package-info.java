/**
 * What every dialect has to hold, as a test class to extend, and an invented city to try it with.
 */
@NullMarked
package city.mycelium.testkit.dialect;

import org.jspecify.annotations.NullMarked;
