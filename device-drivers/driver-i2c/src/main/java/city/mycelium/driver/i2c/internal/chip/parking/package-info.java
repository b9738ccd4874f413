/**
 * Whether a vehicle stands over a magnetometer. The detector is arithmetic over readings, without
 * bus and clock; the chip classes put one behind a magnetometer.
 */
@NullMarked
package city.mycelium.driver.i2c.internal.chip.parking;

import org.jspecify.annotations.NullMarked;
