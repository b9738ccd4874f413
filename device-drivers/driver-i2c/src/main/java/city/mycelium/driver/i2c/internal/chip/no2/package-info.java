/**
 * From the two voltages of an Alphasense NO2 cell to a concentration. The arithmetic knows neither
 * bus nor clock; which voltages are measured, and whether today is within the calibration's time,
 * is the chip class's.
 */
@NullMarked
package city.mycelium.driver.i2c.internal.chip.no2;

import org.jspecify.annotations.NullMarked;
