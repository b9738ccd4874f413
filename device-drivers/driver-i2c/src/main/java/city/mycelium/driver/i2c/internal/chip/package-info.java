/**
 * Chips on an I²C bus: one class each, and the arithmetic that some of them share. They are handed
 * a bus and hand back results; no port, no schedule, no thread. How each was checked stands in
 * {@code docs/drivers-i2c-chips.md}.
 */
@NullMarked
package city.mycelium.driver.i2c.internal.chip;

import org.jspecify.annotations.NullMarked;
