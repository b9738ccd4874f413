/**
 * What the registers of a device mean: a register map as a readable file, and the values in it.
 * Pure: no line, no clock, no thread.
 */
@NullMarked
package city.mycelium.driver.modbus.internal.profile;

import org.jspecify.annotations.NullMarked;
