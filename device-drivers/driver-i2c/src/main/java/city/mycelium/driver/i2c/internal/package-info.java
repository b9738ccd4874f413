/** Chips on an I²C bus, each one class, and the bus itself. */
@NullMarked
package city.mycelium.driver.i2c.internal;

import org.jspecify.annotations.NullMarked;
